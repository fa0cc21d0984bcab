"""Chromium: pages printed to PDF, with its own heads and feet, and the page as it is."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from factory.design import Job, Producer
from factory.flow import ARRANGEMENTS, arrange
from factory.markup import page
from factory.settings import PAGES, STYLES, missing

ADDRESS = "https://www.example.org/documents/"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def _print(jobs: Sequence[Job]) -> None:
    """Print each page from an address of its own, which stands in the foot."""
    from playwright.sync_api import Route, sync_playwright

    pages = {
        f"{ADDRESS}{job.text.name}/{number}": page(
            job.text, arrange(job.text, job.spec.arrangement), job.spec
        )
        for number, job in enumerate(jobs)
    }

    def answer(route: Route) -> None:
        route.fulfill(body=pages[route.request.url], content_type="text/html; charset=utf-8")

    with sync_playwright() as running:
        program = shutil.which("chromium")
        browser = running.chromium.launch(executable_path=program, args=_FLAGS)
        shown = browser.new_page()
        shown.route(f"{ADDRESS}**", answer)
        for address, job in zip(pages, jobs, strict=True):
            shown.goto(address)
            heads = job.spec.furniture == "heads"
            shown.pdf(path=job.path, prefer_css_page_size=True, display_header_footer=heads)
        browser.close()


def _save(jobs: Sequence[Job]) -> None:
    for job in jobs:
        flow = arrange(job.text, job.spec.arrangement)
        job.path.write_text(page(job.text, flow, job.spec), "utf-8")


PRINTED = Producer(
    "Chromium",
    {**PAGES, "furniture": ("none", "heads")},
    missing(["chromium"], ["playwright", "pyphen"]),
    _print,
)
PAGE = Producer(
    "web page",
    {"format": ("html",), "arrangement": tuple(ARRANGEMENTS), "style": STYLES[1:3]},
    missing(modules=["pyphen"]),
    _save,
)

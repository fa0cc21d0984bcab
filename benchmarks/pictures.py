"""The pictures of the documentation: the review page and the report of an evaluation.

    python benchmarks/pictures.py

Both are made of the sample notes, by the commands that the README shows, in Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "tests/review"))

from running import CHROMIUM, FLAGS, reviewing  # noqa: E402

PICTURES = ROOT / "docs/pictures"
NOTE = ROOT / "data/notes/note-CHN-HR-2025-34.txt"
_ACCEPTED = 3  # rows that are checked in the picture


def run(*arguments: str) -> None:
    """A command of aligner's."""
    command = [sys.executable, "-m", "aligner", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as running:
        folder = Path(name)
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": 1180, "height": 640}).new_page()
        note = folder / NOTE.name
        shutil.copy(NOTE, note)
        with reviewing(note) as server:
            page.goto(server.address)
            page.wait_for_selector("body[data-ready]")
            for _ in range(_ACCEPTED):
                page.keyboard.press("Enter")
                page.wait_for_timeout(300)
            page.screenshot(path=PICTURES / "review.png")
        report = folder / "report.html"
        gold = ROOT / "data/gold" / f"{NOTE.stem}.jsonl"
        for system, options in (("full", []), ("narrow", ["--max-bead", "1-1"])):
            run("align", str(NOTE), "-q", "-o", str(folder / f"{system}.jsonl"), *options)
        systems = [str(folder / f"{system}.jsonl") for system in ("full", "narrow")]
        run("evaluate", str(gold), *systems, "--html", str(report))
        page.goto(report.as_uri())
        page.locator("svg.map").first.evaluate("map => map.scrollIntoView()")
        page.screenshot(path=PICTURES / "report.png")
        browser.close()


if __name__ == "__main__":
    main()

"""WeasyPrint: HTML to PDF with footnotes at the foot and running heads of our own."""

from __future__ import annotations

from collections.abc import Sequence

from factory.design import Job, Producer
from factory.flow import arrange
from factory.markup import page
from factory.settings import PAGES, missing


def _make(jobs: Sequence[Job]) -> None:
    from weasyprint import HTML

    for job in jobs:
        flow = arrange(job.text, job.spec.arrangement)
        HTML(string=page(job.text, flow, job.spec, paged=True)).write_pdf(job.path)


PRODUCER = Producer(
    "WeasyPrint",
    {**PAGES, "furniture": ("none", "heads")},
    missing(modules=["weasyprint"]),
    _make,
)

"""reportlab: PDF as reporting programs make it, with a font in the file or one named only."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from factory.design import Job, Producer, Spec
from factory.flow import REFERENCE, Break, Grid, Line, arrange, notes_last
from factory.settings import DATE, GAP, HAN, MARGIN, OFFICE, PAGES, PAPERS, missing

_MM = 72 / 25.4
_SCALES = {"title": 1.5, "heading": 1.15, "note": 0.8, "caption": 0.9}


@cache
def _embedded() -> str:
    """The Chinese font's name, its file being read."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    asked = ["fc-match", "-f", "%{file}", HAN]
    file = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    pdfmetrics.registerFont(TTFont("Han", file, subfontIndex=0))
    return "Han"


@cache
def _named() -> str:
    """A Chinese font that the file only names."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def _setter(spec: Spec) -> Callable[[Line], Any]:
    """Makes a flowable of a line."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    han = _embedded() if spec.style == "justified" else _named()
    latin = "Times-Bold" if spec.style == "bold" else "Times-Roman"

    def set_in_type(line: Line) -> Any:
        size = int(spec.size) * _SCALES.get(line.kind, 1.0)
        wide = line.language != "en" and any("\u4e00" <= c <= "\u9fff" for c in line.marked)
        style = ParagraphStyle(
            line.kind,
            fontName=han if wide else latin,
            fontSize=size,
            leading=size * 1.4,
            spaceAfter=size * 0.6,
            wordWrap="CJK" if wide else None,
            leftIndent=2 * size if line.kind == "item" else 0,
            alignment=4 if spec.style == "justified" else 0,
            borderWidth=0.5 if line.kind == "aside" else 0,
            borderColor="black",
            borderPadding=4,
        )
        return Paragraph(REFERENCE.sub(r"<super>\1</super>", escape(line.marked)), style)

    return set_in_type


def _write(job: Job) -> None:
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Table

    spec, set_in_type = job.spec, _setter(job.spec)
    size = tuple(side * _MM for side in PAPERS[spec.paper])
    margin, gap, count = MARGIN * _MM, GAP * _MM, int(spec.columns)
    width = (size[0] - 2 * margin - (count - 1) * gap) / count
    frames = [
        Frame(margin + k * (width + gap), margin, width, size[1] - 2 * margin, 0, 0, 0, 0)
        for k in range(count)
    ]

    def heads(canvas: Any, document: Any) -> None:
        if spec.furniture == "heads":
            canvas.setFont(_named(), 9)
            canvas.drawString(margin, size[1] - 30, DATE.zh)
            canvas.drawRightString(size[0] - margin, size[1] - 30, job.text.title.zh)
            canvas.drawString(margin, 30, OFFICE.zh)
            canvas.drawRightString(size[0] - margin, 30, f"第{document.page}页")

    def flowable(item: Line | Grid | Break) -> Any:
        if isinstance(item, Break):
            return PageBreak()
        if isinstance(item, Line):
            return set_in_type(item)
        cells = [[[set_in_type(line) for line in cell] for cell in row] for row in item.rows]
        across = max(map(len, item.rows))
        rules = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        rules += [("GRID", (0, 0), (-1, -1), 0.5, "black")] if item.ruled else []  # type: ignore[list-item]
        return Table(cells, colWidths=[width / across] * across, style=rules, splitInRow=1)

    flow = notes_last(arrange(job.text, spec.arrangement))
    document = BaseDocTemplate(str(job.path), pagesize=size, title=job.text.title.en)
    document.addPageTemplates(PageTemplate("page", frames, onPage=heads))
    document.build([flowable(item) for item in flow])


def _make(jobs: Sequence[Job]) -> None:
    for job in jobs:
        _write(job)


PRODUCER = Producer(
    "reportlab",
    {**PAGES, "furniture": ("none", "heads"), "style": ("plain", "justified", "bold")},
    missing(["fc-match"], ["reportlab"]),
    _make,
)

"""The sample notes as documents of every format and arrangement, made with real libraries."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from html import escape
from itertools import chain, pairwise
from pathlib import Path

from aligner import document
from aligner.document import Block, BlockKind, Span
from notes import parts, wrap

Lines = list[str]
Rows = list[tuple[str, ...]]
ARRANGEMENTS = ("english first", "chinese first", "by paragraph", "two columns")


def rows(note: Path, arrangement: str) -> tuple[Lines, Rows]:
    """The head's lines, and the text as rows of one paragraph, or of one in each language."""
    head, english, chinese = parts(note)
    lines = [line for block in head for line in block.split("\n")]
    pairs = list(zip(english, chinese, strict=True))
    if arrangement == "two columns":
        return lines, list(pairs)
    order = {
        "english first": english + chinese,
        "chinese first": chinese + english,
        "by paragraph": list(chain(*pairs)),
    }[arrangement]
    return lines, [(paragraph,) for paragraph in order]


def text(head: Lines, body: Rows) -> bytes:
    """Lines wrapped as in a mail; columns as a converter of PDF files writes them."""
    blocks = ["\n".join(head)]
    for row in body:
        if len(row) == 1:
            blocks.append(wrap(row[0]))
            continue
        left = textwrap.wrap(row[0], 48, break_on_hyphens=False)
        right = [row[1][k : k + 24] for k in range(0, len(row[1]), 24)]
        height = max(len(left), len(right))
        left += [""] * (height - len(left))
        right += [""] * (height - len(right))
        blocks.append("\n".join(f"{a:<52}{b}".rstrip() for a, b in zip(left, right, strict=True)))
    return "\n\n".join(blocks).encode()


def html(head: Lines, body: Rows) -> bytes:
    """A page of a web site, with its menus about the note."""
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in head)
    if len(body[0]) == 2:
        cells = "".join(
            "<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) + "</tr>\n"
            for row in body
        )
        paragraphs += f"<table>{cells}</table>"
    else:
        paragraphs += "".join(f"<p>{_broken(escape(row[0]))}</p>\n" for row in body)
    menu = "".join(f'<li><a href="/{k}">{name}</a></li>' for k, name in enumerate(_MENU))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Replies</title>
<script>var x = "中国政府";</script><style>p {{ color: red }}</style></head><body>
<nav><ul>{menu}</ul></nav><div class="path"><a href="/">Home</a> &gt; <a href="/r">Replies</a></div>
<div id="content">{paragraphs}</div>
<div class="links"><ul>{menu}</ul></div>
<footer><p>© Permanent Mission. All rights reserved.</p></footer></body></html>""".encode()


_MENU = ("Home", "首页", "About us", "新闻", "Contact", "联系我们")


def _broken(text: str) -> str:
    """Line breaks in the source of a page, which mean nothing."""
    return wrap(text, 60, 100)


def markdown(head: Lines, body: Rows) -> bytes:
    """The note as somebody types it, columns as a table."""
    blocks = ["# Reply", *head]
    if len(body[0]) == 2:
        table = ["|  |  |", "| --- | --- |"]
        table += [f"| {row[0]} | {row[1]} |" for row in body]
        blocks.append("\n".join(table))
    else:
        blocks += [row[0] for row in body]
    return "\n\n".join(blocks).encode()


def docx(head: Lines, body: Rows) -> bytes:
    """A Word document with a running head and page numbers."""
    from docx import Document

    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Reply of the Government"
    section.footer.paragraphs[0].text = "- 1 -"
    for line in head:
        document.add_paragraph(line)
    if len(body[0]) == 2:
        table = document.add_table(rows=0, cols=2)
        for row in body:
            for cell, content in zip(table.add_row().cells, row, strict=True):
                cell.text = content
    else:
        for row in body:
            document.add_paragraph(row[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(head: Lines, body: Rows) -> bytes:
    """Pages with running heads and numbers, in proportional type; columns as a table."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    latin = ParagraphStyle("en", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=8)
    chinese = ParagraphStyle(
        "zh",
        fontName="STSong-Light",
        fontSize=11,
        leading=16,
        wordWrap="CJK",
        firstLineIndent=22,
        spaceAfter=8,
    )

    def set_in_type(line: str) -> Flowable:
        wide = any("\u4e00" <= c <= "\u9fff" for c in line)
        return Paragraph(escape(line), chinese if wide else latin)

    def margins(canvas: object, document: object) -> None:
        canvas.setFont("Times-Roman", 9)  # type: ignore[attr-defined]
        canvas.drawString(60, A4[1] - 40, "Reply of the Government")  # type: ignore[attr-defined]
        number = f"- {document.page} -"  # type: ignore[attr-defined]
        canvas.drawCentredString(A4[0] / 2, 30, number)  # type: ignore[attr-defined]

    flow: list[Flowable] = [set_in_type(line) for line in head]
    if len(body[0]) == 2:
        cells = [[set_in_type(cell) for cell in row] for row in body]
        flow.append(Table(cells, colWidths=[230, 230], splitInRow=1))
    else:
        flow += [set_in_type(row[0]) for row in body]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build(flow, onFirstPage=margins, onLaterPages=margins)
    return buffer.getvalue()


FORMATS: dict[str, Callable[[Lines, Rows], bytes]] = {
    "txt": text,
    "pdf": pdf,
    "docx": docx,
    "html": html,
    "md": markdown,
}


def write_scan(path: Path, typeset: Path, pages: int = 1) -> None:
    """The first pages of a PDF file as one of pictures, and the first as a PNG beside it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(typeset.read_bytes())
    pictures = [document[k].render(scale=200 / 72).to_pil().convert("L") for k in range(pages)]
    pictures[0].save(path, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    pictures[0].save(path.with_suffix(".png"))


def with_margins(
    text: str, margins: Sequence[Span], starts: tuple[int, ...] = (0,), name: str = "x"
) -> document.Document:
    """A text with some places that its file shows to be no main text."""
    ends = [0, *(place for span in margins for place in span), len(text)]
    blocks = [
        Block(Span(start, end), BlockKind.MENU if k % 2 else BlockKind.LINES, is_open=not k % 2)
        for k, (start, end) in enumerate(pairwise(ends))
        if start < end
    ]
    return document.Document(name, text, starts, tuple(blocks))

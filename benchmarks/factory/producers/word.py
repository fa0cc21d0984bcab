"""python-docx, with Word's columns, running heads, text boxes and line numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from factory.design import Job, Producer
from factory.flow import REFERENCE, Break, Grid, Line, arrange, notes_last
from factory.settings import DATE, OFFICE, PAGES, PAPERS, missing

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# As Word writes it: the text twice, for programs that know the newer drawing and others.
_BOX = f"""<w:r xmlns:w="{_W}" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>
<wp:extent cx="4000000" cy="900000"/><wp:docPr id="7" name="Text Box 7"/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{{content}}</wps:txbx><wps:bodyPr/></wps:wsp>
</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>
<v:shape style="width:315pt;height:71pt"><v:textbox>{{content}}</v:textbox></v:shape></w:pict>
</mc:Fallback></mc:AlternateContent></w:r>"""
_CONTENT = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
_HEADINGS = {"title": "Title", "heading": "Heading 2", "caption": "Caption"}


def _fill(paragraph: Any, line: Line, style: str) -> None:
    """Runs of a line's words, one for each change of face, as an editor leaves them."""
    if line.kind == "aside":
        from docx.oxml import parse_xml

        box = _BOX.format(content=_CONTENT.format(escape(line.marked)))
        paragraph._p.append(parse_xml(box))
        return
    for number, part in enumerate(REFERENCE.split(line.marked)):
        run = paragraph.add_run(part)
        run.font.superscript = bool(number % 2)
        run.bold = style == "bold" or None
        run.italic = style == "italic" or None


def _section(document: Any, job: Job) -> None:
    """Paper, columns, running heads and line numbers."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = document.sections[0]
    width, height = PAPERS[job.spec.paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    if job.spec.furniture == "heads":
        section.header.paragraphs[0].text = f"{DATE.en}\t\t{job.text.title.zh}"
        section.footer.paragraphs[0].text = f"{OFFICE.zh}\t\t- 1 -"
    settings = {"w:cols": {"w:num": job.spec.columns, "w:space": "450"}}
    if job.spec.furniture == "line numbers":
        settings["w:lnNumType"] = {"w:countBy": "1"}
    for name, attributes in settings.items():
        element = OxmlElement(name)
        for key, value in attributes.items():
            element.set(qn(key), value)
        section._sectPr.append(element)


def _write(job: Job) -> None:
    from docx import Document

    document: Any = Document()
    _section(document, job)
    for item in notes_last(arrange(job.text, job.spec.arrangement)):
        if isinstance(item, Break):
            document.add_page_break()
        elif isinstance(item, Line):
            style = _HEADINGS.get(item.kind)
            _fill(document.add_paragraph(style=style), item, job.spec.style)
        elif isinstance(item, Grid):
            table = document.add_table(0, max(map(len, item.rows)))
            for row in item.rows:
                for cell, lines in zip(table.add_row().cells, row, strict=False):
                    for number, line in enumerate(lines):
                        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                        _fill(paragraph, line, job.spec.style)
    document.save(str(job.path))


def _make(jobs: Sequence[Job]) -> None:
    for job in jobs:
        _write(job)


PRODUCER = Producer(
    "python-docx",
    {
        "format": ("docx",),
        "arrangement": PAGES["arrangement"],
        "furniture": PAGES["furniture"],
        "columns": PAGES["columns"],
        "style": ("plain", "italic", "bold"),
    },
    missing(modules=["docx"]),
    _make,
)

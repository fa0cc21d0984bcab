"""The blocks of a part of a Word document, as a walk over its elements finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aligner.document import BlockKind, Cell
from aligner.reading.characters import clean
from aligner.reading.docx_elements import child, is_on, local, value
from aligner.reading.docx_styles import Styles
from aligner.reading.extract import TextBlock
from aligner.reading.note_marks import is_raised_mark
from aligner.reading.tables import Tables

_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# What stands there is deleted, moved elsewhere, or the sound of a character.
_UNSEEN = ("del", "moveFrom", "rt", "tabs")
_PARTED = re.compile(r"\n[ \t]*(?=\n)")


@dataclass
class _Paragraph:
    """A paragraph that the walk is in; `boxes` are the blocks of text boxes that hang on it."""

    kind: BlockKind
    cell: Cell | None
    parts: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)  # superscript at its end
    boxes: list[TextBlock] = field(default_factory=list)

    def add(self, text: str, is_raised: bool = False) -> None:
        if not is_raised:
            self._settle()
            self.parts.append(text)
        else:
            self.raised.append(text)

    def text(self) -> str:
        self._settle()
        return "".join(self.parts)

    def _settle(self) -> None:
        raised = "".join(self.raised)
        self.raised = []
        if raised and not is_raised_mark(raised, "".join(self.parts[-8:])):
            self.parts.append(raised)


class Body:
    """The blocks of document.xml or of the notes, and the notes that they refer to, in order."""

    def __init__(self, styles: Styles, tables: Tables) -> None:
        self.blocks: list[TextBlock] = []
        self.notes: list[tuple[str, str]] = []  # footnote or endnote, and the id
        self._styles = styles
        self._tables = tables
        self._open: list[_Paragraph] = []
        self._run_is_raised = False
        self._starts_page = False
        self._carried: _Paragraph | None = None  # whose mark is deleted: the next goes on with it

    def read(self, root: Any, kind: BlockKind | None = None) -> None:
        """Walk over an element; `kind` is what all in it is, if known. It never recurses."""
        from lxml import etree

        hidden = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if hidden is not None:
                hidden = None if event == "end" and element is hidden else hidden
            elif event == "end":
                self._leave(element, local(element.tag))
            elif self._is_hidden(element, local(element.tag)):
                hidden = element
            else:
                self._enter(element, local(element.tag), kind)
        if self._carried is not None:
            self.blocks += self._parted(self._carried)

    def _is_hidden(self, element: Any, name: str) -> bool:
        if name in _UNSEEN:
            return True
        if name == "r":
            return self._styles.is_hidden(child(element, "rPr"))
        if name == "tr":
            return child(child(element, "trPr"), "del") is not None
        if name in ("Choice", "Fallback"):  # the same in several forms
            forms = element.getparent().iterchildren("{*}Choice", "{*}Fallback")
            return next((form for form in forms if _has_text(form)), None) is not element
        return False

    def _enter(self, element: Any, name: str, kind: BlockKind | None) -> None:
        if name == "p":
            self._begin(child(element, "pPr"), kind)
        elif name == "r":
            self._run_is_raised = self._styles.is_raised(child(element, "rPr"))
        elif name in ("tbl", "tr", "tc"):
            self._table(element, name)
        elif name in ("footnoteReference", "endnoteReference"):
            self.notes.append((name.removesuffix("Reference"), value(element, "id")))
        elif self._open:
            self._add(element, name)

    def _add(self, element: Any, name: str) -> None:
        paragraph = self._open[-1]
        if name == "t":
            paragraph.add(element.text or "", self._run_is_raised)
        elif name == "br":
            breaks_page = value(element, "type") == "page"
            paragraph.add("\f" if breaks_page else "\n")
        elif name == "sym":
            code = value(element, "char")
            paragraph.add(chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else "")
        elif name in _MARKS:
            paragraph.add(_MARKS[name])

    def _leave(self, element: Any, name: str) -> None:
        if name == "p" and self._open:
            self._end(child(element, "pPr"))
        elif name == "r":
            self._run_is_raised = False
        elif name == "tbl":
            self._tables.leave(element)

    def _table(self, element: Any, name: str) -> None:
        if name == "tbl":
            self._tables.enter(element)
        elif name == "tr":
            self._tables.next_row()
            before = value(child(child(element, "trPr"), "gridBefore"))
            self._tables.skip(int(before) if before.isdecimal() else 0)
        else:
            columns = value(child(child(element, "tcPr"), "gridSpan"))
            self._tables.next_cell(int(columns) if columns.isdecimal() else 1)

    def _begin(self, properties: Any, kind: BlockKind | None) -> None:
        cell = self._tables.cell
        styled = self._styles.kind(properties)
        own = styled or (BlockKind.CELL if cell else BlockKind.PARAGRAPH)
        paragraph = _Paragraph(kind or own, cell)
        if self._carried is not None and not self._open:
            paragraph.parts, self._carried = self._carried.parts, None
        if is_on(child(properties, "pageBreakBefore")):
            paragraph.add("\f")
        self._open.append(paragraph)

    def _end(self, properties: Any) -> None:
        paragraph = self._open.pop()
        mark = child(properties, "rPr")
        if not self._open and any(child(mark, name) is not None for name in ("del", "moveFrom")):
            paragraph.add("")
            self.blocks += paragraph.boxes
            self._carried = paragraph
            return
        blocks = [*self._parted(paragraph), *paragraph.boxes]
        if self._open:
            self._open[-1].boxes += blocks
        else:
            self.blocks += blocks
        if _ends_page(child(properties, "sectPr")):
            self._starts_page = True

    def _parted(self, paragraph: _Paragraph) -> Iterator[TextBlock]:
        """A paragraph's blocks: one, if no page break and no empty line parts it."""
        for number, page in enumerate(paragraph.text().split("\f")):
            if number and self._starts_page:
                yield TextBlock("", starts_page=True)
            self._starts_page = self._starts_page or number > 0
            for part in _PARTED.split(page):
                text = clean(part).strip()
                if text:
                    yield TextBlock(
                        *(text, paragraph.kind, paragraph.cell), starts_page=self._starts_page
                    )
                    self._starts_page = False


def _has_text(element: Any) -> bool:
    return next(element.iter("{*}t"), None) is not None


def _ends_page(section: Any) -> bool:
    """Whether a new page begins after a section."""
    return section is not None and value(child(section, "type")) not in ("continuous", "nextColumn")

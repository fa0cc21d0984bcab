"""The paragraphs, rows and cells of a word processor, as its file has them one after another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from aligner.document import BlockKind, Cell
from aligner.reading.characters import clean
from aligner.reading.extract import TextBlock

_IN_CELLS = (BlockKind.PARAGRAPH, BlockKind.LINES)


class Flow:
    """One stretch of text, such as the main text or a note, while it is read.

    `kind` is that of all its blocks, None if each has its own. `tables` numbers the tables of
    the whole document.
    """

    def __init__(self, tables: Iterator[int], kind: BlockKind | None = None) -> None:
        self.blocks: list[TextBlock] = []
        self.starts_page = False
        self._kind = kind
        self._tables = tables
        self._parts: list[str] = []
        self._boxes: list[TextBlock] = []
        self._cell: Cell | None = None

    def add(self, text: str) -> None:
        """Put text behind the paragraph so far."""
        self._parts.append(text)

    def add_box(self, blocks: list[TextBlock]) -> None:
        """Put blocks behind the paragraph that is being read."""
        self._boxes += blocks

    def paragraph(self, kind: BlockKind = BlockKind.PARAGRAPH, *, in_table: bool = False) -> None:
        """End a paragraph; the first outside of a table ends the table."""
        if not in_table:
            self._cell = None
        elif self._cell is None:
            self._cell = Cell(next(self._tables), 1, 1)
        text = clean(
            "".join(self._parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
        if text.strip():
            kind = self._kind or (BlockKind.CELL if self._cell and kind in _IN_CELLS else kind)
            first = self.starts_page and bool(self.blocks)
            self.blocks.append(TextBlock(text.strip(), kind, self._cell, starts_page=first))
            self.starts_page = False
        self.blocks += self._boxes
        self._parts, self._boxes = [], []

    def cell(self) -> None:
        """End a cell."""
        self.paragraph(in_table=True)
        if self._cell:
            self._cell = self._cell._replace(column=self._cell.column + 1)

    def row(self) -> None:
        """End a row of cells."""
        self.paragraph(in_table=True)
        if self._cell:
            self._cell = self._cell._replace(row=self._cell.row + 1, column=1)


def table_numbers() -> Iterator[int]:
    """Numbers for the tables of a document."""
    return count(1)

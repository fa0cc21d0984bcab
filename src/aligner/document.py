"""A document as its file has it: text, and the blocks that the text is made of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from aligner.metadata import Metadata


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive) of a document's text as read."""

    start: int
    end: int


class BlockKind(StrEnum):
    """What a block of a document is, as far as its file tells."""

    LINES = "lines"  # as somebody typed them; which make a paragraph is not said
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "list item"
    CELL = "table cell"
    CAPTION = "caption"
    NOTE = "note"
    QUOTATION = "quotation"
    CODE = "code"
    RUNNING = "running head or foot"
    MENU = "menu or page margin"


# What a file itself shows to be no main text.
MARGINS = (BlockKind.RUNNING, BlockKind.MENU)


class Cell(NamedTuple):
    """A cell's place: the table's number in the document, and its row and column, from 1."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text that is one thing, such as a heading or a cell.

    A line feed in it is a break that the file has: the end of a typed line, or `<br>`.
    `language` is the code that the file gives, if any. `is_open` says that its beginning is
    not certain: it may be the rest of an earlier block, which a page's end cut. `is_cut` says
    that its last line has no room left and ends no sentence, so that it has a rest.
    `doubtful` are the places in the document of words that were read from a picture without
    being sure of them.
    """

    span: Span
    kind: BlockKind = BlockKind.LINES
    cell: Cell | None = None
    language: str = ""
    is_open: bool = False
    is_cut: bool = False
    doubtful: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: decoded text with line feeds, before any cleaning.

    `blocks` cover all of the text but white space, in its order; without any, the whole is one
    of lines. `page_starts` holds the offset at which each page begins, the first one 0;
    `remarks` what the user should know of the reading; `metadata` is what the file carries
    beside its text. Every span in the package counts characters of `text`.
    """

    name: str
    text: str
    page_starts: tuple[int, ...] = (0,)
    blocks: tuple[Block, ...] = ()
    remarks: tuple[str, ...] = ()
    metadata: Metadata = Metadata()

    def __post_init__(self) -> None:
        if self.text and not self.blocks:
            whole = Block(Span(0, len(self.text)), is_open=True)
            object.__setattr__(self, "blocks", (whole,))

    def page(self, offset: int) -> int:
        """Number of the page, from 1, on which a character stands."""
        return bisect_right(self.page_starts, offset)


def joined_documents(documents: Iterable[Document], metadata: Metadata) -> Document:
    """Return several documents as one with some metadata, each beginning on a new page."""
    text = ""
    names: list[str] = []
    starts: list[int] = []
    blocks: list[Block] = []
    remarks: list[str] = []
    tables = 0
    for document in documents:
        text += "\f" if names else ""
        names.append(document.name)
        starts += [len(text) + start for start in document.page_starts]
        blocks += [_shifted(block, len(text), tables) for block in document.blocks]
        tables = max([tables, *(block.cell.table for block in blocks if block.cell)])
        remarks += document.remarks
        text += document.text
    return Document(" + ".join(names), text, tuple(starts), tuple(blocks), tuple(remarks), metadata)


def _shifted(block: Block, characters: int, tables: int) -> Block:
    """A block so many characters and tables later."""
    span, *doubtful = (
        Span(start + characters, end + characters) for start, end in (block.span, *block.doubtful)
    )
    cell = block.cell and block.cell._replace(table=block.cell.table + tables)
    return replace(block, span=span, cell=cell, doubtful=tuple(doubtful))

"""A document's blocks, pages and spans, and several documents as one."""

from __future__ import annotations

import pytest

from aligner.document import Block, BlockKind, Cell, Document, Span, joined_documents
from aligner.metadata import Metadata

TABLE = Document(
    "a.html",
    "Head\n甲\tA",
    blocks=(
        Block(Span(0, 4), BlockKind.HEADING, language="en"),
        Block(Span(5, 6), BlockKind.CELL, Cell(1, 1, 1), is_open=True),
        Block(Span(7, 8), BlockKind.CELL, Cell(1, 1, 2), is_cut=True),
    ),
    remarks=("one image",),
)


def test_a_document_without_blocks_is_one_of_lines() -> None:
    (block,) = Document("x", "One\nTwo").blocks
    assert block == Block(Span(0, 7), BlockKind.LINES, is_open=True)
    assert Document("x", "").blocks == ()


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (3, 1), (4, 2), (8, 3), (100, 3)])
def test_pages_are_counted_from_one(offset: int, page: int) -> None:
    assert Document("x", "One\fTwo\fThree", (0, 4, 8)).page(offset) == page


def test_joined_documents_keep_their_blocks_pages_and_remarks() -> None:
    pages = Document("b.txt", "One\fTwo", (0, 4), remarks=("odd",))
    metadata = Metadata(title="Both")
    both = joined_documents([TABLE, pages, TABLE], metadata)
    assert (both.name, both.metadata) == ("a.html + b.txt + a.html", metadata)
    assert both.text == f"{TABLE.text}\f{pages.text}\f{TABLE.text}"
    assert [both.text[start:][:3] for start in both.page_starts] == ["Hea", "One", "Two", "Hea"]
    assert both.remarks == ("one image", "odd", "one image")
    parts = [(document, block) for document in (TABLE, pages, TABLE) for block in document.blocks]
    for (document, before), block in zip(parts, both.blocks, strict=True):
        assert both.text[slice(*block.span)] == document.text[slice(*before.span)]
        assert (block.kind, block.language) == (before.kind, before.language)
        assert (block.is_open, block.is_cut) == (before.is_open, before.is_cut)


def test_joined_documents_number_their_tables_on() -> None:
    both = joined_documents([TABLE, Document("b.txt", "Text"), TABLE], Metadata())
    cells = [block.cell for block in both.blocks if block.cell]
    assert cells == [Cell(1, 1, 1), Cell(1, 1, 2), Cell(2, 1, 1), Cell(2, 1, 2)]


def test_no_documents_are_an_empty_one() -> None:
    assert joined_documents([], Metadata()).text == ""

"""What a format's reader makes of a file: blocks of text, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from aligner.document import Block, BlockKind, Cell, Document, Span
from aligner.metadata import Metadata


class TextBlock(NamedTuple):
    """A block with its own text; the other fields are those of `Block`.

    `starts_page` says that a page ends before it; an empty one stands for an empty page.
    `doubtful` counts characters of the block's own text.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    language: str = ""
    is_open: bool = False
    is_cut: bool = False
    doubtful: tuple[Span, ...] = ()
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """The blocks of a file.

    `remarks` say what the user should know of the reading; `metadata` is what the file says of
    itself beside its text.
    """

    blocks: tuple[TextBlock, ...] = ()
    remarks: tuple[str, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)

    def document(self, name: str) -> Document:
        """The document: a blank line between blocks, a form feed between pages."""
        pieces: list[str] = []
        blocks: list[Block] = []
        starts = [0]
        size = 0
        for block in self.blocks:
            if pieces or block.starts_page:
                pieces.append("\f" if block.starts_page else "\n\n")
                size += len(pieces[-1])
            if block.starts_page:
                starts.append(size)
            start, size = size, size + len(block.text)
            pieces.append(block.text)
            if block.text:
                doubtful = tuple(Span(start + a, start + b) for a, b in block.doubtful)
                blocks.append(Block(Span(start, size), *block[1:-2], doubtful))
        return Document(
            name, "".join(pieces), tuple(starts), tuple(blocks), self.remarks, self.metadata
        )


def joined_blocks(parts: Iterable[Sequence[TextBlock]]) -> tuple[TextBlock, ...]:
    """The blocks of several files as those of one, each file beginning on a new page."""
    joined: list[TextBlock] = []
    tables = 0
    for part in parts:
        for number, block in enumerate(part):
            cell = block.cell and block.cell._replace(table=block.cell.table + tables)
            starts_page = block.starts_page or (number == 0 and bool(joined))
            joined.append(block._replace(cell=cell, starts_page=starts_page))
        tables += max((block.cell.table for block in part if block.cell), default=0)
    return tuple(joined)


def to_json(extract: Extract) -> Iterator[Any]:
    """An extract as values that JSON can say: a block each, and the rest."""
    yield from map(list, extract.blocks)
    yield {"remarks": extract.remarks, "metadata": asdict(extract.metadata)}


def from_json(values: Iterable[Any]) -> Extract:
    """The extract that `to_json` took apart."""
    *blocks, rest = values
    return Extract(
        tuple(
            TextBlock(text, BlockKind(kind), cell and Cell(*cell), *more)._replace(
                doubtful=tuple(Span(*span) for span in doubtful), starts_page=starts_page
            )
            for text, kind, cell, *more, doubtful, starts_page in blocks
        ),
        tuple(rest["remarks"]),
        Metadata(**rest["metadata"]),
    )


def joined_pages(pages: Iterable[Sequence[TextBlock]]) -> Iterator[TextBlock]:
    """The pages' blocks, the first of each page after the first one as such."""
    for number, blocks in enumerate(pages):
        first, *rest = blocks or [TextBlock("")]
        yield first._replace(starts_page=number > 0)
        yield from rest

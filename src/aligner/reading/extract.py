"""What a format's reader makes of a file: blocks of text, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    starts_page: bool = False
    doubtful: tuple[Span, ...] = ()


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
        for text, kind, cell, language, is_open, starts_page, doubtful in self.blocks:
            if pieces or starts_page:
                pieces.append("\f" if starts_page else "\n\n")
                size += len(pieces[-1])
            if starts_page:
                starts.append(size)
            pieces.append(text)
            if text:
                span = Span(size, size + len(text))
                unsure = tuple(Span(size + start, size + end) for start, end in doubtful)
                blocks.append(Block(span, kind, cell, language, is_open, unsure))
            size += len(text)
        return Document(
            name, "".join(pieces), tuple(starts), tuple(blocks), self.remarks, self.metadata
        )


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
                doubtful=tuple(Span(*span) for span in doubtful)
            )
            for text, kind, cell, *more, doubtful in blocks
        ),
        tuple(rest["remarks"]),
        Metadata(**rest["metadata"]),
    )

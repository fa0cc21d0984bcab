"""What a PDF's pages show together: running heads and feet, and headings by their size."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from aligner.document import BlockKind
from aligner.reading.extract import TextBlock
from aligner.reading.page import PlacedBlock

_EDGE = 4  # blocks from the top or the bottom of a page
_HEADING = 1.1  # of its type, in sizes of the usual one
_LONGEST = 200  # characters
_NUMBER = re.compile(r"\d+")
_Seen = tuple[int, list[int]]  # a page's number, and those in its line


def named_blocks(pages: Sequence[Sequence[PlacedBlock]]) -> Iterator[list[TextBlock]]:
    """The pages' blocks, running heads and feet and headings marked as such.

    Heads and feet stand at the same height of two pages or more, at the edge, and have the same
    text but for numbers that count as the pages do.
    """
    seen: defaultdict[tuple[int, str], list[_Seen]] = defaultdict(list)
    for number, page in enumerate(pages):
        for place in _at_edges(page):
            seen[_key(page[place])].append((number, _numbers(page[place])))
    running = {key for key, found in seen.items() if _come_back(found)}
    usual = _usual_size(pages)
    for page in pages:
        edges = {place for place in _at_edges(page) if _key(page[place]) in running}
        blocks: list[TextBlock] = []
        for place, placed in enumerate(page):
            if place in edges:
                blocks.append(placed.block._replace(kind=BlockKind.RUNNING))
                continue
            block = _named(placed, usual)
            # What comes first under a head may be the rest of the page before.
            first = not blocks or blocks[-1].kind == BlockKind.RUNNING
            blocks.append(block._replace(is_open=block.is_open or first))
        yield blocks


def _named(placed: PlacedBlock, usual: float) -> TextBlock:
    """A block, as a heading if it is a paragraph in larger type than most."""
    larger = placed.size is not None and placed.size > _HEADING * usual
    if larger and placed.block.kind == BlockKind.PARAGRAPH:
        return placed.block._replace(kind=BlockKind.HEADING)
    return placed.block


def _usual_size(pages: Sequence[Sequence[PlacedBlock]]) -> float:
    """The size of the type in which most of a document is set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for block, _, size in page:
            sizes[size or 0.0] += len(block.text)
    return max(sizes, key=sizes.__getitem__, default=0.0)


def _at_edges(page: Sequence[PlacedBlock]) -> list[int]:
    """The places of the blocks nearest to a page's top and bottom."""
    in_line = [k for k, placed in enumerate(page) if placed.baseline is not None]
    in_line.sort(key=lambda k: -(page[k].baseline or 0.0))
    edges = {*in_line[:_EDGE], *in_line[-_EDGE:]}
    return [k for k in edges if len(page[k].block.text) <= _LONGEST]


def _key(placed: PlacedBlock) -> tuple[int, str]:
    return round(placed.baseline or 0.0), _NUMBER.sub("0", placed.block.text)


def _numbers(placed: PlacedBlock) -> list[int]:
    return [int(number[:9]) for number in _NUMBER.findall(placed.block.text)]


def _come_back(found: Sequence[_Seen]) -> bool:
    """Whether some line's numbers are those of another page's, or count on with the pages."""
    first, numbers = found[0]
    return any(
        all(b in (a, a + page - first) for a, b in zip(numbers, others, strict=True))
        for page, others in found
        if page != first
    )

"""Where in the text of a page the words stand that an engine is not sure of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.document import Span
from aligner.reading.ocr.words import Word
from aligner.reading.ocr.zones import Group, Placed
from aligner.reading.page import SizedBlock
from aligner.spacing import SOFT_HYPHEN

_DOUBTFUL = 0.6  # confidence under which a word is marked


def marked(blocks: Sequence[SizedBlock], rows: Sequence[Placed]) -> list[SizedBlock]:
    """Blocks with the places of doubtful words; a block's text is of whole groups of the rows."""
    texts = [_Squeezed(sized.block.text) for sized in blocks]
    spans: list[list[Span]] = [[] for _ in blocks]
    for group in (group for row in rows for group in row.groups):
        if not any(map(_is_doubtful, group)):
            continue
        wanted = _squeezed("".join(word.text for word in group))
        for text, found in zip(texts, spans, strict=True):
            start = text.take(wanted)
            if start is not None:
                found.extend(text.span(start + a, start + b) for a, b in _doubtful(group))
                break
    return [
        sized._replace(block=sized.block._replace(doubtful=tuple(sorted(found))))
        for sized, found in zip(blocks, spans, strict=True)
    ]


def _is_doubtful(word: Word) -> bool:
    return word.confidence < _DOUBTFUL


def _doubtful(group: Group) -> Iterator[tuple[int, int]]:
    """Where the doubtful words stand in a group's text without white space."""
    place = 0
    for word in group:
        size = len(_squeezed(word.text))
        if _is_doubtful(word) and size:
            yield place, place + size
        place += size


def _squeezed(text: str) -> str:
    return "".join(filter(_is_seen, text))


def _is_seen(char: str) -> bool:
    return not char.isspace() and char != SOFT_HYPHEN


class _Squeezed:
    """A text without its white space, which knows where its characters stood."""

    def __init__(self, text: str) -> None:
        self._text = _squeezed(text)
        self._places = [place for place, char in enumerate(text) if _is_seen(char)]
        self._taken: set[int] = set()

    def take(self, wanted: str) -> int | None:
        """Where a text stands that was not taken before."""
        start = self._text.find(wanted)
        while start >= 0 and start in self._taken:
            start = self._text.find(wanted, start + 1)
        if start < 0:
            return None
        self._taken.add(start)
        return start

    def span(self, start: int, end: int) -> Span:
        return Span(self._places[start], self._places[end - 1] + 1)

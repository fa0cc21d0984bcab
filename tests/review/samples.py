"""Rows to try things on."""

from __future__ import annotations

from hypothesis import strategies as st

from aligner.document import Span
from aligner.review.rows import Row, Rows
from aligner.types import Sentence


def sentences(texts: str, language: str, start: int = 0) -> tuple[Sentence, ...]:
    """A sentence for each word of a text, which the spans count in."""
    found = []
    at = 0
    for word in texts.split():
        at = texts.index(word, at)
        span = Span(start + at, start + at + len(word))
        found.append(Sentence(word, language, span, 1, 1))
        at += len(word)
    return tuple(found)


def make_rows(*pairs: tuple[str, str]) -> Rows:
    """A row for each pair of texts, whose words are its sentences."""
    rows = []
    starts = [0, 0]
    for k, (source, target) in enumerate(pairs):
        sides = sentences(source, "zh", starts[0]), sentences(target, "en", starts[1])
        rows.append(Row(sides[0], sides[1], 0.9 - k / 10))
        starts = [starts[0] + len(source) + 1, starts[1] + len(target) + 1]
    return tuple(rows)


@st.composite
def some_rows(draw: st.DrawFn) -> Rows:
    """Rows of any types, each sentence with another text."""
    types = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), max_size=8))
    number = iter(range(1000))
    pairs = [tuple(" ".join(f"w{next(number)}x" for _ in range(n)) for n in t) for t in types]
    return make_rows(*((source, target) for source, target in pairs))


def texts(rows: Rows) -> list[tuple[list[str], list[str]]]:
    """What the rows say."""
    return [([s.text for s in row.source], [s.text for s in row.target]) for row in rows]

"""What a person can do to the rows, as pure functions that return the change.

Each raises StepError if it has nothing to do; its message is a key of the page's words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate

from aligner.errors import StepError
from aligner.memory.units import clean_text
from aligner.review.rows import SIDES, Change, Row, Rows, Side, in_order
from aligner.types import Sentence

Cut = Callable[[Side, Sentence, int], tuple[Sentence, Sentence]]


def check(rows: Rows, at: int, checked: bool) -> Change:
    """Accept a row, or take that back."""
    row = _row(rows, at)
    if row.checked == checked:
        raise StepError("already-checked" if checked else "not-checked")
    return Change("check" if checked else "uncheck", at, (row,), (replace(row, checked=checked),))


def edit(rows: Rows, at: int, side: Side, sentence: int, text: str) -> Change:
    """Give a sentence another wording; it keeps its place."""
    row = _row(rows, at)
    old = _sentence(row, side, sentence)
    text = clean_text(text)
    if not text:
        raise StepError("empty-text")
    if text == old.text:
        raise StepError("same-text")
    sentences = list(row.side(side))
    sentences[sentence] = replace(old, text=text)
    return Change("edit", at, (row,), (_with(row, side, tuple(sentences)),))


def merge(rows: Rows, at: int, other: int) -> Change:
    """Join two rows into the upper one's place; rows between them stay as they are."""
    first, last = sorted((at, other))
    upper, lower = _row(rows, first), _row(rows, last)
    if first == last:
        raise StepError("no-next-row")
    before = rows[first : last + 1]
    joined = Row(
        in_order((*upper.source, *lower.source)),
        in_order((*upper.target, *lower.target)),
        min(upper.confidence, lower.confidence),
        upper.moved or lower.moved or last > first + 1,
    )
    joined = _unchecked(joined, joined.confidence)
    return Change("merge", first, before, (joined, *before[1:-1]))


def move(rows: Rows, at: int, side: Side, sentence: int, down: bool) -> Change:
    """Move a sentence, and what lies between it and the row's edge, to the neighbouring row.

    Beyond the first and the last row there is a new one. A row that is left empty goes.
    """
    row = _row(rows, at)
    _sentence(row, side, sentence)
    sentences = row.side(side)
    cut = sentence if down else sentence + 1
    going, staying = sentences[cut:], sentences[:cut]
    if not down:
        going, staying = staying, going
    there = at + 1 if down else at - 1
    left = _unchecked(_with(row, side, staying), row.confidence)
    kept = [left] if left.source or left.target else []
    if 0 <= there < len(rows):
        grown = _with(rows[there], side, in_order((*rows[there].side(side), *going)))
        grown = _unchecked(grown, min(row.confidence, grown.confidence))
    elif kept:
        grown = _unchecked(_with(Row((), ()), side, going), row.confidence)
    else:
        raise StepError("no-neighbour")
    after = (*kept, grown) if down else (grown, *kept)
    start = max(min(at, there), 0)
    return Change("move", start, rows[start : max(at, there) + 1], after)


def split(rows: Rows, at: int, side: Side, sentence: int, offset: int, cut: Cut) -> Change:
    """Split a row before the character `offset` of a sentence; what follows goes below.

    It goes to the next row if that one is a null that lacks this side, else to a new one. The
    other side is then split too, at the border between sentences that is nearest in length.
    """
    row = _row(rows, at)
    old = _sentence(row, side, sentence)
    if not 0 <= offset <= len(old.text):
        raise StepError("no-such-place")
    sentences = row.side(side)
    above, below = sentences[:sentence], sentences[sentence + 1 :]
    if not old.text[:offset].strip():
        below = (old, *below)
    elif not old.text[offset:].strip():
        above = (*above, old)
    else:
        first, second = cut(side, old, offset)
        above, below = (*above, first), (second, *below)
    if not above or not below:
        raise StepError("nothing-to-split")
    next_row = rows[at + 1] if at + 1 < len(rows) else None
    if next_row and not next_row.side(side) and not next_row.checked:
        upper = _unchecked(_with(row, side, above), row.confidence)
        lower = _unchecked(_with(next_row, side, below), row.confidence)
        return Change("split", at, (row, next_row), (upper, lower))
    other: Side = SIDES[1 - SIDES.index(side)]
    border = _nearest_border(row.side(other), _length(above) / _length((*above, *below)))
    parts = []
    for these, those in ((above, row.side(other)[:border]), (below, row.side(other)[border:])):
        parts.append(_unchecked(_with(_with(row, side, these), other, those), row.confidence))
    return Change("split", at, (row,), tuple(parts))


def unpair(rows: Rows, at: int) -> Change:
    """Mark both sides of a row as having no counterpart, which counts as checked."""
    row = _row(rows, at)
    if row.is_null:
        raise StepError("already-null")
    parts = (
        replace(row, target=(), moved=False, checked=True),
        replace(row, source=(), moved=False, checked=True),
    )
    return Change("unpair", at, (row,), parts)


def _row(rows: Rows, at: int) -> Row:
    if not 0 <= at < len(rows):
        raise StepError("no-such-row")
    return rows[at]


def _sentence(row: Row, side: Side, sentence: int) -> Sentence:
    sentences = row.side(side)
    if not 0 <= sentence < len(sentences):
        raise StepError("no-such-sentence")
    return sentences[sentence]


def _with(row: Row, side: Side, sentences: tuple[Sentence, ...]) -> Row:
    return replace(row, source=sentences) if side == "source" else replace(row, target=sentences)


def _unchecked(row: Row, confidence: float) -> Row:
    """A row whose sentences have changed, which nobody has looked at."""
    moved = row.moved and not row.is_null
    return replace(row, confidence=confidence, moved=moved, checked=False)


def _nearest_border(sentences: tuple[Sentence, ...], share: float) -> int:
    """After how many sentences about this share of their text has gone by; all of a single one."""
    if len(sentences) < 2:
        return len(sentences)
    lengths = list(accumulate(len(sentence.text) for sentence in sentences))
    borders = range(1, len(sentences))
    return min(borders, key=lambda k: abs(lengths[k - 1] - share * lengths[-1]))


def _length(sentences: tuple[Sentence, ...]) -> int:
    return sum(len(sentence.text) for sentence in sentences)

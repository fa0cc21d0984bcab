"""Aligning anew what lies between accepted rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aligner.errors import StepError
from aligner.review.rows import Change, Row, Rows, in_order
from aligner.types import Bead, Sentence

Align = Callable[[Sequence[Sentence], Sequence[Sentence]], Sequence[Bead]]

# Rows before and after the one asked about that are aligned with it at most.
REACH = 200


def realign(rows: Rows, at: int, align: Align) -> Change:
    """Align the sentences of the unchecked rows about row `at` anew; checked ones stay.

    Raises StepError if the row is checked, one side has no sentence, or nothing changes.
    """
    start, stop = gap(rows, at)
    before = rows[start:stop]
    source = in_order(sentence for row in before for sentence in row.source)
    target = in_order(sentence for row in before for sentence in row.target)
    if not source or not target:
        raise StepError("one-side-only")
    after = tuple(
        Row(
            tuple(source[i] for i in bead.source),
            tuple(target[j] for j in bead.target),
            bead.confidence,
            bead.moved,
        )
        for bead in align(source, target)
    )
    if [(r.source, r.target) for r in after] == [(r.source, r.target) for r in before]:
        raise StepError("same-alignment")
    return Change("realign", start, before, after)


def gap(rows: Rows, at: int) -> tuple[int, int]:
    """First and last (exclusive) of the unchecked rows about an unchecked one.

    Raises StepError if there is no such row, or a person has checked it.
    """
    if not 0 <= at < len(rows):
        raise StepError("no-such-row")
    if rows[at].checked:
        raise StepError("row-is-checked")
    start, stop = at, at + 1
    while start > max(0, at - REACH) and not rows[start - 1].checked:
        start -= 1
    while stop < min(len(rows), at + 1 + REACH) and not rows[stop].checked:
        stop += 1
    return start, stop

"""Beads, and documents with gold, written briefly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st

from aligner.evaluation import Reference, ReferenceSide, claims_of_beads
from aligner.types import Bead


def beads(text: str) -> list[Bead]:
    """`0-0 1-1,2 3- 4-3:0.5` as beads."""
    made = []
    for item in text.split():
        pair, _, confidence = item.partition(":")
        source, target = (tuple(int(n) for n in s.split(",") if n) for s in pair.split("-"))
        made.append(Bead(source, target, float(confidence or 1)))
    return made


def reference(gold: str, source: Sequence[str] = (), target: Sequence[str] = ()) -> Reference:
    """The gold of sentences, or of numbers alone."""
    made = beads(gold)
    one = _side(source, [bead.source for bead in made])
    other = _side(target, [bead.target for bead in made])
    return Reference("made", one, other, claims_of_beads(made, one, other), "zh", "en")


def _side(texts: Sequence[str], numbers: Sequence[Sequence[int]]) -> ReferenceSide:
    if texts:
        return ReferenceSide.of_texts(texts)
    return ReferenceSide.of_size(1 + max(k for side in numbers for k in side))


@st.composite
def alignments(draw: st.DrawFn, most: int = 12) -> tuple[list[Bead], list[Bead]]:
    """Two alignments of the same sentences, not in order and with nulls."""
    sizes = draw(st.tuples(st.integers(0, most), st.integers(0, most)))
    return draw(_cut(*sizes)), draw(_cut(*sizes))


@st.composite
def _cut(draw: st.DrawFn, rows: int, columns: int) -> list[Bead]:
    runs = []
    for size in (rows, columns):
        cuts = sorted(draw(st.sets(st.integers(1, max(1, size - 1)))))
        borders = [0, *(c for c in cuts if c < size), size]
        runs.append([tuple(range(a, b)) for a, b in pairwise(borders)])
    source, target = runs
    if draw(st.booleans()):
        target = draw(st.permutations(target))
    paired = [Bead(s, t) for s, t in zip(source, target, strict=False)]
    left = len(paired)
    rest = [Bead(s, ()) for s in source[left:]] + [Bead((), t) for t in target[left:]]
    kept = [bead for bead in paired + rest if bead.source or bead.target]
    return [*kept[: len(kept) // 2], *draw(st.permutations(kept[len(kept) // 2 :]))]

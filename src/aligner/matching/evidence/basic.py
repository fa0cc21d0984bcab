"""Size, similarity and length of a bead, and what its neighbours say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from aligner.matching.lattice import BEAD_SIZES, BEADS, FOLLOWING, KINDS, OPENING, SIZES, TYPES
from aligner.matching.similarity import SimilarityModel
from aligner.vectors import Vectors

Evidence = dict[str, Vectors]
_Alike = Callable[[int, int, int, int], Vectors]

SIZE = (
    *("size 1-1", "size 1-2", "size 1-3", "size 1-4", "size 1-5"),
    *("size 2-2", "size 2-3", "size 2-4", "size 3-3"),
    *("null opening", "null following"),
)
SIMILARITY = "similarity", "similarity by size"
LENGTH = "length ratio", "length difference", "null length"
NEIGHBOURS = "neighbours", "growth", "null gain"
NULL_NEAR = ("null near",)
BASIC = (*SIZE, *SIMILARITY, *LENGTH, *NEIGHBOURS, *NULL_NEAR)

_NO_NEIGHBOUR = np.float32(-0.3)  # what adding a sentence changes where there is none to add


def basic_evidence(comparison: SimilarityModel) -> Evidence:
    """What all edges of a band are like by themselves: arrays of (types, nodes) or (types, 1).

    - `size 1-1` ... `size 3-3`: the bead's size, smaller number first; `null opening` and
      `null following` for the two kinds of nulls.
    - `similarity`; `similarity by size`: the same times the sentences beyond 1-1.
    - `length ratio`: absolute log of the ratio of both sides' lengths; `length difference`:
      their absolute difference over the root of their sum (after Gale and Church 1993).
    - `neighbours`: mean similarity of each side to the two sentences about the other one.
    - `growth`: the best change of similarity by one more sentence at any of the four ends.
    - `null length`: log of its length; `null gain`: the best change of similarity by adding
      the sentence to a bead before or after it; `null near`: its similarity to the sentences
      beside its place.
    """
    return _sizes() | _lengths(comparison) | _beads(comparison) | _nulls(comparison)


def _sizes() -> Evidence:
    small, large = SIZES.min(axis=1), SIZES.max(axis=1)
    sizes = (
        *((small == 1) & (large == size) for size in range(1, 5)),
        (small == 1) & (large > 4),
        *((small == 2) & (large == size) for size in (2, 3)),
        (small == 2) & (large > 3),
        small > 2,
        KINDS == OPENING,
        KINDS == FOLLOWING,
    )
    columns = (column[:, None].astype(np.float32) for column in sizes)
    return dict(zip(SIZE, columns, strict=True))


def _lengths(comparison: SimilarityModel) -> Evidence:
    ours, theirs = (lengths.astype(np.float32) for lengths in comparison.span_lengths)
    ratio, difference, null = found = _nothing(comparison, LENGTH)
    pairs = ours[:BEADS], theirs[:BEADS]
    ratio[:BEADS] = np.abs(np.log((pairs[0] + 0.1) / (pairs[1] + 0.1)))
    # A run that leaves its text has no length.
    root = np.sqrt(np.maximum(pairs[0] + pairs[1], 1e-6))
    difference[:BEADS] = np.abs(pairs[0] - pairs[1]) / root
    null[BEADS:] = np.log(ours[BEADS:] + theirs[BEADS:] + 0.1)
    return dict(zip(LENGTH, found, strict=True))


def _beads(comparison: SimilarityModel) -> Evidence:
    names = (*SIMILARITY, *NEIGHBOURS[:2])
    alone, by_size, neighbours, growth = found = _nothing(comparison, names)
    alike = comparison.similarity
    for number, (m, n) in enumerate(BEAD_SIZES):
        similarity = np.nan_to_num(alike(m, n))
        alone[number] = similarity
        by_size[number] = similarity * (m + n - 2)
        about = [alike(m, 1, 0, n), alike(m, 1, 0, -1), alike(1, n, m, 0), alike(1, n, -1, 0)]
        neighbours[number] = sum(map(np.nan_to_num, about)) / 4
        larger = [
            alike(m, n + 1),
            alike(m, n + 1, 0, -1),
            alike(m + 1, n),
            alike(m + 1, n, -1, 0),
        ]
        growth[number] = _best_change([run - similarity for run in larger])
    return dict(zip(names, found, strict=True))


def _nulls(comparison: SimilarityModel) -> Evidence:
    names = (*NEIGHBOURS[2:], *NULL_NEAR)
    gain, nearby = found = _nothing(comparison, names)
    for side in (0, 1):
        alike = _seen_from(comparison, side)
        near = [alike(1, 1, 0, -1), alike(1, 1, 0, 0)]
        gains = [
            alike(2, 1, -1, -1) - alike(1, 1, -1, -1),
            alike(2, 2, -1, -2) - alike(1, 2, -1, -2),
            alike(2, 1, 0, 0) - alike(1, 1, 1, 0),
            alike(2, 2, 0, 0) - alike(1, 2, 1, 0),
        ]
        for number in (BEADS + side, BEADS + 2 + side):
            nearby[number] = np.maximum(*map(np.nan_to_num, near))
            gain[number] = _best_change(gains)
    return dict(zip(names, found, strict=True))


def _nothing(comparison: SimilarityModel, names: Sequence[str]) -> Vectors:
    return np.zeros((len(names), TYPES, comparison.band.size), dtype=np.float32)


def _best_change(changes: list[Vectors]) -> Vectors:
    best = np.full(len(changes[0]), -np.inf, dtype=np.float32)
    for change in changes:
        np.maximum(best, np.where(np.isnan(change), _NO_NEIGHBOUR, change), out=best)
    return best


def _seen_from(comparison: SimilarityModel, side: int) -> _Alike:
    """The similarity of runs with either side named first."""
    if side == 0:
        return comparison.similarity
    return lambda m, n, i, j: comparison.similarity(n, m, j, i)

"""Size, similarity and length of a bead, and what its neighbours say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from aligner.matching.comparison import Comparison, Numbers
from aligner.matching.lattice import FOLLOWING, OPENING, Edges, Floats
from aligner.types import Vectors

Evidence = dict[str, Vectors]

_NO_NEIGHBOUR = -0.3  # what adding a sentence changes where there is none to add


def basic_evidence(comparison: Comparison, edges: Edges) -> Evidence:
    """What a bead is like by itself, in columns.

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
    found = _sizes(edges)
    _beads(comparison, edges, found)
    _nulls(comparison, edges, found)
    return found


def _sizes(edges: Edges) -> Evidence:
    small, large = np.minimum(edges.m, edges.n), np.maximum(edges.m, edges.n)
    sizes = {
        "size 1-1": (small == 1) & (large == 1),
        "size 1-2": (small == 1) & (large == 2),
        "size 1-3": (small == 1) & (large == 3),
        "size 1-4": (small == 1) & (large == 4),
        "size 1-5": (small == 1) & (large > 4),
        "size 2-2": (small == 2) & (large == 2),
        "size 2-3": (small == 2) & (large == 3),
        "size 2-4": (small == 2) & (large > 3),
        "size 3-3": small > 2,
        "null opening": edges.kind == OPENING,
        "null following": edges.kind == FOLLOWING,
    }
    return {name: column.astype(np.float32) for name, column in sizes.items()}


def _beads(comparison: Comparison, edges: Edges, found: Evidence) -> None:
    rows = np.flatnonzero(edges.is_bead)
    i, j, m, n, _ = edges[rows].columns
    alike = comparison.similarity

    def put(name: str, values: Vectors | Floats) -> None:
        found[name] = np.zeros(len(edges), dtype=np.float32)
        found[name][rows] = values

    similarity = np.nan_to_num(alike(m, n, i, j))
    put("similarity", similarity)
    put("similarity by size", similarity * (m + n - 2))
    ours, theirs = comparison.span_lengths(edges[rows])
    put("length ratio", np.abs(np.log((ours + 0.1) / (theirs + 0.1))))
    put("length difference", np.abs(ours - theirs) / np.sqrt(ours + theirs))
    one = np.ones_like(i)
    about = [
        alike(m, one, i, j + n),
        alike(m, one, i, j - 1),
        alike(one, n, i + m, j),
        alike(one, n, i - 1, j),
    ]
    put("neighbours", np.nan_to_num(np.stack(about)).mean(axis=0))
    larger = [
        alike(m, n + 1, i, j),
        alike(m, n + 1, i, j - 1),
        alike(m + 1, n, i, j),
        alike(m + 1, n, i - 1, j),
    ]
    growth = np.stack(larger) - similarity
    put("growth", np.where(np.isnan(growth), _NO_NEIGHBOUR, growth).max(axis=0))


def _nulls(comparison: Comparison, edges: Edges, found: Evidence) -> None:
    lengths = comparison.span_lengths(edges)
    for name in ("null length", "null gain", "null near"):
        found[name] = np.zeros(len(edges), dtype=np.float32)
    for side in (0, 1):
        rows = np.flatnonzero((edges.n if side == 0 else edges.m) == 0)
        places = edges.i[rows], edges.j[rows]
        own, other = places[side], places[1 - side]
        alike = _seen_from(comparison, side)
        found["null length"][rows] = np.log(lengths[side][rows] + 0.1)
        near = np.stack([alike(1, 1, own, other - 1), alike(1, 1, own, other)])
        found["null near"][rows] = np.nan_to_num(near).max(axis=0)
        gain = np.stack(
            [
                alike(2, 1, own - 1, other - 1) - alike(1, 1, own - 1, other - 1),
                alike(2, 2, own - 1, other - 2) - alike(1, 2, own - 1, other - 2),
                alike(2, 1, own, other) - alike(1, 1, own + 1, other),
                alike(2, 2, own, other) - alike(1, 2, own + 1, other),
            ]
        )
        found["null gain"][rows] = np.where(np.isnan(gain), _NO_NEIGHBOUR, gain).max(axis=0)


def _seen_from(
    comparison: Comparison, side: int
) -> Callable[[int, int, Numbers, Numbers], Vectors]:
    """The similarity of runs with either side named first."""
    if side == 0:
        return comparison.similarity
    return lambda m, n, i, j: comparison.similarity(n, m, j, i)

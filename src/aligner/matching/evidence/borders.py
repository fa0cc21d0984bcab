"""Whether a bead's borders fall where the two texts turn from one matter to the next.

A border in the source and one in the target belong together if what stands before the one
translates what stands before the other, and likewise after, wherever sentences end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.matching.comparison import Comparison, Numbers
from aligner.matching.lattice import Edges
from aligner.types import EncodedText, Vectors
from aligner.vectors import unit

# Widths of the windows before and after a border, in mean sentences, and their limits in tokens.
_NARROW, _WIDE = 0.35, 0.7
_LEAST, _MOST = 3, 24
_APART = 2  # tokens within which two places are one
_NONE = -9.0


def border_evidence(comparison: Comparison, edges: Edges) -> dict[str, Vectors]:
    """Columns from windows of two widths. Two borders match by how much more alike the windows
    on the same side of them are than those across. All columns are zero for nulls, whose
    borders claim nothing.

    - `narrow inside`: the best match of two borders within the bead.
    - `wide sum`: of the matches of the bead's first and last border.
    - `narrow margin`, `wide margin`: by how much the match of the bead's first or last border,
      whichever less, surpasses those of the other places nearby at which a clause ends.
    """
    i, j, m, n, _ = edges.columns
    bead = edges.is_bead
    found = {}
    for name, width in (("narrow", _NARROW), ("wide", _WIDE)):
        match, margin = _matches(comparison, edges, width * comparison.mean_length)
        found[f"{name} margin"] = bead * np.minimum(margin[i, j], margin[i + m, j + n])
        if width == _NARROW:
            found["narrow inside"] = _inside(match, edges)
        else:
            found["wide sum"] = bead * (match[i, j] + match[i + m, j + n])
    return found


def _matches(
    comparison: Comparison, edges: Edges, width: float
) -> tuple[Vectors, NDArray[np.float32]]:
    """Match and margin of every source border with every target border: (I + 1, J + 1)."""
    texts = comparison.source.encoded, comparison.target.encoded
    places, turns, own = [], [], []
    for text, tokens in zip(texts, (width, width / comparison.ratio), strict=True):
        place = np.unique(np.concatenate([text.clause_ends, text.borders]))
        places.append(place)
        own.append(np.searchsorted(place, text.borders))
        turns.append(_turn(text, place, int(np.clip(round(tokens), _LEAST, _MOST))))
    # Before with before and after with after, less across: one product of the differences.
    ours = turns[0][own[0]] @ turns[1].T / comparison.scale
    theirs = turns[1][own[1]] @ turns[0].T / comparison.scale
    match = ours[:, own[1]]
    wanted = np.zeros(match.shape, dtype=bool)
    wanted[edges.i, edges.j] = True
    wanted[comparison.size] = True
    margin = _margin(ours, wanted, places[1], own[1])
    margin += _margin(theirs, wanted.T, places[0], own[0]).T
    return match, margin


def _turn(text: EncodedText, places: Numbers, width: int) -> Vectors:
    """What stands before each place less what stands after it, as centred unit vectors."""
    total = int(text.borders[-1])
    before = text.windows(np.maximum(places - width, 0), places)
    after = text.windows(places, np.minimum(places + width, total))
    sides = []
    for vectors, empty in ((before, places == 0), (after, places == total)):
        centred = unit(vectors - vectors.mean(axis=0))
        centred[empty] = 0.0
        sides.append(centred)
    return sides[0] - sides[1]


def _margin(
    match: Vectors, wanted: NDArray[np.bool_], places: Numbers, own: Numbers
) -> NDArray[np.float32]:
    """Match of border with border, less the best of the border with another place nearby."""
    margin = np.zeros(wanted.shape, dtype=np.float32)
    for row in range(len(wanted)):
        borders = np.flatnonzero(wanted[row])
        if len(borders):
            low, high = max(0, own[borders[0]] - 3), own[borders[-1]] + 4
            rivals, place = match[row, low:high], places[low:high]
            apart = np.abs(place - places[own[borders]][:, None]) > _APART
            best = np.where(apart, rivals, -3.0).max(axis=1)
            margin[row, borders] = match[row, own[borders]] - best
    return margin


def _inside(match: Vectors, edges: Edges) -> Vectors:
    i, j, m, n, _ = edges.columns
    best = np.full(len(edges), _NONE, dtype=np.float32)
    for a in range(1, 5):
        for b in range(1, 5):
            rows = np.flatnonzero((a < m) & (b < n))
            best[rows] = np.maximum(best[rows], match[i[rows] + a, j[rows] + b])
    return np.where(best == _NONE, 0.0, best)

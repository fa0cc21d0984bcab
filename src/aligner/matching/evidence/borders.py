"""Whether a bead's borders fall where the two texts turn from one matter to the next.

A border in the source and one in the target belong together if what stands before the one
translates what stands before the other, and likewise after, wherever sentences end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.matching.band import Numbers
from aligner.matching.lattice import Edges
from aligner.matching.similarity import SimilarityModel
from aligner.vectors import EncodedText, Vectors, centred

BORDERS = "narrow inside", "narrow margin", "wide sum", "wide margin"

# Widths of the windows before and after a border, in mean sentences, and their limits in tokens.
_NARROW, _WIDE = 0.35, 0.7
_LEAST, _MOST = 3, 24
_APART = 2  # tokens within which two places are one
_AROUND = 3  # places about the candidates that are rivals
_NONE = -9.0
_BLOCK = 32  # borders that are compared at a time


def border_evidence(comparison: SimilarityModel, edges: Edges) -> dict[str, Vectors]:
    """Columns from windows of two widths. Two borders match by how much more alike the windows
    on the same side of them are than those across. All columns are zero for nulls, whose
    borders claim nothing.

    - `narrow inside`: the best match of two borders within the bead.
    - `wide sum`: of the matches of the bead's first and last border.
    - `narrow margin`, `wide margin`: by how much the match of the bead's first or last border,
      whichever less, surpasses those of the other places nearby at which a clause ends.
    """
    i, j, m, n = edges.columns
    bead = edges.is_bead
    wanted = np.zeros((comparison.size[0] + 1, comparison.size[1] + 1), dtype=bool)
    wanted[i[bead], j[bead]] = wanted[(i + m)[bead], (j + n)[bead]] = True
    found = []
    for width in (_NARROW, _WIDE):
        match, margin = _matches(comparison, wanted, width * comparison.mean_length)
        if width == _NARROW:
            found.append(_inside(match, edges))
        else:
            found.append(bead * (match[i, j] + match[i + m, j + n]))
        found.append(bead * np.minimum(margin[i, j], margin[i + m, j + n]))
    return dict(zip(BORDERS, found, strict=True))


def _matches(
    comparison: SimilarityModel, wanted: NDArray[np.bool_], width: float
) -> tuple[Vectors, Vectors]:
    """Match and margin of every source border with every target border: (I + 1, J + 1).

    Margins are those of the borders that are wanted.
    """
    texts = comparison.source.encoded, comparison.target.encoded
    places, turns, own = [], [], []
    for text, tokens in zip(texts, (width, width / comparison.ratio), strict=True):
        place = np.unique(np.concatenate([text.clause_ends, text.borders]))
        places.append(place)
        own.append(np.searchsorted(place, text.borders))
        turns.append(_turn(text, place, int(np.clip(round(tokens), _LEAST, _MOST))))
    # Before with before and after with after, less across: one product of the differences.
    turns[0] /= comparison.scale
    borders = turns[0][own[0]], turns[1][own[1]]
    match = borders[0] @ borders[1].T
    margin = match + match
    margin -= _rivals(borders[0], turns[1], wanted, places[1], own[1])
    margin -= _rivals(borders[1], turns[0], wanted.T, places[0], own[0]).T
    return match, margin


def _turn(text: EncodedText, places: Numbers, width: int) -> Vectors:
    """What stands before each place less what stands after it, as centred unit vectors."""
    total = int(text.borders[-1])
    sides = []
    for start, stop in (
        (np.maximum(places - width, 0), places),
        (places, np.minimum(places + width, total)),
    ):
        vectors = text.sums(start, stop)
        window = centred(vectors, vectors.mean(axis=0))
        window[start == stop] = 0.0
        sides.append(window)
    return sides[0] - sides[1]


def _rivals(
    borders: Vectors, turns: Vectors, wanted: NDArray[np.bool_], places: Numbers, own: Numbers
) -> Vectors:
    """For each wanted pair of borders, the best match of the first with other places nearby.

    `turns` are those at all `places` of the other text, of which `own` are its borders.
    """
    best = np.zeros(wanted.shape, dtype=np.float32)
    left = np.searchsorted(places, places[own] - _APART, side="left")
    right = np.searchsorted(places, places[own] + _APART, side="right")
    used = np.asarray(wanted.any(axis=1))
    # From the place of the first wanted border to that of the last one, and a few more.
    low = np.maximum(own[wanted.argmax(axis=1)] - _AROUND, 0)
    last = wanted.shape[1] - 1 - wanted[:, ::-1].argmax(axis=1)
    high = np.minimum(own[last] + _AROUND + 1, len(places))
    for first in range(0, len(borders), _BLOCK):
        rows = first + np.flatnonzero(used[first : first + _BLOCK])
        if not len(rows):
            continue
        start, stop = int(low[rows].min()), int(high[rows].max())
        match = np.full((len(rows), stop - start + 2), -3.0, dtype=np.float32)
        match[:, 1:-1] = borders[rows] @ turns[start:stop].T
        near = np.arange(start - 1, stop + 1)
        match[(near < low[rows, None]) | (near >= high[rows, None])] = -3.0
        before = np.maximum.accumulate(match, axis=1)
        after = np.maximum.accumulate(match[:, ::-1], axis=1)[:, ::-1]
        row, border = np.nonzero(wanted[rows])
        sides = before[row, left[border] - start], after[row, right[border] - start + 1]
        best[rows[row], border] = np.maximum(*sides)
    return best


def _inside(match: Vectors, edges: Edges) -> Vectors:
    i, j, m, n = edges.columns
    best = np.full(len(edges), _NONE, dtype=np.float32)
    for a in range(1, 5):
        for b in range(1, 5):
            rows = np.flatnonzero((a < m) & (b < n))
            best[rows] = np.maximum(best[rows], match[i[rows] + a, j[rows] + b])
    return np.where(best == _NONE, 0.0, best)

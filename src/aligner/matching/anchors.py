"""A first look at two texts: which sentences surely belong together, and what lies near them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from aligner.matching.band import Band
from aligner.vectors import Vectors

Anchors = list[tuple[int, int]]

# Standard deviations above the background from which a similarity counts.
_THRESHOLD = 2.0
# Target sentences on either side of the diagonal between anchors that lie far apart.
_STRIP = 50


def find_anchors(similarity: Vectors) -> Anchors:
    """The heaviest chain of sentence pairs that run in the same order in both texts.

    `similarity` is (source, target), standardized; what it has above a threshold is the
    weight of a pair, and leaving sentences out costs nothing.
    """
    rows, columns = similarity.shape
    weight = np.maximum(0.0, similarity - _THRESHOLD)
    best = np.zeros((rows + 1, columns + 1), dtype=np.float32)
    for i in range(rows):
        best[i + 1, 1:] = np.maximum.accumulate(np.maximum(best[i, 1:], best[i, :-1] + weight[i]))
    chain = []
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            chain.append((i, j))
    return chain[::-1]


def find_band(anchors: Anchors, size: tuple[int, int], reach: int) -> Band:
    """The places that are worth a look.

    Between two anchors that is all that lies between them, or a strip about the diagonal where
    that is much; around that, `reach` sentences on either side in both texts.
    """
    rows, columns = size
    inner_low = np.full(rows + 1, columns)
    inner_high = np.zeros(rows + 1, dtype=np.int64)
    corners = [(0, 0), *anchors, (rows, columns)]
    for (i, j), (k, m) in pairwise(corners):
        slope = (m - j) / max(k - i, 1)
        middle = j + slope * np.arange(k - i + 1)
        # From row to row a strip must hold a path.
        half = max(_STRIP, slope)
        below = np.maximum(np.floor(middle - half), j).astype(np.int64)
        above = np.minimum(np.ceil(middle + half), m).astype(np.int64)
        inner_low[i : k + 1] = np.minimum(inner_low[i : k + 1], below)
        inner_high[i : k + 1] = np.maximum(inner_high[i : k + 1], above)
    # Both run upwards, so the widest of the neighbouring rows are the farthest ones.
    index = np.arange(rows + 1)
    low = inner_low[np.maximum(index - reach, 0)] - reach
    high = inner_high[np.minimum(index + reach, rows)] + reach
    low, high = np.clip(low, 0, columns), np.clip(high, 0, columns)
    low[0], high[-1] = 0, columns
    return Band(low, high)

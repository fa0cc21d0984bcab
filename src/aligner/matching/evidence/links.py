"""Where a sentence's words find their likes: within the bead, or next to it.

Each token, with the tokens about it, looks for the most alike token in every sentence of the
other text within reach, and shares itself out among those sentences by a softmax.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.matching.comparison import Comparison, Numbers
from aligner.matching.lattice import Edges
from aligner.types import EncodedText, Vectors
from aligner.vectors import unit

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_REACH = 2  # tokens on either side that stand for a token
_TEMPERATURE = 0.05
_MARGIN = 2  # sentences about the candidates that are within reach
_MOST_TOKENS = 512  # of one sentence
_BLOCK = 16


def link_evidence(comparison: Comparison, edges: Edges) -> dict[str, Vectors]:
    """How the words link a bead and its surroundings, in columns.

    - `leak` and `worst leak`: how much of the sentence before or after a bead is linked into
      it, summed over both sides, and the greater one.
    - `null links`: how much of the sentences beside its place is linked to a null.
    """
    source, target = comparison.source.encoded, comparison.target.encoded
    within = _within_reach(edges, comparison.size)
    ours, theirs = _local(source), _local(target)
    to_target = _link_mass(*ours, *theirs, within)
    to_source = _link_mass(*theirs, *ours, within.T).T
    i, j, m, n, _ = edges.columns
    q, r = i + m, j + n
    a, b = source.borders, target.borders
    from_source = _sums(to_target * np.diff(a)[:, None])
    from_target = _sums(to_source * np.diff(b)[None, :])
    up, down = np.maximum(i - 1, 0), np.minimum(q + 1, comparison.size[0])
    left, right = np.maximum(j - 1, 0), np.minimum(r + 1, comparison.size[1])
    source_leak = np.maximum(
        _box(from_source, up, i, j, r) / np.maximum(a[i] - a[up], 1),
        _box(from_source, q, down, j, r) / np.maximum(a[down] - a[q], 1),
    )
    target_leak = np.maximum(
        _box(from_target, i, q, left, j) / np.maximum(b[j] - b[left], 1),
        _box(from_target, i, q, r, right) / np.maximum(b[right] - b[r], 1),
    )
    null_links = np.where(
        n == 0,
        _at(to_source, i, j - 1) + _at(to_source, i, j),
        np.where(m == 0, _at(to_target, i - 1, j) + _at(to_target, i, j), 0.0),
    )
    bead = edges.is_bead
    return {
        "leak": np.where(bead, source_leak + target_leak, 0.0).astype(np.float32),
        "worst leak": np.where(bead, np.maximum(source_leak, target_leak), 0.0).astype(np.float32),
        "null links": null_links.astype(np.float32),
    }


def _local(text: EncodedText) -> tuple[Vectors, Numbers]:
    """Vectors of tokens with those about them, and the borders of the sentences among them.

    Of a very long sentence a sample of tokens, evenly spread, stands for all.
    """
    lengths = np.diff(text.borders)
    steps = np.repeat(-(-lengths // _MOST_TOKENS), lengths)
    places = np.arange(len(steps)) - np.repeat(text.borders[:-1], lengths)
    chosen = places % np.maximum(steps, 1) == 0
    counts = np.add.reduceat(chosen, text.borders[:-1], dtype=np.int64)
    vectors = unit(text.local_means(_REACH)[chosen] - text.token_mean)
    return vectors, np.concatenate([[0], np.cumsum(counts)])


def _within_reach(edges: Edges, size: tuple[int, int]) -> Mask:
    """Sentence pairs that some candidate holds, and those near them."""
    held = np.zeros((size[0] + 1, size[1] + 1), dtype=np.int64)
    for q, sign in ((edges.i, 1), (edges.i + edges.m, -1)):
        for r, other in ((edges.j, 1), (edges.j + edges.n, -1)):
            np.add.at(held, (q, r), sign * other)
    core = held.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0
    wide = core.copy()
    for step in range(1, _MARGIN + 1):
        wide[step:] |= core[:-step]
        wide[:-step] |= core[step:]
        wide[:, step:] |= core[:, :-step]
        wide[:, :-step] |= core[:, step:]
    return wide


def _link_mass(
    tokens: Vectors, borders: Numbers, others: Vectors, other_borders: Numbers, within: Mask
) -> Floats:
    """[s, t]: mean share of the tokens of sentence s that goes to sentence t."""
    mass = np.zeros(within.shape)
    for first in range(0, len(within), _BLOCK):
        last = min(first + _BLOCK, len(within))
        reached = np.flatnonzero(within[first:last].any(axis=0))
        if not len(reached):
            continue
        low, high = int(reached[0]), int(reached[-1]) + 1
        here = tokens[borders[first] : borders[last]]
        alike = here @ others[other_borders[low] : other_borders[high]].T
        best = np.maximum.reduceat(alike, other_borders[low:high] - other_borders[low], axis=1)
        lengths = np.diff(borders[first : last + 1])
        allowed = np.repeat(within[first:last, low:high], lengths, axis=0)
        best = np.where(allowed, best, -np.inf)
        most = best.max(axis=1, keepdims=True)
        share = np.exp((best - np.where(np.isfinite(most), most, 0.0)) / _TEMPERATURE)
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-9)
        sums = np.add.reduceat(share, borders[first:last] - borders[first], axis=0)
        mass[first:last, low:high] = sums / lengths[:, None]
    return mass


def _sums(values: Floats) -> Floats:
    """Sums over all cells above and to the left."""
    sums = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
    sums[1:, 1:] = values.cumsum(axis=0).cumsum(axis=1)
    return sums


def _box(sums: Floats, top: Numbers, bottom: Numbers, left: Numbers, right: Numbers) -> Floats:
    """Sums over boxes of cells."""
    inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return np.asarray(inside)


def _at(values: Floats, i: Numbers, j: Numbers) -> Floats:
    """Cells, 0 for those outside."""
    rows, columns = values.shape
    there = (i >= 0) & (i < rows) & (j >= 0) & (j < columns)
    return np.where(there, values[np.clip(i, 0, rows - 1), np.clip(j, 0, columns - 1)], 0.0)

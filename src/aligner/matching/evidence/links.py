"""Where a sentence's words find their likes: within the bead, or next to it.

Each token, with the tokens about it, looks for the most alike token in every sentence of the
other text within reach, and shares itself out among those sentences by a softmax.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from aligner.matching.band import Numbers
from aligner.matching.lattice import Edges, Floats
from aligner.matching.similarity import SimilarityModel
from aligner.vectors import EncodedText, Vectors, centred

Mask = NDArray[np.bool_]

LINKS = "leak", "worst leak", "null links"

_REACH = 2  # tokens on either side that stand for a token
_TEMPERATURE = 0.05
_MARGIN = 2  # sentences about the candidates that are within reach
_STEP = 2  # of as many tokens one is looked at
_MOST_TOKENS = 256  # of one sentence
_BLOCK = 16


def link_evidence(comparison: SimilarityModel, edges: Edges) -> dict[str, Vectors]:
    """How the words link a bead and its surroundings, in columns.

    - `leak` and `worst leak`: how much of the sentence before or after a bead is linked into
      it, summed over both sides, and the greater one.
    - `null links`: how much of the sentences beside its place is linked to a null.
    """
    source, target = comparison.source.encoded, comparison.target.encoded
    i, j, m, n = edges.columns
    q, r = i + m, j + n
    within = _within_reach((i, q), (j, r), comparison.size)
    to_target, to_source = _link_mass(_local(source), _local(target), within)
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
    leak = np.where(bead, source_leak + target_leak, 0.0)
    worst = np.where(bead, np.maximum(source_leak, target_leak), 0.0)
    columns = (column.astype(np.float32) for column in (leak, worst, null_links))
    return dict(zip(LINKS, columns, strict=True))


def _local(text: EncodedText) -> tuple[Vectors, Numbers]:
    """Vectors of tokens with those about them, and the borders of the sentences among them.

    A sample of each sentence's tokens, evenly spread, stands for all.
    """
    lengths = np.diff(text.borders)
    starts = np.repeat(text.borders[:-1], lengths)
    steps = np.maximum(_STEP, -(-lengths // _MOST_TOKENS))
    places = np.arange(len(starts))
    chosen = np.flatnonzero((places - starts) % np.repeat(steps, lengths) == 0)
    counts = -(-lengths // steps)
    first = np.maximum(chosen - _REACH, starts[chosen])
    last = np.minimum(chosen + _REACH + 1, (starts + np.repeat(lengths, lengths))[chosen])
    means = text.sums(first, last) / (last - first)[:, None].astype(np.float32)
    return centred(means, text.token_mean), np.concatenate([[0], np.cumsum(counts)])


def _within_reach(
    rows: tuple[Numbers, Numbers], columns: tuple[Numbers, Numbers], size: tuple[int, int]
) -> Mask:
    """Sentence pairs that some candidate holds, and those near them.

    `rows` and `columns` are the first and last borders of the candidates in either text.
    """
    held = np.zeros((size[0] + 1, size[1] + 1), dtype=np.int64)
    for row, sign in zip(rows, (1, -1), strict=True):
        for column, other in zip(columns, (1, -1), strict=True):
            np.add.at(held, (row, column), sign * other)
    core = held.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0
    wide = core.copy()
    for step in range(1, _MARGIN + 1):
        wide[step:] |= core[:-step]
        wide[:-step] |= core[step:]
        wide[:, step:] |= core[:, :-step]
        wide[:, :-step] |= core[:, step:]
    return wide


def _link_mass(
    source: tuple[Vectors, Numbers], target: tuple[Vectors, Numbers], within: Mask
) -> tuple[Floats, Floats]:
    """[s, t]: mean share of the tokens of sentence s that goes to sentence t, and the reverse."""
    ours, a = source
    theirs, b = target
    to_target = np.full((len(ours), within.shape[1]), -np.inf, dtype=np.float32)
    to_source = np.full((len(theirs), within.shape[0]), -np.inf, dtype=np.float32)
    for first, last, low, high in _blocks(within):
        alike = ours[a[first] : a[last]] @ theirs[b[low] : b[high]].T
        best = np.maximum.reduceat(alike, b[low:high] - b[low], axis=1)
        to_target[a[first] : a[last], low:high] = best
        best = np.maximum.reduceat(alike, a[first:last] - a[first], axis=0)
        to_source[b[low] : b[high], first:last] = best.T
    return _shares(to_target, a, within), _shares(to_source, b, within.T).T


def _blocks(within: Mask) -> Iterator[tuple[int, int, int, int]]:
    """Blocks of rows, each with the columns that some of its rows reach: firsts and lasts."""
    for first in range(0, len(within), _BLOCK):
        last = min(first + _BLOCK, len(within))
        reached = np.flatnonzero(within[first:last].any(axis=0))
        if len(reached):
            yield first, last, int(reached[0]), int(reached[-1]) + 1


def _shares(alike: Vectors, borders: Numbers, within: Mask) -> Floats:
    """How the tokens of each sentence share themselves out, by what each has in every other."""
    shares = np.zeros(within.shape)
    for first, last, low, high in _blocks(within):
        lengths = np.diff(borders[first : last + 1])
        best = alike[borders[first] : borders[last], low:high]
        best[~np.repeat(within[first:last, low:high], lengths, axis=0)] = -np.inf
        most = best.max(axis=1, keepdims=True)
        best -= np.where(np.isfinite(most), most, 0.0)
        best /= _TEMPERATURE
        weight = np.exp(best, out=best)
        weight /= np.maximum(weight.sum(axis=1, keepdims=True), 1e-9)
        sums = np.add.reduceat(weight, borders[first:last] - borders[first], axis=0)
        shares[first:last, low:high] = sums / lengths[:, None]
    return shares


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

"""Two texts side by side: how alike any run of the one is to any run of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligner.matching.anchors import Anchors, find_anchors, find_band
from aligner.matching.lattice import BEAD, FOLLOWING, OPENING, Edges
from aligner.types import EncodedText, Vectors
from aligner.vectors import unit

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]

# Sizes of beads that are looked at: m source sentences with n target sentences.
BEAD_SIZES = (
    (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (1, 5), (5, 1), (1, 6), (6, 1),
    (2, 2), (2, 3), (3, 2), (2, 4), (4, 2), (2, 5), (5, 2), (3, 3), (3, 4), (4, 3), (3, 5), (5, 3),
)  # fmt: skip
LONGEST_RUN = 7
# The sizes whose similarities are wanted: those, and with a sentence more on either side.
_TABLES = sorted(
    (m, n)
    for m, n in {(m + a, n + b) for m, n in BEAD_SIZES for a, b in ((0, 0), (1, 0), (0, 1))}
    if max(m, n) <= LONGEST_RUN
)
# ... and their numbers; the last one is for all other sizes.
_TABLE = np.full((LONGEST_RUN + 2, LONGEST_RUN + 2), len(_TABLES))
for _number, _size in enumerate(_TABLES):
    _TABLE[_size] = _number
_REACH = 6  # sentences about the path through the anchors
_BLOCK = 32  # source sentences that are compared at a time

# Priors: what a document's own figures count with, so that short ones don't run wild.
_CENTRE_PRIOR = 10  # sentences at the origin, for the mean vector
_ANCHOR_PRIOR = (0.5, 0.5, 0.5)  # similarities of anchors
_RATIO_PRIOR = 5  # sentences, for the ratio of lengths


@dataclass(frozen=True, slots=True)
class Side:
    """One text: its sentences, what the encoder made of them, and what borders cost.

    `border_costs[k]` is the log weight that a bead loses by reaching over the border before
    sentence k; infinity forbids it.
    """

    texts: Sequence[str]
    encoded: EncodedText
    border_costs: Floats

    def take(self, numbers: Numbers) -> Side:
        """Some of the sentences."""
        texts = [self.texts[k] for k in numbers]
        # What was apart must not come together in one bead.
        costs = np.append(self.border_costs[numbers], 0.0)
        costs[1:-1][np.diff(numbers) != 1] = np.inf
        return Side(texts, self.encoded.take(numbers), costs)

    @property
    def size(self) -> int:
        """Number of sentences."""
        return len(self.texts)


class Comparison:
    """What is known of two texts before any bead is judged.

    Similarities are cosines of vectors centred on their text's mean, less the background (the
    median over all sentence pairs), over the similarity of anchors: 0 is what unrelated
    sentences have, 1 what sure pairs have, whatever the encoder. Lengths are in tokens; `ratio`
    is source tokens for a target token, `mean_length` the mean sentence in source tokens.
    `low[i]` to `high[i]` are the target borders that are looked at with source border i.
    `anchors` are the sure pairs, `sentence_similarity` that of all sentence pairs.
    """

    def __init__(self, source: Side, target: Side) -> None:
        self.source, self.target = source, target
        self.size = source.size, target.size
        self._runs = _centred_runs(source.encoded), _centred_runs(target.encoded)
        similarity = self._runs[0][0] @ self._runs[1][0].T
        self._background = float(np.median(similarity))
        similarity -= self._background
        spread = float(np.sqrt(np.mean(np.square(similarity)))) + 1e-6
        self.anchors = anchors = find_anchors(similarity / spread)
        self.scale = _anchor_similarity(similarity, anchors)
        self.sentence_similarity = similarity / self.scale
        self.lengths = (
            np.diff(source.encoded.borders) + 1.0,
            np.diff(target.encoded.borders) + 1.0,
        )
        self.ratio = _length_ratio(*self.lengths, anchors)
        means = self.lengths[0].mean() * self.lengths[1].mean() * self.ratio
        self.mean_length = float(np.sqrt(means))
        self.low, self.high = find_band(anchors, self.size, _REACH)
        self._tables = self._compare()

    def similarity(self, m: Numbers | int, n: Numbers | int, i: Numbers, j: Numbers) -> Vectors:
        """Similarity of the runs source[i : i + m] and target[j : j + n], row by row.

        NaN where a run leaves its text, is too long, or lies off the band.
        """
        table = _TABLE[m, n]
        row = np.clip(i, 0, self.size[0])
        column = j - self.low[row]
        width = self._tables.shape[2]
        found = self._tables[table, row, np.clip(column, 0, width - 1)]
        inside = (i == row) & (j >= 0) & (column >= 0) & (column < width)
        return np.where(inside, found, np.float32(np.nan))

    def span_lengths(self, edges: Edges) -> tuple[Floats, Floats]:
        """Lengths of both sides of edges, in mean sentences; the target's made comparable."""
        source, target = (np.concatenate([[0.0], side.cumsum()]) for side in self.lengths)
        ours = source[edges.i + edges.m] - source[edges.i]
        theirs = (target[edges.j + edges.n] - target[edges.j]) * self.ratio
        return ours / self.mean_length, theirs / self.mean_length

    def border_cost(self, edges: Edges) -> Floats:
        """What edges lose by reaching over borders in either text."""
        cost = np.zeros(len(edges))
        for side, start, length in (
            (self.source, edges.i, edges.m),
            (self.target, edges.j, edges.n),
        ):
            for step in range(1, int(length.max(initial=0))):
                over = np.flatnonzero(length > step)
                cost[over] += side.border_costs[start[over] + step]
        return cost

    def edges(self, max_bead: tuple[int, int]) -> Edges:
        """All beads and nulls in the band, up to a size, but those that borders forbid."""
        width = int((self.high - self.low).max()) + 1
        i = np.repeat(np.arange(self.size[0] + 1), width)
        j = (self.low[:, None] + np.arange(width)).ravel()
        within = j <= self.high[i]
        i, j = i[within], j[within]
        columns = []
        sizes = [s for s in BEAD_SIZES if s[0] <= max_bead[0] and s[1] <= max_bead[1]]
        for m, n in (*sizes, (1, 0), (0, 1)):
            end, to = i + m, j + n
            row = np.minimum(end, self.size[0])
            there = (end <= self.size[0]) & (to >= self.low[row]) & (to <= self.high[row])
            for kind in (BEAD,) if m and n else (OPENING, FOLLOWING):
                start = np.stack([i[there], j[there]])
                same = np.broadcast_to([[m], [n], [kind]], (3, start.shape[1]))
                columns.append(np.concatenate([start, same]))
        edges = Edges(*np.concatenate(columns, axis=1))
        return edges[np.isfinite(self.border_cost(edges))]

    def _compare(self) -> Vectors:
        """Similarities as [table, i, j - low[i]]; NaN where there is no such pair of runs."""
        rows, columns = self.size
        width = int((self.high - self.low).max()) + 1
        place = self.low[:, None] + np.arange(width)
        tables = np.full((len(_TABLES) + 1, rows + 1, width), np.nan, dtype=np.float32)
        for first in range(0, rows, _BLOCK):
            last = min(first + _BLOCK, rows)
            low = int(self.low[first:last].min())
            high = min(int(self.low[first:last].max()) + width, columns)
            for m in range(1, LONGEST_RUN + 1):
                ours = self._runs[0][m - 1][first:last]
                lengths = [n for n in range(1, LONGEST_RUN + 1) if (m, n) in _TABLES]
                theirs = [self._runs[1][n - 1][low:high] for n in lengths]
                if not len(ours) or not any(map(len, theirs)):
                    continue
                block = ours @ np.concatenate(theirs).T
                column = place[first : first + len(ours)] - low
                done = 0
                for n, vectors in zip(lengths, theirs, strict=True):
                    part = block[:, done : done + len(vectors)]
                    done += len(vectors)
                    if len(vectors):
                        there = np.clip(column, 0, len(vectors) - 1)
                        known = np.take_along_axis(part, there, axis=1)
                        tables[_TABLE[m, n], first : first + len(ours)] = np.where(
                            there == column, known, np.nan
                        )
        tables -= self._background
        tables /= self.scale
        return tables


def _centred_runs(text: EncodedText) -> list[Vectors]:
    """Unit vectors of the runs of 1, 2, ... sentences, less the mean of single sentences."""
    single = text.runs(1)
    mean = single.sum(axis=0) / (len(single) + _CENTRE_PRIOR)
    runs = [single, *(text.runs(length) for length in range(2, LONGEST_RUN + 1))]
    return [unit(run - mean) for run in runs]


def _anchor_similarity(similarity: Vectors, anchors: Anchors) -> float:
    """Median similarity of the anchors that are each other's nearest."""
    nearest, back = similarity.argmax(axis=1), similarity.argmax(axis=0)
    sure = [float(similarity[i, j]) for i, j in anchors if nearest[i] == j and back[j] == i]
    return float(np.median([*sure, *_ANCHOR_PRIOR]))


def _length_ratio(source: Floats, target: Floats, anchors: Anchors) -> float:
    """Source length for a unit of target length.

    Taken from the text between anchors that lie close together, so that what one side omits
    doesn't count, with the whole text's ratio as a prior.
    """
    ours, theirs = (np.concatenate([[0.0], side.cumsum()]) for side in (source, target))
    here = there = 0.0
    for (i, j), (k, m) in pairwise(anchors):
        if k - i <= 4 and m - j <= 4:
            here += ours[k] - ours[i]
            there += theirs[m] - theirs[j]
    whole = source.sum() / target.sum()
    prior = _RATIO_PRIOR * source.mean()
    return float((here + prior) / (there + prior / whole))

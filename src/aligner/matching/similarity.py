"""Two texts side by side: how alike any run of the one is to any run of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from aligner.matching.anchors import Anchors, find_anchors, find_band
from aligner.matching.band import Band, Numbers
from aligner.matching.lattice import BEAD_SIZES, SIZES, TYPES, Floats
from aligner.vectors import EncodedText, Vectors, centred, unit

LONGEST_RUN = 7
_LONGEST_EXACT = 4
# The sizes whose similarities are wanted: those of beads, and with a sentence more on either side.
_TABLES = sorted(
    (m, n)
    for m, n in {(m + a, n + b) for m, n in BEAD_SIZES for a, b in ((0, 0), (1, 0), (0, 1))}
    if max(m, n) <= LONGEST_RUN
)
_TABLE = {size: number for number, size in enumerate(_TABLES)}
_REACH = 3  # sentences about the path through the anchors
_BLOCK = 32  # source sentences that are compared at a time
# Spread of similarities below which the sentences are all alike; real texts have .09 or more.
_LEAST_SPREAD = 1e-3

# Priors: what a document's own figures count with, so that short ones don't run wild.
_CENTRE_PRIOR = 10  # sentences at the origin, for the mean vector
_ANCHOR_PRIOR = (0.5, 0.5, 0.5)  # similarities of anchors
_RATIO_PRIOR = 5  # sentences, for the ratio of lengths
# A text of more than so many times the other's sentences holds more than the other's translation.
_MORE_TEXT = 3


@dataclass(frozen=True, slots=True)
class EncodedSide:
    """One text: its sentences, what the encoder made of them, what borders cost, paragraphs.

    `border_costs[k]` is the log weight that a bead loses by reaching over the border before
    sentence k; infinity forbids it. `paragraphs` are the numbers of the sentences' paragraphs.
    """

    texts: Sequence[str]
    encoded: EncodedText
    border_costs: Floats
    paragraphs: Numbers

    def take(self, numbers: Numbers) -> EncodedSide:
        """Some of the sentences."""
        texts = [self.texts[k] for k in numbers]
        # What was apart must not come together in one bead.
        costs = np.append(self.border_costs[numbers], 0.0)
        costs[1:-1][np.diff(numbers) != 1] = np.inf
        return EncodedSide(texts, self.encoded.take(numbers), costs, self.paragraphs[numbers])

    def first(self, count: int) -> EncodedSide:
        """The first sentences."""
        return self.take(np.arange(count))

    @property
    def size(self) -> int:
        """Number of sentences."""
        return len(self.texts)


class SimilarityModel:
    """What is known of two texts before any bead is judged.

    Similarities are cosines of vectors centred on their text's mean, less the background (the
    median over all sentence pairs), over the similarity of anchors: 0 is what unrelated
    sentences have, 1 what sure pairs have, whatever the encoder. Lengths are in tokens; `ratio`
    is source tokens for a target token, `mean_length` the mean sentence in source tokens.
    `band` has the places that are looked at, `anchors` are the sure pairs,
    `sentence_similarity` is that of all sentence pairs.
    """

    def __init__(self, source: EncodedSide, target: EncodedSide) -> None:
        self.source, self.target = source, target
        self.size = source.size, target.size
        singles = source.encoded.runs(1), target.encoded.runs(1)
        self._means = [v.sum(axis=0) / (len(v) + _CENTRE_PRIOR) for v in singles]
        ours, theirs = map(centred, singles, self._means)
        similarity = ours @ theirs.T
        self._background = float(np.median(similarity))
        similarity -= self._background
        spread = max(_LEAST_SPREAD, float(np.sqrt(np.mean(np.square(similarity)))))
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

    @cached_property
    def band(self) -> Band:
        """The places that are looked at."""
        return find_band(self.anchors, self.size, _REACH)

    def similarity(self, m: int, n: int, rows: int = 0, columns: int = 0) -> Vectors:
        """For each node (i, j) of the band, the similarity of two runs of sentences.

        They are the m and the n that begin at (i + rows, j + columns); NaN where a run leaves
        its text, is too long, or begins off the band.
        """
        table = self._tables[_TABLE.get((m, n), -1)]
        return np.asarray(
            table[self.band.shifted(rows, columns)] if rows or columns else table[:-1]
        )

    @cached_property
    def span_lengths(self) -> tuple[Floats, Floats]:
        """Lengths of both sides of edges, in mean sentences; the target's made comparable.

        Arrays of (types, nodes).
        """
        scales = 1 / self.mean_length, self.ratio / self.mean_length
        places = self.band.i, self.band.j
        found = np.empty((2, TYPES, self.band.size))
        for side, place, scale, lengths in zip((0, 1), places, scales, self.lengths, strict=True):
            sums = np.concatenate([[0.0], lengths.cumsum()]) * scale
            for count in set(SIZES[:, side].tolist()):
                ends = sums[np.minimum(np.arange(len(sums)) + count, len(lengths))]
                found[side, SIZES[:, side] == count] = (ends - sums)[place]
        return found[0], found[1]

    @cached_property
    def border_costs(self) -> Floats:
        """What edges lose by reaching over borders in either text, as (types, nodes)."""
        found = np.zeros((TYPES, self.band.size))
        for side, text, place in ((0, self.source, self.band.i), (1, self.target, self.band.j)):
            if not text.border_costs.any():
                continue
            costs = np.append(text.border_costs, np.zeros(LONGEST_RUN))
            over = np.zeros(text.size + 1)
            for count in range(2, int(SIZES[:, side].max()) + 1):
                over = over + costs[count - 1 : count + text.size]
                found[SIZES[:, side] == count] += over[place]
        return found

    @cached_property
    def _tables(self) -> Vectors:
        """Similarities of runs as (sizes, nodes), and NaN for other sizes and places."""
        lengths = range(1, LONGEST_RUN + 1)
        ours, theirs = (
            [centred(run, mean) for run in _runs(side.encoded)]
            for side, mean in zip((self.source, self.target), self._means, strict=True)
        )
        band = self.band
        tables = np.full((len(_TABLES) + 1, band.size + 1), np.nan, dtype=np.float32)
        for first in range(0, self.size[0], _BLOCK):
            last = min(first + _BLOCK, self.size[0])
            nodes = slice(int(band.starts[first]), int(band.starts[last]))
            row, column = band.i[nodes] - first, band.j[nodes]
            low, high = int(band.low[first]), int(band.high[last - 1]) + 1
            for m in lengths:
                sizes = [n for n in lengths if (m, n) in _TABLE]
                others = [theirs[n - 1][low:high] for n in sizes]
                block = ours[m - 1][first:last] @ np.concatenate(others).T
                offset = -low
                for n, other in zip(sizes, others, strict=True):
                    there = (row < len(block)) & (column < low + len(other))
                    place = row[there], column[there] + offset
                    tables[_TABLE[m, n], nodes][there] = block[place]
                    offset += len(other)
        tables -= self._background
        tables /= self.scale
        return tables


def _runs(text: EncodedText) -> list[Vectors]:
    """Unit vectors of the runs of 1, 2, ... sentences; longer ones are means of two parts."""
    runs = [text.runs(length) for length in range(1, _LONGEST_EXACT + 1)]
    for length in range(_LONGEST_EXACT + 1, LONGEST_RUN + 1):
        start, middle, stop = (text.borders[k:] for k in (0, _LONGEST_EXACT, length))
        count = len(stop)
        first = (middle[:count] - start[:count])[:, None] * runs[_LONGEST_EXACT - 1][:count]
        rest = runs[length - _LONGEST_EXACT - 1][_LONGEST_EXACT:]
        runs.append(unit(first + (stop - middle[:count])[:, None] * rest))
    return runs


def _anchor_similarity(similarity: Vectors, anchors: Anchors) -> float:
    """Median similarity of the anchors that are each other's nearest."""
    nearest, back = similarity.argmax(axis=1), similarity.argmax(axis=0)
    sure = [float(similarity[i, j]) for i, j in anchors if nearest[i] == j and back[j] == i]
    return float(np.median([*sure, *_ANCHOR_PRIOR]))


def _length_ratio(source: Floats, target: Floats, anchors: Anchors) -> float:
    """Source length for a unit of target length.

    Taken from the text between anchors that lie close together, so that what one side omits
    doesn't count, with the whole text's ratio as a prior, or that of the anchors themselves where
    one text is but a part of the other, as a chapter is of a book.
    """
    ours, theirs = (np.concatenate([[0.0], side.cumsum()]) for side in (source, target))
    here = there = 0.0
    for (i, j), (k, m) in pairwise(anchors):
        if k - i <= 4 and m - j <= 4:
            here += ours[k] - ours[i]
            there += theirs[m] - theirs[j]
    larger = max(len(source), len(target)) > _MORE_TEXT * min(len(source), len(target))
    if larger and anchors:
        source, target = (
            side[[pair[k] for pair in anchors]] for k, side in enumerate((source, target))
        )
    whole = source.sum() / target.sum()
    prior = _RATIO_PRIOR * source.mean()
    return float((here + prior) / (there + prior / whole))

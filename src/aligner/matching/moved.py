"""Passages that stand elsewhere in the other text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.matching.similarity import SimilarityModel

# A sentence pair is a sure one at this similarity, of 1 for the pairs along the path.
_SURE = 0.6
# What the sure pairs of a passage must have together; or one, if it is a whole paragraph.
_ENOUGH, _ALONE = 1.5, 0.9
# ... and their length, in tokens, on either side: short sentences have likes in many places.
_LONG = 40
_GAP = 3  # sentences by which the sure pairs of a passage may lie apart
_CROSSED = 2  # anchors that a moved pair must be out of order with
_BETTER = 0.2  # by which it must be more alike than what lies on the path


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of both texts, first and after last."""

    source: tuple[int, int]
    target: tuple[int, int]


def find_moved(comparison: SimilarityModel) -> list[Passage]:
    """Passages of which each sentence's best counterpart lies off the path through the anchors.

    They are runs of sentence pairs that are each other's nearest, in the same order on both
    sides, and reach as far as the paragraphs do that hold nothing on the path.
    """
    paragraphs = comparison.source.paragraphs.tolist(), comparison.target.paragraphs.tolist()
    similarity = comparison.sentence_similarity
    nearest = similarity.argmax(axis=1)
    rows = np.flatnonzero(similarity.argmax(axis=0)[nearest] == np.arange(len(nearest)))
    on_path = {(i, j) for i, j in comparison.anchors}
    pairs = [
        (int(i), int(nearest[i]))
        for i in rows
        if similarity[i, nearest[i]] >= _SURE
        and (int(i), int(nearest[i])) not in on_path
        and _is_moved(int(i), int(nearest[i]), comparison)
    ]
    kept = [{i for i, _ in comparison.anchors}, {j for _, j in comparison.anchors}]
    passages: list[Passage] = []
    for run in _runs(pairs):
        weight = sum(float(similarity[pair]) for pair in run)
        length = min(sum(comparison.lengths[side][pair[side]] for pair in run) for side in (0, 1))
        source = _widened(run[0][0], run[-1][0] + 1, paragraphs[0], kept[0])
        target = _widened(run[0][1], run[-1][1] + 1, paragraphs[1], kept[1])
        whole = _is_paragraph(source, paragraphs[0]) and _is_paragraph(target, paragraphs[1])
        enough = _ENOUGH if len(run) > 1 else _ALONE
        sure = weight >= enough and length >= _LONG and (len(run) > 1 or whole)
        if sure and not any(_meet(source, p.source) or _meet(target, p.target) for p in passages):
            passages.append(Passage(source, target))
    return passages


def _is_moved(i: int, j: int, comparison: SimilarityModel) -> bool:
    """Whether a pair is out of order with the path, which has nothing nearly as good for it."""
    anchors = comparison.anchors
    if sum((a < i) != (b < j) for a, b in anchors if a != i and b != j) < _CROSSED:
        return False
    similarity = comparison.sentence_similarity
    row, column = (
        _between([pair[side] for pair in anchors], [pair[1 - side] for pair in anchors], k)
        for side, k in ((0, i), (1, j))
    )
    rivals = [*similarity[i, row], *similarity[column, j]]
    return bool(max(rivals, default=0.0) < similarity[i, j] - _BETTER)


def _between(own: list[int], other: list[int], place: int) -> slice:
    """The sentences of the other text between the anchors before and after a sentence."""
    before, after = bisect_left(own, place), bisect_right(own, place)
    start = other[before - 1] + 1 if before else 0
    return slice(start, other[after] if after < len(own) else None)


def _runs(pairs: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pairs that follow each other closely on both sides."""
    runs: list[list[tuple[int, int]]] = []
    for i, j in pairs:
        last = runs[-1][-1] if runs else None
        if last and 0 < i - last[0] <= _GAP and 0 < j - last[1] <= _GAP:
            runs[-1].append((i, j))
        else:
            runs.append([(i, j)])
    return runs


def _widened(start: int, stop: int, paragraphs: Sequence[int], kept: set[int]) -> tuple[int, int]:
    """A run of sentences out to the ends of its paragraphs, short of what is on the path."""
    while start and paragraphs[start - 1] == paragraphs[start] and start - 1 not in kept:
        start -= 1
    while stop < len(paragraphs) and paragraphs[stop] == paragraphs[stop - 1] and stop not in kept:
        stop += 1
    return start, stop


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_paragraph(run: tuple[int, int], paragraphs: Sequence[int]) -> bool:
    """Whether a run is one paragraph, in a text where that means something."""
    start, stop = run
    if 3 * len(set(paragraphs)) > 2 * len(paragraphs):
        return False
    return (start == 0 or paragraphs[start - 1] != paragraphs[start]) and (
        stop == len(paragraphs) or paragraphs[stop] != paragraphs[stop - 1]
    )

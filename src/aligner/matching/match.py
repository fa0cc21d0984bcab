"""The door of the room: from two texts to beads, a window at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.matching.buffer import Buffer, Encode
from aligner.matching.decode import MAX_BEAD
from aligner.matching.scorer import Scorers, trained_scorers
from aligner.matching.similarity import SimilarityModel
from aligner.matching.window import align_window
from aligner.threads import single_threaded
from aligner.types import Bead, Sentence, prefix_sizes

# Source sentences that are aligned at a time, and how many times as many where that fails.
WINDOW = 500
_LARGEST = 8
# Of the target, a window takes its share of what is left, and more.
_MORE, _MORE_SENTENCES = 1.25, 50
# A window is cut short after the last of so many sure pairs in a row, as like as this.
_ROW, _LIKE = 3, 0.7
# A window's beads are kept up to a sure place, so many sentences before where it is cut short,
# or else before these shares of both sides.
_MARGIN = 10
_KEPT_SOURCE, _KEPT_TARGET = 0.8, 0.85
_SURE = 0.9
# A window is lost if a smaller share of its kept source sentences has a likely counterpart.
_LOST = 0.3


def match(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    encode: Encode,
    max_bead: tuple[int, int] = MAX_BEAD,
    scorers: Scorers | None = None,
) -> Iterator[Bead]:
    """Align two texts; every sentence comes in one bead, with its posterior probability.

    Texts of up to some 500 sentences are aligned whole. Longer ones are aligned in windows:
    each ends at a sure place, and the next one begins there, so that time grows with the
    length of the texts, and memory with that of a window. Of `source` and `target` nothing
    but their lengths and slices is asked, in order, and `encode` is called for a few hundred
    sentences at a time: texts may stay on the disk.
    """
    scorers = scorers or trained_scorers()
    texts = Buffer(source, encode), Buffer(target, encode)
    i = j = 0
    size = 1
    while i < len(source) and j < len(target):
        left = len(source) - i, len(target) - j
        taken = _window(left, size)
        whole = taken == left
        with single_threaded():
            sides = texts[0].side(i, i + taken[0]), texts[1].side(j, j + taken[1])
            comparison = SimilarityModel(*sides)
            last = _KEPT_SOURCE * taken[0], _KEPT_TARGET * taken[1]
            cut = None if whole else _sure_end(comparison)
            if cut:
                comparison = SimilarityModel(sides[0].first(cut[0]), sides[1].first(cut[1]))
                last = float(cut[0] - _MARGIN), float(cut[1] - _MARGIN)
            beads = align_window(comparison, max_bead, scorers)
        if not whole:
            beads = beads[: _sure_place(beads, last)]
            if size < _LARGEST and _is_lost(beads):
                size *= 2
                continue
        size = 1
        yield from (bead.shifted(i, j) for bead in beads)
        i += sum(len(bead.source) for bead in beads)
        j += sum(len(bead.target) for bead in beads)
    yield from (Bead((k,), ()) for k in range(i, len(source)))
    yield from (Bead((), (k,)) for k in range(j, len(target)))


def _window(left: tuple[int, int], size: int) -> tuple[int, int]:
    """How many sentences of both sides the next window takes."""
    count = WINDOW * size
    if max(left) <= count:
        return left
    share = min(1.0, count / left[0])
    others = int(left[1] * share * _MORE) + _MORE_SENTENCES
    return min(count, left[0]), min(others, left[1], 2 * count)


def _sure_end(comparison: SimilarityModel) -> tuple[int, int] | None:
    """Where a window can be cut short: after sure pairs that follow each other, if anywhere.

    What lies after them may have its counterpart beyond the window.
    """
    anchors, like = comparison.anchors, comparison.sentence_similarity
    for end in range(len(anchors), _ROW - 1, -1):
        row = anchors[end - _ROW : end]
        near = all(k - i <= 2 and m - j <= 2 for (i, j), (k, m) in pairwise(row))
        if near and all(like[pair] >= _LIKE for pair in row):
            i, j = row[-1]
            far = 2 * i > comparison.size[0] and min(i, j) > 2 * _MARGIN
            return (i + 1, j + 1) if far else None
    return None


def _sure_place(beads: Sequence[Bead], last: tuple[float, float]) -> int:
    """How many beads of a window to keep: up to a place, far and between sure pairs.

    `last` is up to which sentences of both sides. What is kept must be a beginning of both
    texts, which moved passages may prevent; where no place will do, that is the whole window.
    """
    best, best_worth = len(beads), -1.0
    neighbours = zip(prefix_sizes(beads), pairwise(beads), strict=False)
    for place, (end, (bead, following)) in enumerate(neighbours, start=1):
        if end is None or end[0] > last[0] or end[1] > last[1]:
            continue
        pairs = not bead.is_null and not following.is_null
        sureness = min(_SURE, bead.confidence, following.confidence) if pairs else -1.0
        worth = sureness + end[0] / last[0]
        if worth >= best_worth:
            best, best_worth = place, worth
    return best


def _is_lost(beads: Sequence[Bead]) -> bool:
    sentences = sum(len(bead.source) for bead in beads)
    likely = sum(len(b.source) for b in beads if not b.is_null and b.confidence > 0.5)
    return likely < _LOST * sentences

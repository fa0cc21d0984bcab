"""The door of the room: from two texts to beads, a window at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from aligner.blas import single_threaded
from aligner.matching.comparison import Comparison, Side
from aligner.matching.decode import MAX_BEAD, decode
from aligner.matching.lattice import Floats, Numbers
from aligner.matching.moved import Passage, find_moved
from aligner.matching.scorer import Scorers, trained_scorers
from aligner.types import Bead, EncodedText, Sentence

Encode = Callable[[Sequence[str]], EncodedText]

# Source sentences that are aligned at a time, and how many times as many where that fails.
WINDOW = 500
_LARGEST = 8
# Of the target, a window takes its share of what is left, and more.
_MORE, _MORE_SENTENCES = 1.25, 50
# A window's beads are kept up to a sure place before these shares of both sides.
_KEPT_SOURCE, _KEPT_TARGET = 0.8, 0.85
_SURE = 0.9
# A window is lost if a smaller share of its kept source sentences has a likely counterpart.
_LOST = 0.3
_ENCODED = 250  # sentences that are encoded at a time
# What reaching over a paragraph's border costs. The novels that the weights come from have no
# paragraphs; this says that a bead crosses one border in some 200 where chance would have 60.
_PARAGRAPH = 4.0


def match(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    encode: Encode,
    max_bead: tuple[int, int] = MAX_BEAD,
    scorers: Scorers | None = None,
) -> Iterator[Bead]:
    """Align two texts; every sentence comes in one bead, with its posterior probability.

    Texts of up to some 500 sentences are aligned whole. Longer ones are aligned in windows:
    each ends at a sure place well before its end, and the next one begins there, so that time
    grows with the length of the texts, and memory with that of a window. `encode` is called
    for a few hundred sentences at a time.
    """
    scorers = scorers or trained_scorers()
    texts = _Buffer(source, encode), _Buffer(target, encode)
    costs = border_costs(source), border_costs(target)
    i = j = 0
    size = 1
    while i < len(source) and j < len(target):
        left = len(source) - i, len(target) - j
        taken = _window(left, size)
        whole = taken == left
        with single_threaded():
            sides = [
                text.side(start, start + count, cost)
                for text, start, count, cost in zip(texts, (i, j), taken, costs, strict=True)
            ]
            paragraphs = tuple(
                [sentence.paragraph for sentence in side[start : start + count]]
                for side, start, count in zip((source, target), (i, j), taken, strict=True)
            )
            beads = _align(sides[0], sides[1], paragraphs, max_bead, scorers)
        kept = beads if whole else beads[: _sure_place(beads, taken)]
        if not whole and size < _LARGEST and _is_lost(kept):
            size *= 2
            continue
        size = 1
        yield from _shifted(kept, i, j)
        i += sum(len(bead.source) for bead in kept)
        j += sum(len(bead.target) for bead in kept)
    yield from (Bead((k,), ()) for k in range(i, len(source)))
    yield from (Bead((), (k,)) for k in range(j, len(target)))


class _Buffer:
    """The stretch of a text that windows need, encoded once."""

    def __init__(self, sentences: Sequence[Sentence], encode: Encode) -> None:
        self._sentences = sentences
        self._encode = encode
        self._start = self._stop = 0
        self._text: EncodedText | None = None

    def side(self, start: int, stop: int, costs: Floats) -> Side:
        """Sentences `start` to `stop`, where starts never go back."""
        while self._stop < stop:
            more = self._sentences[self._stop : self._stop + _ENCODED]
            encoded = self._encode([sentence.text for sentence in more])
            self._text = encoded if self._text is None else self._text.joined(encoded)
            self._stop += len(more)
        if self._text is None:
            raise ValueError("a window without sentences")
        if start > self._start:
            self._text = self._text.take(np.arange(start - self._start, self._stop - self._start))
            self._start = start
        texts = [sentence.text for sentence in self._sentences[start:stop]]
        return Side(texts, self._text.take(np.arange(stop - start)), costs[start : stop + 1])


def _window(left: tuple[int, int], size: int) -> tuple[int, int]:
    """How many sentences of both sides the next window takes."""
    count = WINDOW * size
    if max(left) <= count:
        return left
    share = min(1.0, count / left[0])
    others = int(left[1] * share * _MORE) + _MORE_SENTENCES
    return min(count, left[0]), min(others, left[1], 2 * count)


def _align(
    source: Side,
    target: Side,
    paragraphs: tuple[Sequence[int], ...],
    max_bead: tuple[int, int],
    scorers: Scorers,
) -> list[Bead]:
    """Align a window, moved passages apart from the rest."""
    comparison = Comparison(source, target)
    passages = find_moved(comparison, (paragraphs[0], paragraphs[1]))
    if not passages:
        return decode(comparison, max_bead, scorers)
    ours = np.setdiff1d(np.arange(source.size), _numbers(p.source for p in passages))
    theirs = np.setdiff1d(np.arange(target.size), _numbers(p.target for p in passages))
    beads = _part(source, target, ours, theirs, max_bead, scorers)
    for passage in passages:
        moved = _moved(source, target, passage, max_bead, scorers)
        place = next(
            (
                k
                for k, bead in enumerate(beads)
                if bead.source and bead.source[0] >= passage.source[1]
            ),
            len(beads),
        )
        beads[place:place] = moved
    return beads


def _moved(
    source: Side, target: Side, passage: Passage, max_bead: tuple[int, int], scorers: Scorers
) -> list[Bead]:
    sides = np.arange(*passage.source), np.arange(*passage.target)
    beads = _part(source, target, *sides, max_bead, scorers)
    return [replace(bead, moved=not bead.is_null) for bead in beads]


def _part(
    source: Side,
    target: Side,
    ours: Numbers,
    theirs: Numbers,
    max_bead: tuple[int, int],
    scorers: Scorers,
) -> list[Bead]:
    """Align some sentences of both sides; numbers are those of the whole."""
    if not len(ours) or not len(theirs):
        return [Bead((int(k),), ()) for k in ours] + [Bead((), (int(k),)) for k in theirs]
    comparison = Comparison(source.take(ours), target.take(theirs))
    return [
        replace(
            bead,
            source=tuple(int(ours[k]) for k in bead.source),
            target=tuple(int(theirs[k]) for k in bead.target),
        )
        for bead in decode(comparison, max_bead, scorers)
    ]


def _numbers(spans: Iterable[tuple[int, int]]) -> Numbers:
    return np.concatenate([np.arange(*span) for span in spans])


def _sure_place(beads: Sequence[Bead], size: tuple[int, int]) -> int:
    """How many beads of a window to keep: up to a place, far and between sure pairs.

    What is kept must be a beginning of both texts, which moved passages may prevent; where no
    place will do, that is the whole window.
    """
    best, best_worth = len(beads), -1.0
    i = j = reach_i = reach_j = 0
    for place, (bead, following) in enumerate(pairwise(beads), start=1):
        i, j = i + len(bead.source), j + len(bead.target)
        reach_i = max(reach_i, *(k + 1 for k in (*bead.source, -1)))
        reach_j = max(reach_j, *(k + 1 for k in (*bead.target, -1)))
        if i > _KEPT_SOURCE * size[0] or j > _KEPT_TARGET * size[1]:
            break
        pairs = not bead.is_null and not following.is_null
        sureness = min(_SURE, bead.confidence, following.confidence) if pairs else -1.0
        worth = sureness + i / size[0]
        if (i, j) == (reach_i, reach_j) and worth >= best_worth:
            best, best_worth = place, worth
    return best


def _is_lost(beads: Sequence[Bead]) -> bool:
    sentences = sum(len(bead.source) for bead in beads)
    likely = sum(len(b.source) for b in beads if not b.is_null and b.confidence > 0.5)
    return likely < _LOST * sentences


def _shifted(beads: Iterable[Bead], i: int, j: int) -> Iterator[Bead]:
    for bead in beads:
        yield replace(
            bead,
            source=tuple(k + i for k in bead.source),
            target=tuple(k + j for k in bead.target),
        )


def border_costs(sentences: Sequence[Sentence]) -> Floats:
    """What it costs a bead to reach over each of the borders between sentences, in log weight.

    Infinite between a letterhead or heading and text. Over the border of paragraphs it is
    some times the surprise at such a border: nothing where each sentence is a paragraph, more
    the longer the paragraphs are.
    """
    size = len(sentences)
    costs = np.zeros(size + 1)
    paragraphs = [sentence.paragraph for sentence in sentences]
    ends = [a != b for a, b in pairwise(paragraphs)]
    surprise = -np.log((sum(ends) + 1) / max(size, 1))
    costs[1:-1] = np.where(ends, _PARAGRAPH * max(0.0, surprise), 0.0)
    for border, (before, after) in enumerate(pairwise(sentences), 1):
        if before.role != after.role:
            costs[border] = np.inf
    return costs

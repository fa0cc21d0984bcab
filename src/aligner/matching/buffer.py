"""The stretch of a text that is being aligned, encoded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from aligner.matching.lattice import Floats
from aligner.matching.similarity import EncodedSide
from aligner.types import Role, Sentence
from aligner.vectors import EncodedText

Encode = Callable[[Sequence[str]], EncodedText]

_ENCODED = 250  # sentences that are encoded at a time
# What reaching over a paragraph's border costs. The novels that the weights come from have no
# paragraphs; this says that a bead crosses one border in some 200 where chance would have 60.
_PARAGRAPH = 4.0
_CELL = 5.0  # more: tables of both languages have the same cells, but for names and numbers
# Fewer capitals may be an acronym, which encoders know as such: UN, UNESCO.
_LEAST_CAPITALS = 7


class Buffer:
    """A text, of which no more is held than windows that move on need."""

    def __init__(self, sentences: Sequence[Sentence], encode: Encode) -> None:
        self._sentences = sentences
        self._encode = encode
        self._start = 0
        self._held: list[Sentence] = []
        self._text: EncodedText | None = None

    def side(self, start: int, stop: int) -> EncodedSide:
        """Sentences `start` to `stop`, where starts never go back; ValueError if there are none."""
        first = start - self._start
        if first:
            self._held = self._held[first:]
            self._start = start
            if self._text is not None:
                self._text = self._text.take(np.arange(first, len(self._text.borders) - 1))
        new = []
        while self._start + len(self._held) < stop:
            at = self._start + len(self._held)
            more = list(self._sentences[at : at + _ENCODED])
            new.append(self._encode([_legible(sentence.text) for sentence in more]))
            self._held += more
        if new:
            self._text = new[0].joined(new[1:]) if self._text is None else self._text.joined(new)
        if self._text is None:
            raise ValueError("a window without sentences")
        sentences = self._held[: stop - start]
        return EncodedSide(
            [sentence.text for sentence in sentences],
            self._text.take(np.arange(stop - start)),
            border_costs(sentences),
            np.array([sentence.paragraph for sentence in sentences]),
        )


def _legible(text: str) -> str:
    """A sentence as encoders understand it: those all in capitals mean little to them."""
    letters = [mark for mark in text if mark.isalpha()]
    shouts = len(letters) >= _LEAST_CAPITALS and all(map(str.isupper, letters))
    return text.lower() if shouts else text


def border_costs(sentences: Sequence[Sentence]) -> Floats:
    """What it costs a bead to reach over each of the borders between sentences, in log weight.

    Infinite between a letterhead or heading and text, and much between a table's cells. Over
    the border of paragraphs it is some times the surprise at such a border: nothing where each
    sentence is a paragraph, more the longer the paragraphs are.
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
        elif before.role == Role.CELL and before.paragraph != after.paragraph:
            costs[border] += _CELL
    return costs

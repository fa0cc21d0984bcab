"""Texts whose vectors are sums of token features: any run of tokens has one for little."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np

from aligner.vectors import Positions, Vectors, unit

_BLOCK = 64  # tokens that are summed up in single precision


class _Sums:
    """Sums of the features of tokens up to any place.

    They are kept as sums within blocks, which single precision does for, and of the blocks; and
    blocks are summed up side by side: numpy's cumsum down columns takes many times as long.
    """

    def __init__(self, tokens: Vectors) -> None:
        count = len(tokens) // _BLOCK + 1
        self._within = np.zeros((count * _BLOCK, tokens.shape[1]), dtype=np.float32)
        self._within[1 : len(tokens) + 1] = tokens
        blocks = self._within.reshape(count, _BLOCK, -1)
        totals = blocks[1:, 0].astype(np.float64)
        blocks[1:, 0] = 0.0
        for place in range(1, _BLOCK):
            blocks[:, place] += blocks[:, place - 1]
        totals += blocks[:-1, -1]
        self._before = np.zeros((count, tokens.shape[1]))
        np.cumsum(totals, axis=0, out=self._before[1:])

    def between(self, starts: Positions, stops: Positions) -> Vectors:
        """The sums from each start up to its stop."""
        sums = self._within[stops] - self._within[starts]
        first, last = starts // _BLOCK, stops // _BLOCK
        across = np.flatnonzero(first != last)
        sums[across] += self._before[last[across]] - self._before[first[across]]
        return sums


@dataclass(frozen=True)
class TokenText:
    """Sentences as one stream of token features.

    The vector of a run of sentences is the projection of the sum of their inner tokens' features,
    the first sentence's begin token and the last one's end token: each token is encoded
    once, however many runs and windows it is part of.

    `tokens` is (number of inner tokens, features); `borders` has the positions among them at
    which the sentences begin, and the end; `begin` and `end` are (number of sentences,
    features); `clause_ends` are the positions after each token of punctuation alone; `project`
    maps sums of features and numbers of tokens to vectors; `marker_count` is how many tokens a
    begin and an end together count for.
    """

    tokens: Vectors
    borders: Positions
    begin: Vectors
    end: Vectors
    clause_ends: Positions
    project: Callable[[Vectors, Positions], Vectors]
    marker_count: int = 2
    # Where the tokens lie among those that were summed up, once for all stretches of them.
    _sums: _Sums | None = field(default=None, repr=False, compare=False)
    _first: int = field(default=0, repr=False, compare=False)

    @property
    def size(self) -> int:
        """Number of sentences."""
        return len(self.borders) - 1

    def runs(self, length: int) -> Vectors:
        """Unit vectors of all runs of `length` sentences: (size - length + 1, dimension)."""
        count = max(0, self.size - length + 1)
        begin, end = self.begin[:count], self.end[length - 1 :]
        return self._vectors(self.borders[:count], self.borders[length:], begin, end)

    def sums(self, starts: Positions, stops: Positions) -> Vectors:
        """Sums of the features of the tokens from each start up to its stop."""
        sums = self._shared_sums
        return sums.between(starts + self._first, stops + self._first)

    def take(self, numbers: Positions) -> Self:
        """The text of some of the sentences, in the order given."""
        if len(numbers) and np.array_equal(numbers, np.arange(numbers[0], numbers[-1] + 1)):
            return self._stretch(int(numbers[0]), int(numbers[-1]) + 1)
        lengths = np.diff(self.borders)[numbers]
        borders = np.concatenate([[0], np.cumsum(lengths)])
        kept = np.arange(borders[-1]) + np.repeat(self.borders[numbers] - borders[:-1], lengths)
        ends = np.zeros(len(self.tokens), dtype=bool)
        ends[self.clause_ends - 1] = True
        return replace(
            self,
            _sums=None,
            _first=0,
            tokens=self.tokens[kept],
            borders=borders,
            begin=self.begin[numbers],
            end=self.end[numbers],
            clause_ends=np.flatnonzero(ends[kept]) + 1,
        )

    def _stretch(self, start: int, stop: int) -> Self:
        """Sentences that follow each other, without a copy."""
        if (start, stop) == (0, self.size):
            return self
        first, last = self.borders[start], self.borders[stop]
        low, high = np.searchsorted(self.clause_ends, (first, last), side="right")
        return replace(
            self,
            _sums=self._shared_sums,
            _first=self._first + int(first),
            tokens=self.tokens[first:last],
            borders=self.borders[start : stop + 1] - first,
            begin=self.begin[start:stop],
            end=self.end[start:stop],
            clause_ends=self.clause_ends[low:high] - first,
        )

    def joined(self, others: Sequence[Self]) -> Self:
        """The text with other ones, by the same encoder, after it."""
        texts = [self, *others]
        starts = np.cumsum([0, *(text.borders[-1] for text in texts)])
        borders, ends = (
            [part + start for part, start in zip(parts, starts, strict=False)]
            for parts in ([t.borders[:-1] for t in texts], [t.clause_ends for t in texts])
        )
        return replace(
            self,
            _sums=None,
            _first=0,
            tokens=np.concatenate([text.tokens for text in texts]),
            borders=np.concatenate([*borders, starts[-1:]]),
            begin=np.concatenate([text.begin for text in texts]),
            end=np.concatenate([text.end for text in texts]),
            clause_ends=np.concatenate(ends),
        )

    @property
    def token_mean(self) -> Vectors:
        """Mean of all tokens' features."""
        total = self.sums(self.borders[:1], self.borders[-1:])[0]
        return np.asarray(total / max(1, len(self.tokens)), dtype=np.float32)

    @cached_property
    def _shared_sums(self) -> _Sums:
        return self._sums or _Sums(self.tokens)

    def _vectors(
        self, starts: Positions, stops: Positions, begin: Vectors, end: Vectors
    ) -> Vectors:
        total = self.sums(starts, stops) + begin + end
        return unit(self.project(total, stops - starts + self.marker_count))


@dataclass(frozen=True)
class PooledText(TokenText):
    """Token features, and sentences whose vectors are no sums of them.

    `sentences` has the sentences' own vectors: (number of sentences, dimension). A run of
    several has their mean, weighted by tokens; windows have that of the features.
    """

    sentences: Vectors = field(kw_only=True)

    def runs(self, length: int) -> Vectors:
        """Unit vectors of all runs of `length` sentences: (size - length + 1, dimension)."""
        weights = np.diff(self.borders)[:, None]
        sums = np.zeros((self.size + 1, self.sentences.shape[1]))
        np.cumsum(unit(self.sentences) * weights, axis=0, out=sums[1:])
        count = max(0, self.size - length + 1)
        return unit((sums[length:] - sums[:count]).astype(np.float32))

    def take(self, numbers: Positions) -> Self:
        """The text of some of the sentences, in the order given."""
        return replace(super().take(numbers), sentences=self.sentences[numbers])

    def joined(self, others: Sequence[Self]) -> Self:
        """The text with other ones, by the same encoder, after it."""
        sentences = np.concatenate([text.sentences for text in (self, *others)])
        return replace(super().joined(others), sentences=sentences)


def mean(total: Vectors, count: Positions) -> Vectors:
    """The projection of models that take the mean: of sums over `count` tokens each."""
    return np.asarray(total / np.maximum(count, 1)[:, None], dtype=np.float32)

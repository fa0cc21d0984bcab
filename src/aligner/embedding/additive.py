"""Texts whose vectors are sums of token features: any run of tokens has one for little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from aligner.types import Positions, Vectors
from aligner.vectors import unit

_BLOCK = 64  # tokens that are summed up in single precision


@dataclass(frozen=True)
class TokenText:
    """Sentences as one stream of token features.

    The vector of a run of sentences is the head of the sum of their inner tokens' features,
    the first sentence's begin token and the last one's end token: each token is encoded
    once, however many runs and windows it is part of.

    `tokens` is (number of inner tokens, features); `borders` has the positions among them at
    which the sentences begin, and the end; `begin` and `end` are (number of sentences,
    features); `clause_ends` are the positions after each token of punctuation alone; `head`
    maps sums of features and numbers of tokens to vectors; `frame` is how many tokens a begin
    and an end together count for.
    """

    tokens: Vectors
    borders: Positions
    begin: Vectors
    end: Vectors
    clause_ends: Positions
    head: Callable[[Vectors, Positions], Vectors]
    frame: int = 2

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
        within, before = self._prefixes
        sums = within[stops] - within[starts]
        first, last = starts // _BLOCK, stops // _BLOCK
        across = np.flatnonzero(first != last)
        sums[across] += before[last[across]] - before[first[across]]
        return sums

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
            tokens=self.tokens[first:last],
            borders=self.borders[start : stop + 1] - first,
            begin=self.begin[start:stop],
            end=self.end[start:stop],
            clause_ends=self.clause_ends[low:high] - first,
        )

    def joined(self, other: Self) -> Self:
        """The text with another one, by the same encoder, after it."""
        total = self.borders[-1]
        return replace(
            self,
            tokens=np.concatenate([self.tokens, other.tokens]),
            borders=np.concatenate([self.borders, other.borders[1:] + total]),
            begin=np.concatenate([self.begin, other.begin]),
            end=np.concatenate([self.end, other.end]),
            clause_ends=np.concatenate([self.clause_ends, other.clause_ends + total]),
        )

    @property
    def token_mean(self) -> Vectors:
        """Mean of all tokens' features."""
        total = self.sums(self.borders[:1], self.borders[-1:])[0]
        return np.asarray(total / max(1, len(self.tokens)), dtype=np.float32)

    @cached_property
    def _prefixes(self) -> tuple[Vectors, NDArray[np.float64]]:
        """Sums of the tokens before each position in its block, and of those before each block.

        Blocks keep the sums small, so that single precision will do, and are summed up side
        by side: numpy's cumsum down columns takes many times as long.
        """
        count = len(self.tokens) // _BLOCK + 1
        within = np.zeros((count * _BLOCK, self.tokens.shape[1]), dtype=np.float32)
        within[1 : len(self.tokens) + 1] = self.tokens
        blocks = within.reshape(count, _BLOCK, -1)
        totals = blocks[1:, 0].astype(np.float64)
        blocks[1:, 0] = 0.0
        for place in range(1, _BLOCK):
            blocks[:, place] += blocks[:, place - 1]
        totals += blocks[:-1, -1]
        before = np.zeros((count, self.tokens.shape[1]))
        np.cumsum(totals, axis=0, out=before[1:])
        return within, before

    def _vectors(
        self, starts: Positions, stops: Positions, begin: Vectors, end: Vectors
    ) -> Vectors:
        total = self.sums(starts, stops) + begin + end
        return unit(self.head(total, stops - starts + self.frame))


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

    def joined(self, other: Self) -> Self:
        """The text with another one, by the same encoder, after it."""
        sentences = np.concatenate([self.sentences, other.sentences])
        return replace(super().joined(other), sentences=sentences)

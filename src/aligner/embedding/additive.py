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

    def windows(self, starts: Positions, stops: Positions) -> Vectors:
        """Unit vectors of the runs of tokens from each start up to its stop; zero if empty."""
        begin, end = self.begin.mean(axis=0), self.end.mean(axis=0)
        vectors = self._vectors(starts, stops, begin, end)
        vectors[starts >= stops] = 0.0
        return vectors

    def local_means(self, reach: int) -> Vectors:
        """Mean features of the tokens about each one, within its sentence: (tokens, features)."""
        positions = np.arange(len(self.tokens))
        owner = np.repeat(np.arange(self.size), np.diff(self.borders))
        low = np.maximum(positions - reach, self.borders[owner])
        high = np.minimum(positions + reach + 1, self.borders[owner + 1])
        sums = self._sums[high] - self._sums[low]
        return np.asarray(sums / (high - low)[:, None], dtype=np.float32)

    def take(self, numbers: Positions) -> Self:
        """The text of some of the sentences, in the order given."""
        if np.array_equal(numbers, np.arange(self.size)):
            return self
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
        return np.asarray(self._sums[-1] / max(1, len(self.tokens)), dtype=np.float32)

    @cached_property
    def _sums(self) -> NDArray[np.float64]:
        sums = np.zeros((len(self.tokens) + 1, self.tokens.shape[1]))
        # Row by row: numpy's cumsum down columns takes several times as long.
        for row, token in enumerate(self.tokens):
            np.add(sums[row], token, out=sums[row + 1])
        return sums

    def _vectors(
        self, starts: Positions, stops: Positions, begin: Vectors, end: Vectors
    ) -> Vectors:
        total = (self._sums[stops] - self._sums[starts]).astype(np.float32) + begin + end
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

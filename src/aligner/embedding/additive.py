"""Vectors of runs of sentences, from sums of token features."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.types import Vectors


@dataclass(frozen=True, slots=True)
class AdditiveText:
    """Sentences whose encoder adds up its tokens' features before a small head.

    The vector of a run of sentences is then the head of the sum of their inner tokens'
    features, the first sentence's begin token and the last one's end token: each token is
    encoded once, however many runs it is part of. `inner`, `begin` and `end` are
    `(size, features)`, `tokens` counts the inner tokens of each sentence, and `head` maps
    sums and token counts, begin and end included, to unit vectors.
    """

    inner: Vectors
    begin: Vectors
    end: Vectors
    tokens: NDArray[np.int64]
    head: Callable[[Vectors, NDArray[np.int64]], Vectors]

    @property
    def size(self) -> int:
        """Number of sentences."""
        return len(self.tokens)

    def runs(self, length: int, start: int = 0, stop: int | None = None) -> Vectors:
        """Unit vectors of the runs of `length` sentences that begin at `start`..`stop`."""
        stop = max(0, self.size - length + 1) if stop is None else stop
        total = self.begin[start:stop] + self.end[start + length - 1 : stop + length - 1]
        count = np.full(len(total), 2)
        for k in range(length):
            total += self.inner[start + k : stop + k]
            count += self.tokens[start + k : stop + k]
        return self.head(total, count)

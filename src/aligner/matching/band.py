"""The places that are looked at: pairs of sentence borders in a band about the sure pairs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Band:
    """Nodes (i, j) with low[i] <= j <= high[i], numbered row by row.

    `low` and `high` have an entry for each source border; the first node is (0, 0), the last
    one the end of both texts. The number `size` stands for every place outside.
    """

    low: Numbers
    high: Numbers
    _shifts: dict[tuple[int, int], Numbers] = field(default_factory=dict, repr=False)

    @cached_property
    def starts(self) -> Numbers:
        """Number of each row's first node, and at the end `size`."""
        return np.concatenate([[0], np.cumsum(self.high - self.low + 1)])

    @cached_property
    def size(self) -> int:
        """Number of nodes."""
        return int(self.starts[-1])

    @cached_property
    def i(self) -> Numbers:
        """Source border of each node."""
        return np.repeat(np.arange(len(self.low)), self.high - self.low + 1)

    @cached_property
    def j(self) -> Numbers:
        """Target border of each node."""
        return np.arange(self.size) - self.starts[self.i] + self.low[self.i]

    def nodes(self, i: Numbers, j: Numbers) -> Numbers:
        """Numbers of the nodes at these places."""
        row = np.clip(i, 0, len(self.low) - 1)
        inside = (i == row) & (j >= self.low[row]) & (j <= self.high[row])
        return np.where(inside, self.starts[row] + j - self.low[row], self.size)

    def shifted(self, rows: int, columns: int) -> Numbers:
        """For each node, the number of the one so many rows and columns on."""
        key = rows, columns
        if key not in self._shifts:
            self._shifts[key] = self.nodes(self.i + rows, self.j + columns)
        return self._shifts[key]

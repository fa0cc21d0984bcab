"""Exact sums and best paths over the lattice of all alignments.

Nodes are the pairs of sentence borders in a band; an edge is a bead, a run of source sentences
with a run of target sentences, either of which may be empty. The alignments of a document are
the paths from the first node to the last: a semi-Markov conditional random field (Sarawagi and
Cohen 2004), summed by forward and backward passes over the rows of the band, with all edges of a
row at once.

In which order the nulls between two beads come means nothing, so one order stands for all: source
nulls first, as far as the band reaches. A source null comes after a target null only where before
it it would have led out of the band: where it leads to the first node of a row. There are two
kinds of null edges: the first source null and the first target null open their runs, the others
follow; so do source nulls after target nulls.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from aligner.matching.band import Band, Numbers

Floats = NDArray[np.float64]
_Scalar = TypeVar("_Scalar", bound=np.generic)

BEAD, OPENING, FOLLOWING = 0, 1, 2
# Sizes of beads that are looked at: m source sentences with n target sentences.
BEAD_SIZES = (
    (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (1, 5), (5, 1), (1, 6), (6, 1),
    (2, 2), (2, 3), (3, 2), (2, 4), (4, 2), (2, 5), (5, 2), (3, 3), (3, 4), (4, 3), (3, 5), (5, 3),
)  # fmt: skip
BEADS = len(BEAD_SIZES)
# Types of edges: beads by size, then nulls of the one and the other text, opening and following.
SIZES = np.array([*BEAD_SIZES, (1, 0), (0, 1), (1, 0), (0, 1)])
KINDS = np.array([BEAD] * BEADS + [OPENING, OPENING, FOLLOWING, FOLLOWING])
TYPES = len(SIZES)
_OPEN_SOURCE, _OPEN_TARGET, _NEXT_SOURCE, _NEXT_TARGET = range(BEADS, TYPES)
_SOURCES, _TARGETS = slice(_OPEN_SOURCE, TYPES, 2), slice(_OPEN_TARGET, TYPES, 2)
NEVER = -1e30  # the log weight of what can't be


@dataclass(frozen=True)
class Edges:
    """Some of a band's edges: their types and the nodes from which they lead."""

    band: Band
    type: Numbers
    node: Numbers

    @classmethod
    def chosen(cls, band: Band, mask: NDArray[np.bool_]) -> Edges:
        """Those marked in an array of (types, nodes)."""
        return cls(band, *np.nonzero(mask))

    def __len__(self) -> int:
        return len(self.type)

    @property
    def columns(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Source border, target border, source sentences, target sentences."""
        sizes = SIZES[self.type]
        return self.band.i[self.node], self.band.j[self.node], sizes[:, 0], sizes[:, 1]

    @property
    def is_bead(self) -> NDArray[np.bool_]:
        """Which have text on both sides."""
        return np.asarray(self.type < BEADS)

    def gather(self, values: NDArray[_Scalar]) -> NDArray[_Scalar]:
        """Their values in an array of (types or 1, nodes or 1)."""
        return np.broadcast_to(values, (TYPES, self.band.size))[self.type, self.node]

    def scatter(self, values: Floats) -> Floats:
        """An array of (types, nodes) with their values, NEVER elsewhere."""
        spread = np.full((TYPES, self.band.size), NEVER)
        spread[self.type, self.node] = values
        return spread


class Lattice:
    """The lattice over a band. Scores and gains are arrays of (types, nodes from which edges lead).

    Nulls within the band are always possible.
    """

    def __init__(self, band: Band) -> None:
        self._size = band.size
        self._before = np.stack([band.shifted(-m, -n) for m, n in SIZES.tolist()])
        self._after = np.stack([band.shifted(m, n) for m, n in SIZES.tolist()])
        self._rows = [*pairwise(band.starts.tolist())]
        # The nodes above first nodes of rows: there a source null may come after a target null.
        self._corners = (band.starts[:-2] + np.diff(band.low)).tolist()

    def edges(self, max_bead: tuple[int, int]) -> NDArray[np.bool_]:
        """Which edges lie in the band and are beads of no more sentences, or nulls."""
        small = (max_bead >= SIZES).all(axis=1) | (KINDS != BEAD)
        return np.asarray(small[:, None] & (self._after < self._size))

    def posteriors(self, scores: Floats) -> tuple[float, Floats]:
        """Log of the sum over all paths, and the probability of each edge, given log weights."""
        after_bead, after_source, after_target, after_any = self._forward(scores)
        from_any, from_source, from_target = self._backward(scores)
        total = float(after_any[self._size - 1])
        reached = np.empty_like(scores)
        reached[:BEADS] = after_any[:-1]
        reached[_OPEN_SOURCE] = after_bead[:-1]
        reached[_OPEN_TARGET] = np.logaddexp(after_bead, after_source)[:-1]
        reached[_NEXT_SOURCE] = after_source[:-1]
        reached[_NEXT_TARGET] = after_target[:-1]
        reached[:BEADS] += from_any[self._after[:BEADS]]
        below = self._after[_OPEN_SOURCE]
        reached[_SOURCES] += from_source[below]
        reached[_TARGETS] += from_target[self._after[_OPEN_TARGET]]
        corners = self._corners
        turned = after_target[corners] + from_target[below[corners]]
        reached[_NEXT_SOURCE, corners] = np.logaddexp(reached[_NEXT_SOURCE, corners], turned)
        reached += scores
        reached -= total
        np.minimum(reached, 0.0, out=reached)
        return total, np.exp(reached, out=reached)

    def best_path(self, gains: Floats) -> list[tuple[int, int]]:
        """Types and nodes of the edges on the path with the greatest sum of gains.

        The two kinds of nulls are one; the gains of opening ones count.
        """
        ends = self._by_end(gains[:_NEXT_SOURCE])
        run = self._along_rows(ends[_OPEN_TARGET])
        # Of all paths to a node, and of those after which a source null may follow.
        best, fall = np.full((2, self._size + 1), NEVER)
        choice = np.zeros(self._size, dtype=np.int64)
        along = np.zeros(self._size, dtype=bool)
        before = self._before[:_OPEN_TARGET]
        for number, (start, stop) in enumerate(self._rows):
            here = slice(start, stop)
            reached = best[before[:, here]]
            reached[_OPEN_SOURCE] = fall[before[_OPEN_SOURCE, here]]
            reached += ends[:_OPEN_TARGET, here]
            if not start:
                reached[0, 0] = 0.0
            fall[here] = reached.max(axis=0)
            choice[here] = reached.argmax(axis=0)
            row = fall[here] - run[here]
            most = np.maximum.accumulate(row)
            along[here] = most > row
            best[here] = most + run[here]
            if stop < self._size:
                corner = self._corners[number]
                fall[corner] = best[corner]
        path = []
        corners = set(self._corners)
        node, free = self._size - 1, True
        while node:
            kind = _OPEN_TARGET if free and along[node] else int(choice[node])
            node = int(self._before[kind, node])
            free = kind != _OPEN_SOURCE or node in corners
            path.append((kind, node))
        return path[::-1]

    def _forward(self, scores: Floats) -> Floats:
        """Log sums of paths to each node by what comes last.

        That is a bead (or nothing), a source null, a target null (or one that comes after it),
        anything.
        """
        ends = self._by_end(scores)
        run = self._along_rows(ends[_NEXT_TARGET])
        sums = np.full((4, self._size + 1), NEVER)
        bead, source, target, either = sums
        before, above = self._before[:BEADS], self._before[_OPEN_SOURCE]
        for (start, stop), corner in zip(self._rows, [self._size, *self._corners], strict=True):
            here = slice(start, stop)
            row = _log_sum(either[before[:, here]] + ends[:BEADS, here])
            if not start:
                row[0] = 0.0
            bead[here] = row
            up = above[here]
            nulls = np.logaddexp(
                bead[up] + ends[_OPEN_SOURCE, here], source[up] + ends[_NEXT_SOURCE, here]
            )
            source[here] = nulls
            row = np.logaddexp(row, nulls)
            nulls[0] = target[corner] + ends[_NEXT_SOURCE, start]
            nulls[1:] = row[:-1] + ends[_OPEN_TARGET, start + 1 : stop]
            nulls -= run[here]
            nulls = np.logaddexp.accumulate(nulls) + run[here]
            target[here] = nulls
            either[here] = np.logaddexp(row, nulls)
        return sums

    def _backward(self, scores: Floats) -> Floats:
        """Log sums of paths from each node on, after a bead or nothing, a source, a target null."""
        sums = np.full((3, self._size + 1), NEVER)
        bead, source, target = sums
        run = self._along_rows(np.concatenate([[0.0], scores[_NEXT_TARGET, :-1]]))
        after, below = self._after[:BEADS], self._after[_OPEN_SOURCE]
        corners = [*self._corners, self._size - 1]
        for (start, stop), corner in zip(self._rows[::-1], corners[::-1], strict=True):
            here = slice(start, stop)
            row = _log_sum(bead[after[:, here]] + scores[:BEADS, here])
            if stop == self._size:
                row[-1] = 0.0
            sums[:2, here] = np.logaddexp(row, source[below[here]] + scores[_SOURCES, here])
            turned = target[below[corner]] + scores[_NEXT_SOURCE, corner]
            row[corner - start] = np.logaddexp(row[corner - start], turned)
            row += run[here]
            row = np.logaddexp.accumulate(row[::-1])[::-1] - run[here]
            target[here] = row
            along = row[1:] + scores[_OPEN_TARGET, start : stop - 1]
            sums[:2, start : stop - 1] = np.logaddexp(sums[:2, start : stop - 1], along)
        return sums

    def _by_end(self, values: Floats) -> Floats:
        """Values of edges by the nodes to which they lead."""
        padded = np.full((len(values), self._size + 1), NEVER)
        padded[:, :-1] = values
        return np.take_along_axis(padded, self._before[: len(values)], axis=1)

    def _along_rows(self, steps: Floats) -> Floats:
        """Sums of steps from node to node of a row, counted through all rows."""
        steps = steps.copy()
        steps[[start for start, _ in self._rows]] = 0.0
        return np.cumsum(steps)


def _log_sum(terms: Floats) -> Floats:
    """Log of the sum of exponentials down each column; the terms are used up."""
    most = terms.max(axis=0)
    terms -= most
    np.exp(terms, out=terms)
    return np.asarray(np.log(terms.sum(axis=0)) + most)

"""Exact sums and best paths over the lattice of all alignments.

Nodes are pairs of sentence borders (i, j); an edge is a bead, a run of source sentences with
a run of target sentences, either of which may be empty. There are two kinds of null edges,
one for the first null after a bead and one for a null after a null. The alignments of a
document are the paths from (0, 0) to (I, J): a semi-Markov conditional random field (Sarawagi
and Cohen 2004), summed by forward and backward passes over the anti-diagonals i + j, with
all edges of a diagonal at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]

BEAD, OPENING, FOLLOWING = 0, 1, 2
_NEVER = -1e30


@dataclass(frozen=True, slots=True)
class Edges:
    """Candidate beads, one a row: source[i : i + m] with target[j : j + n].

    `kind` is BEAD, or for nulls OPENING (after a bead, or at the start) and FOLLOWING
    (after another null).
    """

    i: Numbers
    j: Numbers
    m: Numbers
    n: Numbers
    kind: Numbers

    def __len__(self) -> int:
        return len(self.i)

    def __getitem__(self, chosen: NDArray[np.bool_] | Numbers) -> Edges:
        return Edges(*(column[chosen] for column in self.columns))

    @property
    def columns(self) -> tuple[Numbers, ...]:
        """All five columns."""
        return self.i, self.j, self.m, self.n, self.kind

    @property
    def is_bead(self) -> NDArray[np.bool_]:
        """Which have text on both sides."""
        return np.asarray(self.kind == BEAD)


class Lattice:
    """The lattice that edges span; `end` is the node (I, J) that every path must reach."""

    def __init__(self, edges: Edges, end: tuple[int, int]) -> None:
        width = max(end[1], int((edges.j + edges.n).max(initial=0))) + 1
        starts = edges.i * width + edges.j
        stops = (edges.i + edges.m) * width + edges.j + edges.n
        nodes = np.unique(np.concatenate([starts, stops, [0, end[0] * width + end[1]]]))
        diagonal = nodes // width + nodes % width
        order = np.argsort(diagonal, kind="stable")
        rank = np.empty(len(nodes), dtype=np.int64)
        rank[order] = np.arange(len(nodes))

        def number(node: Numbers) -> Numbers:
            return rank[np.searchsorted(nodes, node)]

        self._size = len(nodes)
        self._first, self._last = number(np.array([0, end[0] * width + end[1]]))
        self._start, self._stop = number(starts), number(stops)
        # Every node has at most one incoming and one outgoing edge of each type.
        kinds, self._type = np.unique(
            (edges.m * 64 + edges.n) * 4 + edges.kind, return_inverse=True
        )
        self._of_kind = [np.flatnonzero(kinds % 4 == kind) for kind in range(3)]
        none = self._size  # a node that nothing leads to
        self._before = np.full((len(kinds), self._size), none)
        self._after = np.full((len(kinds), self._size), none)
        self._before[self._type, self._stop] = self._start
        self._after[self._type, self._start] = self._stop
        self._edge = np.full((len(kinds), self._size), -1)
        self._edge[self._type, self._stop] = np.arange(len(edges))
        self._kind = edges.kind
        cuts = np.flatnonzero(np.diff(diagonal[order])) + 1
        bounds = [0, *cuts.tolist(), self._size]
        self._diagonals = [slice(a, b) for a, b in pairwise(bounds)]

    def posteriors(self, scores: Floats) -> tuple[float, Floats]:
        """Log of the sum over all paths, and the probability of each edge, given log weights."""
        bead, opening, following = self._of_kind
        weight = np.full((len(self._before), self._size + 1), _NEVER)
        weight[self._type, self._stop] = scores
        # Forward sums of paths that end in a bead (or at the start), in a null, in either.
        after_bead, after_null, after_any = np.full((3, self._size + 1), _NEVER)
        after_bead[self._first] = after_any[self._first] = 0.0
        for now in self._diagonals[1:]:
            before, here = self._before[:, now], weight[:, now]
            after_bead[now] = _log_sum(after_any[before[bead]] + here[bead])
            opened = after_bead[before[opening]] + here[opening]
            followed = after_null[before[following]] + here[following]
            after_null[now] = _log_sum(np.concatenate([opened, followed]))
            after_any[now] = np.logaddexp(after_bead[now], after_null[now])
        # Backward sums of paths from a node on, by what led to it.
        from_bead, from_null = np.full((2, self._size + 1), _NEVER)
        from_bead[self._last] = from_null[self._last] = 0.0
        types = np.arange(len(weight))[:, None]
        for now in self._diagonals[-2::-1]:
            after = self._after[:, now]
            here = weight[types, after]
            beads = _log_sum(from_bead[after[bead]] + here[bead])
            opened = _log_sum(from_null[after[opening]] + here[opening])
            followed = _log_sum(from_null[after[following]] + here[following])
            from_bead[now] = np.logaddexp(beads, opened)
            from_null[now] = np.logaddexp(beads, followed)
        total = after_any[self._last]
        reached = np.choose(
            self._kind,
            [after_any[self._start], after_bead[self._start], after_null[self._start]],
        )
        left = np.where(self._kind == BEAD, from_bead[self._stop], from_null[self._stop])
        return float(total), np.exp(np.minimum(reached + scores + left - total, 0.0))

    def best_path(self, gains: Floats) -> Numbers:
        """Rows of the edges on the path with the greatest sum of gains; kinds don't matter."""
        weight = np.full((len(self._before), self._size + 1), _NEVER)
        weight[self._type, self._stop] = gains
        best = np.full(self._size + 1, _NEVER)
        best[self._first] = 0.0
        choice = np.zeros(self._size, dtype=np.int64)
        for now in self._diagonals[1:]:
            reached = best[self._before[:, now]] + weight[:, now]
            choice[now] = reached.argmax(axis=0)
            best[now] = reached.max(axis=0)
        path = []
        node = self._last
        while node != self._first:
            path.append(self._edge[choice[node], node])
            node = self._before[choice[node], node]
        return np.array(path[::-1], dtype=np.int64)


def _log_sum(terms: Floats) -> Floats:
    """Log of the sum of exponentials down each column."""
    if not len(terms):
        return np.full(terms.shape[1:], _NEVER)
    most = np.maximum(terms.max(axis=0), _NEVER)
    return np.asarray(most + np.log(np.maximum(np.exp(terms - most).sum(axis=0), 1e-300)))

"""Sums and best paths against the enumeration of all paths."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.matching.anchors import find_anchors, find_band
from aligner.matching.lattice import BEAD, FOLLOWING, OPENING, Edges, Lattice

SIZES = [(1, 1), (1, 2), (2, 1), (2, 2)]


def all_edges(rows: int, columns: int) -> Edges:
    found = []
    for i in range(rows + 1):
        for j in range(columns + 1):
            for m, n in [*SIZES, (1, 0), (0, 1)]:
                if i + m <= rows and j + n <= columns:
                    kinds = (BEAD,) if m and n else (OPENING, FOLLOWING)
                    found += [(i, j, m, n, kind) for kind in kinds]
    return Edges(*np.array(found, dtype=np.int64).reshape(-1, 5).T)


def all_paths(edges: Edges, end: tuple[int, int]) -> list[list[int]]:
    rows = list(enumerate(np.stack(edges.columns, axis=1).tolist()))
    done = []
    open_paths: list[tuple[tuple[int, int], bool, list[int]]] = [((0, 0), False, [])]
    while open_paths:
        place, after_null, path = open_paths.pop()
        if place == end:
            done.append(path)
        for number, (i, j, m, n, kind) in rows:
            fits = kind == BEAD or (kind == FOLLOWING) == after_null
            if (i, j) == place and fits:
                open_paths.append(((i + m, j + n), kind != BEAD, [*path, number]))
    return done


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 10**6))
def test_against_enumeration(rows: int, columns: int, seed: int) -> None:
    if rows + columns == 0:
        return
    edges = all_edges(rows, columns)
    scores = np.random.default_rng(seed).normal(size=len(edges)) * 3
    paths = all_paths(edges, (rows, columns))
    weights = np.exp([scores[path].sum() for path in paths])
    wanted = np.zeros(len(edges))
    for path, weight in zip(paths, weights, strict=True):
        wanted[path] += weight
    lattice = Lattice(edges, (rows, columns))
    total, posterior = lattice.posteriors(scores)
    assert total == pytest.approx(np.log(weights.sum()))
    assert posterior == pytest.approx(wanted / weights.sum(), abs=1e-9)
    # Best paths don't look at kinds of nulls: give both the same gain.
    gains = scores.copy()
    gains[edges.kind == FOLLOWING] = gains[edges.kind == OPENING]
    best = lattice.best_path(gains)
    assert gains[best].sum() == pytest.approx(max(gains[path].sum() for path in paths))
    assert [int(edges.i[best[0]]), int(edges.j[best[0]])] == [0, 0]


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 10**6))
def test_anchors_are_the_heaviest_chain(rows: int, columns: int, seed: int) -> None:
    similarity = np.random.default_rng(seed).normal(size=(rows, columns)).astype(np.float32) * 3
    chain = find_anchors(similarity)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(chain))
    best = np.zeros((rows + 1, columns + 1))
    for i in range(rows):
        for j in range(columns):
            gain = max(0.0, similarity[i, j] - 2.0)
            best[i + 1, j + 1] = max(best[i, j] + gain, best[i, j + 1], best[i + 1, j])
    found = sum(max(0.0, float(similarity[i, j]) - 2.0) for i, j in chain)
    assert found == pytest.approx(best[-1, -1], rel=1e-5)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 8), st.randoms())
def test_the_band_holds_a_path(rows: int, columns: int, reach: int, random: object) -> None:
    size = (rows, columns)
    count = min(rows, columns, 5)
    chain = list(
        zip(
            sorted(random.sample(range(rows), count)),  # type: ignore[attr-defined]
            sorted(random.sample(range(columns), count)),  # type: ignore[attr-defined]
            strict=True,
        )
    )
    low, high = find_band(chain, size, reach)
    assert low[0] == 0
    assert high[-1] == columns
    assert (low <= high).all()
    assert (np.diff(low) >= 0).all()
    assert (np.diff(high) >= 0).all()
    assert (low[1:] <= high[:-1]).all()
    for i, j in chain:
        assert low[i] <= j <= high[i]

"""Sums and best paths against the enumeration of all paths."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.matching.anchors import find_anchors, find_band
from aligner.matching.band import Band
from aligner.matching.lattice import BEAD, BEADS, FOLLOWING, KINDS, NEVER, SIZES, Edges, Lattice


def whole_band(rows: int, columns: int) -> Band:
    return Band(np.zeros(rows + 1, dtype=np.int64), np.full(rows + 1, columns))


def all_edges(band: Band) -> Edges:
    inside = np.stack([band.shifted(m, n) for m, n in SIZES.tolist()]) < band.size
    return Edges.chosen(band, inside)


def any_band(rows: int, columns: int, random: np.random.Generator) -> Band:
    """A band with borders by chance that holds a path."""
    low = np.concatenate([[0], np.sort(random.integers(0, columns + 1, rows))])
    high = np.maximum(np.sort(random.integers(0, columns + 1, rows + 1)), np.append(low[1:], 0))
    high[-1] = columns
    return Band(low, np.maximum.accumulate(high))


def all_paths(edges: Edges) -> list[list[int]]:
    """All alignments, once each: no source null after a target null that it could stand before."""
    i, j, m, n = edges.columns
    rows = list(enumerate(zip(i, j, m, n, KINDS[edges.type], strict=True)))
    end = int(edges.band.i[-1]), int(edges.band.j[-1])
    done = []
    open_paths: list[tuple[tuple[int, int], tuple[int, ...], list[int]]] = [((0, 0), (), [])]
    while open_paths:
        # `nulls` has a 0 for each source null, a 1 for each target null since the last bead.
        place, nulls, path = open_paths.pop()
        if place == end:
            done.append(path)
        for number, (row, column, ours, theirs, kind) in rows:
            if (row, column) != place:
                continue
            following = row + ours, column + theirs
            if kind == BEAD:
                open_paths.append((following, (), [*path, number]))
                continue
            side = int(theirs)
            earlier = edges.band.nodes(np.array([row + 1]), np.array([column - 1]))[0]
            swapped = nulls[-1:] == (1,) and side == 0 and earlier < edges.band.size
            if not swapped and (kind == FOLLOWING) == (side in nulls or 1 in nulls):
                open_paths.append((following, (*nulls, side), [*path, number]))
    return done


@given(st.integers(0, 3), st.integers(0, 4), st.booleans(), st.integers(0, 10**6))
def test_against_enumeration(rows: int, columns: int, whole: bool, seed: int) -> None:
    if rows + columns == 0:
        return
    random = np.random.default_rng(seed)
    edges = all_edges(whole_band(rows, columns) if whole else any_band(rows, columns, random))
    scores = random.normal(size=len(edges)) * 3
    scores[edges.is_bead & (random.random(len(edges)) < 0.2)] = NEVER
    paths = all_paths(edges)
    weights = np.exp([scores[path].sum() for path in paths])
    wanted = np.zeros(len(edges))
    for path, weight in zip(paths, weights, strict=True):
        wanted[path] += weight
    lattice = Lattice(edges.band)
    total, posterior = lattice.posteriors(edges.scatter(scores))
    assert total == pytest.approx(np.log(weights.sum()))
    assert edges.gather(posterior) == pytest.approx(wanted / weights.sum(), abs=1e-9)
    # Best paths don't look at kinds of nulls: give both the same gain.
    gains = edges.scatter(scores)
    gains[BEADS + 2 :] = gains[BEADS : BEADS + 2]
    best = lattice.best_path(gains)
    found = sum(float(gains[edge]) for edge in best)
    assert found == pytest.approx(max(edges.gather(gains)[path].sum() for path in paths))
    place = [0, 0]
    for kind, node in best:
        assert [edges.band.i[node], edges.band.j[node]] == place
        place = [place[0] + SIZES[kind, 0], place[1] + SIZES[kind, 1]]
    assert place == [rows, columns]


@pytest.mark.parametrize("size", [(3, 3), (4, 1), (1, 4)])
def test_nulls_alone_are_one_alignment(size: tuple[int, int]) -> None:
    """... in whatever band, so that what is left out has one place, and its whole probability."""
    for seed in range(20):
        band = any_band(*size, np.random.default_rng(seed))
        edges = all_edges(band)
        lattice = Lattice(band)
        scores = np.where(edges.is_bead, NEVER, 0.0)
        total, posterior = lattice.posteriors(edges.scatter(scores))
        assert total == pytest.approx(0.0)
        assert sorted(set(posterior.ravel().round(9))) == [0.0, 1.0]
        best = lattice.best_path(edges.scatter(scores))
        assert all(posterior[edge] + posterior[edge[0] + 2, edge[1]] > 0.5 for edge in best)


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
    band = find_band(chain, size, reach)
    low, high = band.low, band.high
    assert low[0] == 0
    assert high[-1] == columns
    assert (low <= high).all()
    assert (np.diff(low) >= 0).all()
    assert (np.diff(high) >= 0).all()
    assert (low[1:] <= high[:-1]).all()
    for i, j in chain:
        assert low[i] <= j <= high[i]
    assert band.nodes(band.i, band.j).tolist() == list(range(band.size))
    assert (band.j[0], band.i[-1], band.j[-1]) == (0, rows, columns)
    moved = band.shifted(1, 2)
    inside = moved < band.size
    assert (band.i[moved[inside]] == band.i[inside] + 1).all()
    assert (band.j[moved[inside]] == band.j[inside] + 2).all()


def test_a_wide_band_holds_a_path_and_little_more() -> None:
    for size in ((400, 400), (400, 4), (3, 3000), (1, 500), (700, 70)):
        band = find_band([], size, 3)
        assert band.size <= 130 * (sum(size) + 2)
        assert (band.low[1:] <= band.high[:-1]).all()
        assert band.nodes(np.array([size[0]]), np.array([size[1]]))[0] == band.size - 1


def test_the_best_path_where_nulls_are_hopeless() -> None:
    """Nulls that can't be right don't drown the others' gains."""
    random = np.random.default_rng(3)
    band = whole_band(8, 9)
    edges = all_edges(band)
    probability = np.where(edges.is_bead, random.random(len(edges)), 0.0)
    gains = edges.scatter(probability - 0.5)
    best = Lattice(band).best_path(gains)
    found = sum(float(gains[edge]) for edge in best)
    table = np.full((9, 10), -np.inf)
    table[0, 0] = 0.0
    for i in range(9):
        for j in range(10):
            for kind, (m, n) in enumerate(SIZES[: BEADS + 2].tolist()):
                if i >= m and j >= n:
                    step = gains[kind, band.nodes(np.array([i - m]), np.array([j - n]))[0]]
                    table[i, j] = max(table[i, j], table[i - m, j - n] + step)
    assert found == pytest.approx(table[-1, -1])

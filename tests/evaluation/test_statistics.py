"""Calibration, intervals and significance, against plain reckoning."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.evaluation import resampling
from aligner.evaluation.calibration import calibration
from aligner.evaluation.metrics import Score, ratios
from aligner.evaluation.resampling import Resampling, bootstrap, interval, randomization

JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@given(JUDGED)
def test_calibration(judged: list[tuple[float, bool]]) -> None:
    found = calibration([c for c, _ in judged], [r for _, r in judged])
    assert found.brier == pytest.approx(sum((c - r) ** 2 for c, r in judged) / len(judged))
    error = 0.0
    for k in range(10):
        inside = [(c, r) for c, r in judged if min(int(c * 10), 9) == k]
        error += abs(sum(c - r for c, r in inside)) / len(judged)
    assert found.error == pytest.approx(error, abs=1e-12)
    assert sum(b.beads for b in found.bins) == found.beads == len(judged)
    right = [c for c, r in judged if r]
    wrong = [c for c, r in judged if not r]
    if right and wrong:
        wins = sum((a > b) + (a == b) / 2 for a in right for b in wrong)
        assert found.auroc == pytest.approx(wins / (len(right) * len(wrong)))
    else:
        assert found.auroc is None


SHARE = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted)


@given(SHARE, SHARE)
def test_ratios(precise: list[int], found_of: list[int]) -> None:
    (right, predicted), (found, gold) = precise, found_of
    score = Score(right, predicted, found, gold)
    assert score.precision == (right / predicted if predicted else 0)
    assert score.recall == (found / gold if gold else 0)
    together = score.precision + score.recall
    wanted = 2 * score.precision * score.recall / together if together else 0
    assert score.f1 == pytest.approx(wanted)


def plan(units: int, **values: int) -> Resampling:
    return Resampling("documents", units, **values)


def test_bootstrap_draws_as_often_as_chance_does() -> None:
    # Three documents with 10 of 10, 5 of 10 and 0 of 10 beads right: all samples are known.
    counts = np.array([[[k, 10, k, 10]] for k in (10, 5, 0)], dtype=float)
    samples = bootstrap(counts, plan(3, samples=60_000))[:, 0, 0]
    for drawn in combinations_with_replacement((10, 5, 0), 3):
        ways = factorial(3)
        for value in set(drawn):
            ways //= factorial(drawn.count(value))
        same_sum = [d for d in combinations_with_replacement((10, 5, 0), 3) if sum(d) == sum(drawn)]
        if len(same_sum) == 1:
            share = np.isclose(samples, sum(drawn) / 30).mean()
            assert share == pytest.approx(ways / 27, abs=0.01)
    assert samples.mean() == pytest.approx(0.5, abs=0.01)


def test_interval_is_that_of_a_binomial() -> None:
    # 400 passages of one bead, 300 of them right: the standard error is sqrt(.75 * .25 / 400).
    counts = np.array([[[k < 300, 1, k < 300, 1]] for k in range(400)], dtype=float)
    low, high = interval(bootstrap(counts, plan(400, samples=4000)))[:, 0, 2]
    assert (low, high) == pytest.approx((0.75 - 1.96 * 0.02165, 0.75 + 1.96 * 0.02165), abs=0.004)


def test_the_same_again_and_systems_drawn_alike() -> None:
    counts = np.array([[[k, 9, k, 8]] for k in range(8)], dtype=float)
    first, second = (bootstrap(counts, plan(8)) for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, bootstrap(counts, plan(8, seed=1)))


def test_samples_don_t_depend_on_how_many_are_drawn_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = np.array([[[k, 9, k, 8]] for k in range(8)], dtype=float)
    whole = bootstrap(counts, plan(8)), randomization(counts, counts[::-1], plan(8))
    monkeypatch.setattr(resampling, "_CHUNK", 100)
    parts = bootstrap(counts, plan(8)), randomization(counts, counts[::-1], plan(8))
    assert np.array_equal(whole[0], parts[0])
    assert np.array_equal(whole[1], parts[1])


def exact_p(one: list[int], other: list[int]) -> float:
    """Share of all ways of swapping in which F1 differs at least as much."""
    real = abs(sum(one) - sum(other))
    ways = list(product((False, True), repeat=len(one)))
    as_much = sum(
        abs(sum((b - a) if swap else (a - b) for a, b, swap in zip(one, other, way, strict=True)))
        >= real
        for way in ways
    )
    return as_much / len(ways)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([9, 8, 9, 7, 9, 8], [5, 6, 4, 7, 5, 6]),
        ([9, 3, 5, 7, 2, 8], [5, 6, 6, 7, 5, 6]),
        ([5, 5, 5, 5, 5, 5], [5, 5, 5, 5, 5, 5]),
    ],
)
def test_randomization_comes_near_the_exact_test(one: list[int], other: list[int]) -> None:
    a, b = (np.array([[[k, 10, k, 10]] for k in side], dtype=float) for side in (one, other))
    (p,) = randomization(a, b, plan(6))
    assert p == pytest.approx(exact_p(one, other), abs=0.015)
    assert randomization(b, a, plan(6)) == pytest.approx([p], abs=0.015)


def test_a_sure_difference_has_the_smallest_p() -> None:
    a, b = (np.array([[[k, 10, k, 10]]] * 30, dtype=float) for k in (9, 2))
    (p,) = randomization(a, b, plan(30))
    assert p == pytest.approx(1 / 10_001)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=6))
def test_ratios_of_arrays_are_those_of_scores(right: list[int]) -> None:
    array = np.array([[k, 9, k, 9] for k in right], dtype=float)
    assert ratios(array)[:, 2] == pytest.approx([Score(k, 9, k, 9).f1 for k in right])

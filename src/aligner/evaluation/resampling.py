"""How sure a score is, and a difference of scores: by drawing the documents again.

Everything is computed from an array of counts, (units, scores, 4), a unit being a document or,
where there are few, a passage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.evaluation.metrics import ratios

FEW = 5  # Documents below which passages are drawn instead: 4 can be drawn in 35 ways only.
_CHUNK = 2**22  # Random numbers that are held at once.

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals and significance are found.

    `unit` is what is drawn, `units` how many there are; `samples` are drawn for intervals,
    and `trials` are made for significance, both by a generator that begins with `seed`.
    """

    unit: str
    units: int
    samples: int = 1000
    trials: int = 10_000
    seed: int = 12345


def bootstrap(counts: Array, plan: Resampling) -> Array:
    """Ratios, (samples, scores, 3), of samples with replacement (Efron 1979).

    With the same plan all systems are drawn alike, so that the samples of two can be compared.
    """
    units = len(counts)
    generator = np.random.default_rng(plan.seed)
    flat = counts.reshape(units, -1)
    sums = np.concatenate(
        [
            generator.multinomial(units, np.full(units, 1 / units), size=rows) @ flat
            for rows in _chunks(plan.samples, units)
        ]
    )
    return ratios(sums.reshape(-1, *counts.shape[1:]))


def interval(samples: Array) -> Array:
    """The middle 95%, (2, ...), of samples along the first axis, by percentiles."""
    return np.asarray(np.percentile(samples, [2.5, 97.5], axis=0))


def randomization(one: Array, other: Array, plan: Resampling) -> Array:
    """P values of differences of F1, (scores,), two-sided, by approximate randomization.

    In each trial the two systems' results are swapped at random, unit by unit; the p value is
    the share of trials with a difference as large as the real one, that one counted in
    (Noreen 1989; Riezler and Maxwell 2005, https://aclanthology.org/W05-0908/).
    """
    units = len(one)
    generator = np.random.default_rng(plan.seed)
    shape = one.shape[1:]
    first, second = (counts.reshape(units, -1) for counts in (one, other))
    real = np.abs(ratios(one.sum(axis=0)) - ratios(other.sum(axis=0)))[..., 2]
    as_large = np.zeros(shape[0])
    for rows in _chunks(plan.trials, units):
        moved = generator.integers(0, 2, size=(rows, units)) @ (second - first)
        mixed = [
            ratios((total + change).reshape(rows, *shape))[..., 2]
            for total, change in ((first.sum(axis=0), moved), (second.sum(axis=0), -moved))
        ]
        as_large += (np.abs(mixed[0] - mixed[1]) >= real - 1e-12).sum(axis=0)
    return np.asarray((as_large + 1) / (plan.trials + 1))


def _chunks(rows: int, columns: int) -> Iterator[int]:
    """Numbers of rows that add up to `rows`, each with not too many numbers in it."""
    most = max(1, _CHUNK // columns)
    while rows > 0:
        yield min(rows, most)
        rows -= most

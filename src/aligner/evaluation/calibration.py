"""Whether confidences match the share of right beads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The beads whose confidence lies from `low` up to `high`, which the last bin includes."""

    low: float
    high: float
    beads: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The calibration of confidences.

    `error` is the expected calibration error over bins of equal width (Guo et al. 2017,
    https://arxiv.org/abs/1706.04599), `brier` the mean squared error (Brier 1950), `auroc` the
    chance that a right bead has more confidence than a wrong one, ties counting half;
    None if all are right or all wrong.
    """

    beads: int
    error: float
    brier: float
    auroc: float | None
    bins: tuple[Bin, ...]


def calibration(confidences: Sequence[float], right: Sequence[bool]) -> Calibration:
    """Judge confidences from 0 to 1, of which there is at least one."""
    said = np.asarray(confidences, dtype=np.float64)
    truth = np.asarray(right, dtype=np.float64)
    place = np.minimum((said * BINS).astype(int), BINS - 1)
    bins = tuple(
        Bin(
            k / BINS,
            (k + 1) / BINS,
            int((place == k).sum()),
            float(said[place == k].mean()) if (place == k).any() else 0.0,
            float(truth[place == k].mean()) if (place == k).any() else 0.0,
        )
        for k in range(BINS)
    )
    return Calibration(
        len(said),
        sum(b.beads * abs(b.confidence - b.right) for b in bins) / len(said),
        float(((said - truth) ** 2).mean()),
        _auroc(said, truth > 0),
        bins,
    )


def _auroc(said: NDArray[np.float64], right: NDArray[np.bool_]) -> float | None:
    """By ranks: Mann and Whitney's U over the number of pairs of a right and a wrong one."""
    n_right, n_wrong = int(right.sum()), int((~right).sum())
    if not n_right or not n_wrong:
        return None
    _, rank, same = np.unique(said, return_inverse=True, return_counts=True)
    middle = np.cumsum(same) - (same - 1) / 2
    wins = middle[rank][right].sum() - n_right * (n_right + 1) / 2
    return float(wins / (n_right * n_wrong))

"""The document as its own teacher: how common larger beads are in it."""

from __future__ import annotations

import math

import numpy as np

from aligner.matching.lattice import BEADS, Edges, Floats
from aligner.vectors import Vectors

SHARE = ("larger here",)

# Of the beads with text on both sides, so many are 1-1 in the novels that weights come from.
_TRAINED = 0.63
# Over novels and formal texts that share is spread as a beta distribution with this mean is,
# which counts as so many beads.
_MEAN, _WEIGHT = 0.79, 4.0


def share_evidence(edges: Edges, expected: Floats) -> dict[str, Vectors]:
    """The column `larger here`, for beads that are not 1-1: log ratio of their odds.

    That is how much likelier they are here than where the weights come from, given how many edges
    of each type the coarse look expects.
    """
    larger = edges.is_bead & (edges.type > 0)
    both = float(expected[:BEADS].sum())
    share = (float(expected[0]) + _WEIGHT * _MEAN) / (both + _WEIGHT)
    likelier = math.log((1 - share) / share) - math.log((1 - _TRAINED) / _TRAINED)
    return dict.fromkeys(SHARE, np.where(larger, np.float32(likelier), np.float32(0)))

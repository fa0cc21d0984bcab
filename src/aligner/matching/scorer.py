"""Weighing evidence: linear scores with trained weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from aligner.matching.lattice import Floats
from aligner.vectors import Vectors

_FILE = files("aligner.matching").joinpath("scorer.json")


@dataclass(frozen=True)
class Scorer:
    """Log weights of beads: the sum of each column of evidence times its weight."""

    weights: Mapping[str, float]

    def score(self, evidence: Mapping[str, Vectors]) -> Floats:
        """Scores of the columns' common shape."""
        parts = [weight * evidence[name] for name, weight in self.weights.items()]
        # The smallest first, to which the others are added.
        return np.asarray(sum(sorted(parts, key=np.size)), dtype=np.float64)


@dataclass(frozen=True)
class Scorers:
    """`coarse` picks the beads worth a closer look by basic evidence; `fine` weighs all."""

    coarse: Scorer
    fine: Scorer


@lru_cache(maxsize=1)
def trained_scorers() -> Scorers:
    """The scorers that `benchmarks/train_scorer.py` trained."""
    content = json.loads(_FILE.read_bytes())
    return Scorers(Scorer(content["coarse"]), Scorer(content["fine"]))


def weights_hash() -> str:
    """Eight digits that tell which weights the trained scorers have."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()[:8]

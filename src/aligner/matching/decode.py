"""From a comparison to the alignment with the most beads that can be expected to be right."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from aligner.matching import evidence
from aligner.matching.lattice import BEADS, NEVER, SIZES, Edges, Floats, Lattice
from aligner.matching.scorer import Scorer, Scorers
from aligner.matching.similarity import SimilarityModel
from aligner.types import Bead
from aligner.vectors import Vectors

MAX_BEAD = (6, 6)

# Beads less probable than this after the coarse look get no closer one.
_HOPELESS = 1e-5
# A bead enters the alignment for its probability less this: higher means larger beads.
_DOUBT = 0.5
# Steps in which probabilities count for that: paths that differ by rounding alone are as good as
# each other, and the first of them is taken, on every processor.
_STEP = 1e-3


def decode(comparison: SimilarityModel, max_bead: tuple[int, int], scorers: Scorers) -> list[Bead]:
    """The alignment of two texts, each bead with its posterior probability.

    Of all alignments in a band about the sure pairs, under a conditional random field, the one
    with the greatest expected number of right beads, each less a constant (minimum Bayes risk).
    """
    lattice = Lattice(comparison.band)
    basic = evidence.basic_evidence(comparison)
    edges, expected = candidates(comparison, basic, scorers.coarse, lattice, max_bead)
    wanted = basic.keys() & scorers.fine.weights.keys()
    columns = {name: edges.gather(basic[name]) for name in wanted}
    columns |= closer_evidence(comparison, edges, expected)
    scores = scorers.fine.score(columns) - edges.gather(comparison.border_costs)
    return best_beads(edges, scores, lattice)


def best_beads(edges: Edges, scores: Floats, lattice: Lattice) -> list[Bead]:
    """The alignment with the most beads that can be expected to be right, given log weights."""
    _, posterior = lattice.posteriors(edges.scatter(scores))
    probability = merge_kinds(posterior)
    gains = np.rint((probability - _DOUBT) / _STEP)
    # Nulls are always possible, so that there is a path.
    gains[:BEADS][probability[:BEADS] == 0.0] = NEVER
    path = lattice.best_path(gains)
    beads = []
    for kind, node in path:
        i, j = int(edges.band.i[node]), int(edges.band.j[node])
        m, n = SIZES[kind].tolist()
        confidence = min(1.0, float(probability[kind, node]))
        beads.append(Bead(tuple(range(i, i + m)), tuple(range(j, j + n)), confidence))
    return beads


def candidates(
    comparison: SimilarityModel,
    basic: Mapping[str, Vectors],
    coarse: Scorer,
    lattice: Lattice,
    max_bead: tuple[int, int] = MAX_BEAD,
) -> tuple[Edges, Floats]:
    """The beads that basic evidence leaves possible, and all nulls.

    With them comes how many edges of each type it expects in the alignment.
    """
    costs = comparison.border_costs
    possible = lattice.edges(max_bead) & np.isfinite(costs)
    _, posterior = lattice.posteriors(np.where(possible, coarse.score(basic) - costs, NEVER))
    possible[:BEADS] &= posterior[:BEADS] > _HOPELESS
    return Edges.chosen(comparison.band, possible), posterior.sum(axis=1)


def closer_evidence(
    comparison: SimilarityModel, edges: Edges, expected: Floats
) -> dict[str, Vectors]:
    """The columns of evidence that cost more."""
    return (
        evidence.border_evidence(comparison, edges)
        | evidence.link_evidence(comparison, edges)
        | evidence.mark_evidence(comparison, edges)
        | evidence.number_evidence(comparison, edges)
        | evidence.share_evidence(edges, expected)
    )


def merge_kinds(posterior: Floats) -> Floats:
    """Probabilities of beads by type and node: the two kinds of one null added up."""
    merged = posterior[: BEADS + 2].copy()
    merged[BEADS:] += posterior[BEADS + 2 :]
    return merged

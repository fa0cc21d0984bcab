"""From a comparison to the alignment with the most beads that can be expected to be right."""

from __future__ import annotations

import numpy as np

from aligner.matching import evidence
from aligner.matching.comparison import Comparison
from aligner.matching.lattice import Edges, Floats, Lattice
from aligner.matching.scorer import Scorers
from aligner.types import Bead, Vectors

MAX_BEAD = (6, 6)

# Beads less probable than this after the coarse look get no closer one.
_HOPELESS = 1e-6
# A bead enters the alignment for its probability less this: higher means larger beads.
_DOUBT = 0.5


def decode(comparison: Comparison, max_bead: tuple[int, int], scorers: Scorers) -> list[Bead]:
    """The alignment of two texts, each bead with its posterior probability.

    Of all alignments in a band about the sure pairs, under a conditional random field, the one
    with the greatest expected number of right beads, each less a constant (minimum Bayes risk).
    """
    edges, columns = candidates(comparison, scorers, max_bead)
    look_closer(comparison, edges, columns)
    lattice = Lattice(edges, comparison.size)
    _, posterior = lattice.posteriors(scorers.fine.score(columns) - comparison.border_cost(edges))
    probability = merge_kinds(edges, posterior)
    path = lattice.best_path(probability - _DOUBT)
    rows = np.stack(edges[path].columns[:4], axis=1).tolist()
    return [
        Bead(tuple(range(i, i + m)), tuple(range(j, j + n)), min(1.0, float(p)))
        for (i, j, m, n), p in zip(rows, probability[path], strict=True)
    ]


def candidates(
    comparison: Comparison, scorers: Scorers, max_bead: tuple[int, int] = MAX_BEAD
) -> tuple[Edges, dict[str, Vectors]]:
    """The beads that basic evidence leaves possible, with that evidence."""
    edges = comparison.edges(max_bead)
    columns = evidence.basic_evidence(comparison, edges)
    scores = scorers.coarse.score(columns) - comparison.border_cost(edges)
    _, posterior = Lattice(edges, comparison.size).posteriors(scores)
    possible = posterior > _HOPELESS
    return edges[possible], {name: values[possible] for name, values in columns.items()}


def look_closer(comparison: Comparison, edges: Edges, columns: dict[str, Vectors]) -> None:
    """Add the columns of evidence that cost more."""
    columns |= evidence.border_evidence(comparison, edges)
    columns |= evidence.link_evidence(comparison, edges)
    columns |= evidence.mark_evidence(comparison, edges)


def merge_kinds(edges: Edges, posterior: Floats) -> Floats:
    """Probability of each edge as a bead: the two kinds of one null added up."""
    i, j, m, n, _ = edges.columns
    _, same = np.unique(np.stack([i, j, m, n], axis=1), axis=0, return_inverse=True)
    return np.asarray(np.bincount(same.ravel(), posterior)[same.ravel()], dtype=np.float64)

"""The door of the room: from two encoded texts to beads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from aligner.blas import single_threaded
from aligner.matching import evidence
from aligner.matching.comparison import Comparison, Side
from aligner.matching.lattice import Edges, Floats, Lattice
from aligner.matching.scorer import Scorers, trained_scorers
from aligner.types import Bead, EncodedText, Sentence, Vectors

MAX_BEAD = (6, 6)

# Beads less probable than this after the coarse look get no closer one.
_HOPELESS = 1e-6
# A bead enters the alignment for its probability less this: higher means larger beads.
_DOUBT = 0.5
# What reaching over a paragraph's border costs. The novels that the weights come from have no
# paragraphs; this says that a bead crosses one border in some 200 where chance would have 60.
_PARAGRAPH = 4.0


def match(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    encoded: tuple[EncodedText, EncodedText],
    max_bead: tuple[int, int] = MAX_BEAD,
    scorers: Scorers | None = None,
) -> tuple[Bead, ...]:
    """Align two texts; every sentence comes in one bead, with its posterior probability.

    Of all alignments, the one with the greatest expected number of right beads, each less a
    constant, is taken (minimum Bayes risk), under a conditional random field over all
    alignments in a band about the sure pairs.
    """
    with single_threaded():
        comparison = Comparison(
            *(
                Side([s.text for s in side], text, border_costs(side))
                for side, text in zip((source, target), encoded, strict=True)
            )
        )
        scorers = scorers or trained_scorers()
        edges, columns = candidates(comparison, scorers, max_bead)
        look_closer(comparison, edges, columns)
        lattice = Lattice(edges, comparison.size)
        scores = scorers.fine.score(columns) - comparison.border_cost(edges)
        _, posterior = lattice.posteriors(scores)
        probability = merge_kinds(edges, posterior)
        path = lattice.best_path(probability - _DOUBT)
    return tuple(
        Bead(tuple(range(i, i + m)), tuple(range(j, j + n)), min(1.0, float(p)))
        for (i, j, m, n), p in zip(
            np.stack(edges[path].columns[:4], axis=1).tolist(), probability[path], strict=True
        )
    )


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


def border_costs(sentences: Sequence[Sentence]) -> Floats:
    """What it costs a bead to reach over each of the borders between sentences, in log weight.

    Infinite between a letterhead or heading and text. Over the border of paragraphs it is
    some times the surprise at such a border: nothing where each sentence is a paragraph, more
    the longer the paragraphs are.
    """
    size = len(sentences)
    costs = np.zeros(size + 1)
    paragraphs = [sentence.paragraph for sentence in sentences]
    ends = [a != b for a, b in pairwise(paragraphs)]
    surprise = -np.log((sum(ends) + 1) / max(size, 1))
    costs[1:-1] = np.where(ends, _PARAGRAPH * max(0.0, surprise), 0.0)
    for border, (before, after) in enumerate(pairwise(sentences), 1):
        if before.role != after.role:
            costs[border] = np.inf
    return costs

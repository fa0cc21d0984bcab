"""From texts with gold to weights: candidates, their evidence, and the fit of a scorer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner.matching.decode import MAX_BEAD, candidates, closer_evidence
from aligner.matching.evidence import (
    BASIC,
    BORDERS,
    LENGTH,
    LINKS,
    MARKS,
    NUMBERS,
    SHARE,
    SIMILARITY,
    SIZE,
    basic_evidence,
)
from aligner.matching.lattice import (
    BEAD,
    FOLLOWING,
    KINDS,
    OPENING,
    SIZES,
    TYPES,
    Edges,
    Lattice,
)
from aligner.matching.scorer import Scorer, Scorers
from aligner.matching.similarity import EncodedSide, SimilarityModel
from aligner.vectors import Encoder, Vectors
from training.augmentation import made_up
from training.corpus import Document

FINE = (*SIZE, *SIMILARITY, *LENGTH, *LINKS, *MARKS, *BORDERS)
# Log ratios of odds, which are added as they are when all else is trained: novels, in which they
# gain little, would fit a weight of 0, formal texts one of 2.
GIVEN = dict.fromkeys(SHARE, 1.0)
PENALTY = {"coarse": 1e-3, "fine": 3e-3, "numbers": 1e-3}
MADE_UP_WEIGHT = 0.3


@dataclass(frozen=True)
class Case:
    """A document's candidates, their evidence, and which of them are gold."""

    edges: Edges
    columns: dict[str, Vectors]
    gold: NDArray[np.bool_]
    lattice: Lattice
    weight: float


@dataclass(frozen=True)
class Form:
    """A chapter or a made-up form of one, compared once for all folds.

    `chapters` are the numbers of those that it has text of.
    """

    chapters: set[int]
    document: Document
    comparison: SimilarityModel
    coarse: Case
    weight: float


def compare(document: Document, encoder: Encoder) -> SimilarityModel:
    sides = (
        EncodedSide(texts, encoder.encode(texts), np.zeros(len(texts) + 1), np.arange(len(texts)))
        for texts in (document.source, document.target)
    )
    return SimilarityModel(*sides)


def gold_rows(document: Document, edges: Edges) -> NDArray[np.bool_]:
    """Which candidates are gold; a null's kind depends on the nulls before it."""
    types = {(m, n, k): t for t, ((m, n), k) in enumerate(zip(SIZES.tolist(), KINDS, strict=True))}
    gold = np.zeros((TYPES, edges.band.size + 1), dtype=bool)
    i = j = 0
    before: set[bool] = set()  # the sides of the nulls since the last bead
    for bead in document.beads:
        m, n = len(bead.source), len(bead.target)
        kind = BEAD if m and n else FOLLOWING if bool(m) in before else OPENING
        found = types.get((m, n, kind))
        if found is not None:
            gold[found, edges.band.nodes(np.array([i]), np.array([j]))] = True
        before = set() if m and n else {*before, bool(m)}
        i, j = i + m, j + n
    return np.asarray(edges.gather(gold[:, :-1]), dtype=bool)


def coarse_case(document: Document, comparison: SimilarityModel, weight: float) -> Case:
    lattice = Lattice(comparison.band)
    edges = Edges.chosen(comparison.band, lattice.edges(MAX_BEAD))
    columns = _picked(edges, basic_evidence(comparison))
    return Case(edges, columns, gold_rows(document, edges), lattice, weight)


def fine_case(
    document: Document, comparison: SimilarityModel, coarse: Scorer, weight: float
) -> Case:
    lattice = Lattice(comparison.band)
    basic = basic_evidence(comparison)
    edges, expected = candidates(comparison, basic, coarse, lattice)
    columns = _picked(edges, basic) | closer_evidence(comparison, edges, expected)
    return Case(edges, columns, gold_rows(document, edges), lattice, weight)


def _picked(edges: Edges, evidence: Mapping[str, Vectors]) -> dict[str, Vectors]:
    return {name: edges.gather(values) for name, values in evidence.items()}


def fit(
    cases: Sequence[Case],
    names: Sequence[str],
    penalty: float,
    rounds: int = 60,
    given: Scorer | None = None,
) -> Scorer:
    """Weights that make the gold most likely, with a penalty on their squares.

    They come on top of those that are given.
    """
    bases = [given.score(case.columns) if given else 0.0 for case in cases]
    matrices = [np.stack([case.columns[name] for name in names], axis=1) for case in cases]
    spread = np.concatenate(matrices).std(axis=0) + 1e-3
    matrices = [matrix / spread for matrix in matrices]
    beads = sum(case.gold.sum() * case.weight for case in cases)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros(len(names))
        for case, matrix, base in zip(cases, matrices, bases, strict=True):
            scores = np.asarray(matrix @ weights, dtype=np.float64) + base
            log_sum, all_posteriors = case.lattice.posteriors(case.edges.scatter(scores))
            posterior = case.edges.gather(all_posteriors)
            total += case.weight * (log_sum - scores[case.gold].sum()) / beads
            gradient += case.weight * (matrix.T @ (posterior - case.gold)) / beads
        return total + penalty * float(weights @ weights), gradient + 2 * penalty * weights

    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": rounds}
    )
    weights = dict(zip(names, (found.x / spread).tolist(), strict=True))
    return Scorer({**(given.weights if given else {}), **weights})


def all_forms(chapters: Sequence[Document], encoder: Encoder) -> list[Form]:
    """The chapters and their made-up forms."""
    forms = []
    for number, chapter in enumerate(chapters):
        variants = [(chapter, {number}), *made_up(chapters, number)]
        for turn, (document, used) in enumerate(variants):
            weight = MADE_UP_WEIGHT if turn else 1.0
            comparison = compare(document, encoder)
            case = coarse_case(document, comparison, weight)
            forms.append(Form(used, document, comparison, case, weight))
    return forms


def fit_coarse(forms: Sequence[Form]) -> tuple[Scorer, list[Case]]:
    """The coarse scorer of some forms, and their candidates by it for the fine one."""
    coarse = fit([form.coarse for form in forms], BASIC, PENALTY["coarse"], 50)
    return coarse, [fine_case(f.document, f.comparison, coarse, f.weight) for f in forms]


def train(
    forms: Sequence[Form],
    without: int | None,
    formal: Sequence[tuple[Document, SimilarityModel]],
    fine: Sequence[str] = FINE,
) -> Scorers:
    """Both scorers from all chapters but one, and from formal texts."""
    chosen = [form for form in forms if without not in form.chapters]
    coarse, cases = fit_coarse(chosen)
    fitted = fit(cases, fine, PENALTY["fine"])
    return Scorers(coarse, with_numbers(coarse, Scorer({**fitted.weights, **GIVEN}), formal))


def compared(
    documents: Iterable[Document], encoder: Encoder
) -> list[tuple[Document, SimilarityModel]]:
    """Documents with their comparisons."""
    return [(document, compare(document, encoder)) for document in documents]


def with_numbers(
    coarse: Scorer, fine: Scorer, documents: Sequence[tuple[Document, SimilarityModel]]
) -> Scorer:
    """The fine scorer with weights of numbers, from formal texts, added to it."""
    cases = [fine_case(*document, coarse, 1.0) for document in documents]
    return fit(cases, NUMBERS, PENALTY["numbers"], given=fine)

"""From gold and predictions to results."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from aligner._version import __version__
from aligner.errors import FormatError
from aligner.evaluation.calibration import Calibration, calibration
from aligner.evaluation.judging import Judgement, Verdict, judge
from aligner.evaluation.metrics import Counts, ratios
from aligner.evaluation.passages import Passage
from aligner.evaluation.placing import System
from aligner.evaluation.reference import Claim, Reference
from aligner.evaluation.remarks import remarks_on
from aligner.evaluation.resampling import (
    FEW,
    Array,
    Resampling,
    bootstrap,
    interval,
    randomization,
)
from aligner.evaluation.results import (
    DocumentResult,
    Evaluation,
    Intervals,
    SignificanceTest,
    SystemResult,
)

_SCORES = tuple(Counts().scores)
_BEAD_SCORES = _SCORES[:2]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A system's counts by unit, and the ratios of samples of them."""

    scores: tuple[str, ...]
    counts: Array
    samples: Array


def assess(gold: str, references: Sequence[Reference], systems: Sequence[System]) -> Evaluation:
    """Compare systems with the gold of documents; `gold` is what it is called.

    Raises FormatError if the gold holds nothing but nulls.
    """
    documents = tuple(
        DocumentResult(
            reference,
            tuple(judge(reference.claims, p.claims, p.own_sentences) for p in predictions),
        )
        for reference, *predictions in zip(
            references, *(system.predictions for system in systems), strict=True
        )
    )
    if not any(judged.is_pair for d in documents for judged in d.judgements[0].gold):
        raise FormatError(
            f"{gold}: the gold has no pairs, only nulls; there is nothing to evaluate"
        )
    units, plan = _units(documents)
    has_texts = all(reference.has_texts for reference in references)
    drawn = [
        _draw(_names(system, has_texts), [unit[k].counts for unit in units], plan)
        for k, system in enumerate(systems)
    ]
    results = tuple(
        SystemResult(
            system.name,
            sum((document.judgements[k].counts for document in documents), Counts()),
            _intervals(drawn[k]),
            _comparisons(drawn[0], drawn[k], plan) if k else (),
            _calibration(system, [document.judgements[k] for document in documents]),
            _signature(
                system=_hash(p.claims for p in system.predictions),
                model="+".join(sorted({p.model for p in system.predictions} - {""})),
                weights=system.weights,
            ),
        )
        for k, system in enumerate(systems)
    )
    signature = _signature(
        gold=_hash(reference.claims for reference in references),
        docs=len(documents),
        ci=f"bootstrap-{plan.unit}",
        n=plan.samples,
        ar=plan.trials,
        seed=plan.seed,
        version=__version__,
    )
    remarks = tuple(remarks_on(references, systems, results, plan))
    return Evaluation(gold, signature, documents, results, plan, remarks)


def _units(documents: Sequence[DocumentResult]) -> tuple[list[Passage], Resampling]:
    """What is drawn for intervals: documents, or the passages of a few."""
    units = [document.judgements for document in documents]
    if len(units) >= FEW:
        return units, Resampling("documents", len(units))
    units = [passage for document in documents for passage in document.passages]
    return units, Resampling("passages", len(units))


def _names(system: System, has_texts: bool) -> tuple[str, ...]:
    """The scores that a system can have."""
    return tuple(s for s in _SCORES if (system.has_nulls if s in _BEAD_SCORES else has_texts))


def _draw(names: tuple[str, ...], units: Sequence[Counts], plan: Resampling) -> _Drawn:
    numbers = [[score.numbers for score in counts.scores.values()] for counts in units]
    counts = np.array(numbers, dtype=np.float64)
    return _Drawn(names, counts, bootstrap(counts, plan))


def _intervals(drawn: _Drawn) -> dict[str, Intervals]:
    limits = interval(drawn.samples)
    return {
        name: Intervals(*((float(low), float(high)) for low, high in limits[:, k].T))
        for k, name in enumerate(_SCORES)
        if name in drawn.scores
    }


def _comparisons(first: _Drawn, other: _Drawn, plan: Resampling) -> tuple[SignificanceTest, ...]:
    chance = randomization(first.counts, other.counts, plan)
    totals = [ratios(drawn.counts.sum(axis=0))[:, 2] for drawn in (first, other)]
    limits = interval(other.samples[..., 2] - first.samples[..., 2])
    return tuple(
        SignificanceTest(
            name,
            float(totals[1][k] - totals[0][k]),
            (float(limits[0, k]), float(limits[1, k])),
            float(chance[k]),
        )
        for k, name in enumerate(_SCORES)
        if name in first.scores and name in other.scores
    )


def _calibration(system: System, judgements: Sequence[Judgement]) -> Calibration | None:
    if not system.has_confidence:
        return None
    judged = [j for each in judgements for j in each.system if not j.is_open]
    if not judged:
        return None
    return calibration(
        [j.claim.confidence for j in judged], [j.verdict == Verdict.RIGHT for j in judged]
    )


def _signature(**facts: object) -> str:
    """What it takes to make a figure again, in the form of sacrebleu's."""
    return "|".join(f"{name}:{value}" for name, value in facts.items() if value != "")


def _hash(documents: Iterable[Sequence[Claim]]) -> str:
    """Eight digits that depend on all claims and their texts."""
    digest = hashlib.sha256()
    for claims in documents:
        digest.update(repr(claims).encode(errors="surrogatepass"))
    return digest.hexdigest()[:8]

"""Remarks that a reader needs to interpret the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.evaluation.placing import System
from aligner.evaluation.reference import Claim, Reference
from aligner.evaluation.resampling import Resampling
from aligner.evaluation.results import SystemResult

_ENOUGH = 8  # Documents from which on a p value can be below 0.01.
_BACKWARD = 0.4  # The AUROC below which more confidence means more errors.


def remarks_on(
    references: Sequence[Reference],
    systems: Sequence[System],
    results: Sequence[SystemResult],
    plan: Resampling,
) -> Iterator[str]:
    """Sentences on what was compared, and how."""
    if plan.unit == "passages":
        yield (
            f"{_number(len(references), 'document')} are too few to resample: "
            "intervals and p values "
            f"resample {_number(plan.units, 'passage')}, as if these were independent"
        )
    elif len(systems) > 1 and plan.units < _ENOUGH:
        yield f"with {plan.units} documents no p value can be below {2 ** (1 - plan.units):.3f}"
    if not all(reference.has_texts for reference in references):
        yield "without the sentences (--source, --target) there are no text scores"
    said = {claim.confidence for reference in references for claim in reference.claims}
    if said != {1.0} and not any(system.has_confidence for system in systems):
        yield "the gold has confidences and the systems have none; the order is GOLD SYSTEM..."
    for system, result in zip(systems, results, strict=True):
        yield from _on_system(system, result)


def _on_system(system: System, result: SystemResult) -> Iterator[str]:
    claims = list(system.claims)
    empty = sum(not prediction.claims for prediction in system.predictions)
    if empty:
        yield f"{system.name}: no beads in {_number(empty, 'document')}"
    foreign = sum(_is_foreign(claim) for claim in claims)
    if foreign:
        yield (
            f"{system.name}: {foreign} of {len(claims)} beads contain text that is not in the gold"
        )
    if any(not 0 <= claim.confidence <= 1 for claim in claims):
        yield f"{system.name}: confidences outside 0 to 1, so no calibration; are they costs?"
    perfect = [name for name, score in result.scores.items() if score.f1 == 1]
    if perfect:
        yield (
            f"{system.name}: {', '.join(perfect)}: no errors to show, so the interval has no width"
        )
    auroc = result.calibration.auroc if result.calibration else None
    if auroc is not None and auroc < _BACKWARD:
        yield f"{system.name}: less confident when it is right; are these costs, as Vecalign's?"


def _is_foreign(claim: Claim) -> bool:
    return any(span.start < 0 for span in (*claim.source, *claim.target))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

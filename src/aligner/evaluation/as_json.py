"""An evaluation for programs: everything, in plain values, under keys that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from aligner.evaluation.error_types import errors_by_kind, kind_of
from aligner.evaluation.judging import Judged
from aligner.evaluation.metrics import Score
from aligner.evaluation.passages import Passage
from aligner.evaluation.results import DocumentResult, Evaluation

FORMAT = 1


def values(evaluation: Evaluation) -> dict[str, Any]:
    """Return what `--json` prints; `format` changes if the meaning of a key changes."""
    names = [system.name for system in evaluation.systems]
    return {
        "format": FORMAT,
        "gold": evaluation.gold,
        "signature": evaluation.signature,
        "remarks": list(evaluation.remarks),
        "resampling": asdict(evaluation.resampling),
        "systems": [_system(evaluation, k) for k in range(len(names))],
        "documents": [_document(document, evaluation) for document in evaluation.documents],
    }


def _system(evaluation: Evaluation, k: int) -> dict[str, Any]:
    system = evaluation.systems[k]
    return {
        "name": system.name,
        "signature": system.signature,
        "scores": {
            name: _score(score) | {"interval": asdict(system.intervals[name])}
            for name, score in system.scores.items()
        },
        "types": {kind: _score(score) for kind, score in sorted(system.counts.types.items())},
        "calibration": asdict(system.calibration) if system.calibration else None,
        "comparisons": [asdict(comparison) for comparison in system.comparisons],
        "errors": errors_by_kind(evaluation, k),
    }


def _document(document: DocumentResult, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "name": document.name,
        "systems": [
            {
                "name": system.name,
                "scores": {
                    name: _score(judgement.counts.scores[name]) for name in system.intervals
                },
                "errors": list(_errors(document.passages, k)),
            }
            for k, (system, judgement) in enumerate(
                zip(evaluation.systems, document.judgements, strict=True)
            )
        ],
    }


def _errors(found: Sequence[Passage], k: int) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "gold": [_judged(judged) for judged in passage[k].gold],
            "system": [_judged(judged) for judged in passage[k].system],
        }
        for passage in found
        if (kind := kind_of(passage[k])) is not None
    ]


def _judged(judged: Judged) -> dict[str, Any]:
    claim = judged.claim
    return {
        "type": claim.type,
        "verdict": judged.verdict,
        "confidence": claim.confidence,
        "source": list(claim.source_texts),
        "target": list(claim.target_texts),
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        **asdict(score),
    }

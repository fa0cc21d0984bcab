"""The types of errors in passages."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from aligner.evaluation.judging import Judgement, Verdict
from aligner.evaluation.results import Evaluation


class Kind(StrEnum):
    """How a system differs from the gold between two boundaries on which they agree."""

    MISSING = "not aligned"
    NULL_MISSED = "spurious counterpart"
    NULL_INVENTED = "missing counterpart"
    MERGED = "merged"
    SPLIT = "split"
    BORDERS = "different boundaries"
    FOREIGN = "not in the gold"


def kind_of(passage: Judgement) -> Kind | None:
    """What is wrong in a passage; None if nothing is."""
    gold = [j for j in passage.gold if not j.is_open]
    system = [j for j in passage.system if not j.is_open]
    if all(judged.verdict == Verdict.RIGHT for judged in gold + system):
        return None
    if not system:
        return Kind.MISSING
    if not passage.gold:
        return Kind.FOREIGN
    gold_null, system_null = (any(j.claim.is_null for j in side) for side in (gold, system))
    if gold_null != system_null:
        return Kind.NULL_MISSED if gold_null else Kind.NULL_INVENTED
    if len(system) == 1 < len(gold):
        return Kind.MERGED
    if len(gold) == 1 < len(system):
        return Kind.SPLIT
    return Kind.BORDERS


def errors_by_kind(evaluation: Evaluation, system: int) -> dict[Kind, int]:
    """How many passages of each kind a system has, the commonest first."""
    kinds = Counter(
        kind
        for document in evaluation.documents
        for passage in document.passages
        if (kind := kind_of(passage[system])) is not None
    )
    return dict(kinds.most_common())

"""Scores as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.evaluation.metrics import Counts, Score


@dataclass(frozen=True, slots=True)
class Result:
    """One document's counts."""

    name: str
    counts: Counts


def report_lines(results: Sequence[Result]) -> Iterator[str]:
    """A table of strict and lax precision, recall and F1, a row a document and one for all."""
    width = max(len(result.name) for result in results)
    yield f"{'':{width}}   strict                 lax"
    yield f"{'':{width}}   P      R      F1       P      R      F1      pairs"
    rows = list(results)
    if len(rows) > 1:
        rows.append(Result("all", total(results)))
    for row in rows:
        counts = row.counts
        yield (
            f"{row.name:{width}}   {_figures(counts.strict)}    {_figures(counts.lax)}   "
            f"{counts.gold_strict} of {counts.gold}"
        )


def total(results: Sequence[Result]) -> Counts:
    """The counts of all documents together."""
    return sum((result.counts for result in results), Counts())


def as_json(results: Sequence[Result]) -> dict[str, object]:
    """The same figures for programs."""
    return {
        "documents": {result.name: _values(result.counts) for result in results},
        "all": _values(total(results)),
    }


def _values(counts: Counts) -> dict[str, object]:
    return {
        kind: {"precision": score.precision, "recall": score.recall, "f1": score.f1}
        for kind, score in (("strict", counts.strict), ("lax", counts.lax))
    } | {"gold_pairs": counts.gold, "predicted_beads": counts.predicted}


def _figures(score: Score) -> str:
    return f"{score.precision:.3f}  {score.recall:.3f}  {score.f1:.3f}"

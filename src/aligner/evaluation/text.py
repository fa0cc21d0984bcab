"""An evaluation as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.evaluation.calibration import Bin
from aligner.evaluation.error_types import errors_by_kind
from aligner.evaluation.metrics import Counts, Score
from aligner.evaluation.results import Evaluation, SystemResult
from aligner.spacing import display_width

_MOST_DOCUMENTS = 20
_MOST_TYPES = 8
_NONE = "–"


def report_lines(evaluation: Evaluation) -> Iterator[str]:
    """Tables of scores, of bead types, of documents and of confidences; remarks, signatures."""
    wanted = [j for d in evaluation.documents for j in d.judgements[0].gold if not j.is_open]
    pairs = sum(judged.is_pair for judged in wanted)
    found = (len(evaluation.documents), "document"), (pairs, "pair"), (len(wanted) - pairs, "null")
    told = ", ".join(f"{count} {noun}{'s' * (count != 1)}" for count, noun in found)
    yield f"{evaluation.gold}: {told}"
    yield ""
    for part in (_scores, _types, _documents, _confidence, _errors):
        rows = list(part(evaluation))
        if len(rows) > 1:
            yield from _table(rows)
            yield ""
    for remark in evaluation.remarks:
        yield f"note: {remark}"
    yield f"signature: {evaluation.signature}"
    for system in evaluation.systems:
        yield f"  {system.name}: {system.signature}"


def _scores(evaluation: Evaluation) -> Iterator[list[str]]:
    several = len(evaluation.systems) > 1
    yield ["", "", "P", "R", "F1", "95% of F1", *(["difference", "p"] if several else [])]
    for name in Counts().scores:
        label = name
        for system in evaluation.systems:
            if name not in system.intervals:
                continue
            low, high = system.intervals[name].f1
            row = [label, system.name, *_ratios(system.scores[name]), f"{low:.3f} to {high:.3f}"]
            for comparison in system.comparisons:
                if comparison.score == name:
                    row += [f"{comparison.difference:+.3f}", f"{comparison.p:.4f}"]
            yield row
            label = ""


def types_in_order(evaluation: Evaluation) -> list[str]:
    """The bead types, the commonest of gold first."""
    found: dict[str, int] = {}
    for system in evaluation.systems:
        for kind, score in system.counts.types.items():
            found[kind] = max(found.get(kind, 0), score.gold)
    return sorted(found, key=lambda kind: (-found[kind], kind))


def _types(evaluation: Evaluation) -> Iterator[list[str]]:
    yield from _wide(evaluation.systems, ["bead", "gold"], ["P", "R", "F1"])
    kinds = types_in_order(evaluation)
    rows = [(kind, [kind]) for kind in kinds[:_MOST_TYPES]]
    if len(kinds) > _MOST_TYPES:
        rows.append(("others", kinds[_MOST_TYPES:]))
    for label, members in rows:
        scores = [_total(system, members) for system in evaluation.systems]
        cells = [cell for score in scores for cell in _ratios(score)]
        yield [label, str(max(score.gold for score in scores)), *cells]


def _total(system: SystemResult, kinds: Sequence[str]) -> Score:
    return sum((system.counts.types.get(kind, Score()) for kind in kinds), Score())


def _documents(evaluation: Evaluation) -> Iterator[list[str]]:
    names = [next(iter(system.intervals)) for system in evaluation.systems]
    if len(evaluation.documents) < 2:
        return
    if len(names) > 1:
        yield ["", "", *(system.name for system in evaluation.systems)]
    yield ["document", "pairs", *(f"{name} F1" for name in names)]
    rows = []
    for document in evaluation.documents:
        counts = [judgement.counts for judgement in document.judgements]
        scores = [c.scores[name].f1 for c, name in zip(counts, names, strict=True)]
        rows.append(
            (min(scores), [document.name, str(counts[0].strict.gold), *map(_figure, scores)])
        )
    left = len(rows) - _MOST_DOCUMENTS
    if left > 0:
        rows.sort(key=lambda row: row[0])
    yield from (row for _, row in rows[:_MOST_DOCUMENTS])
    if left > 0:
        yield [f"and {left} better ones"]


def _confidence(evaluation: Evaluation) -> Iterator[list[str]]:
    systems = [system for system in evaluation.systems if system.calibration]
    found = [system.calibration for system in systems if system.calibration]
    if not found:
        return
    yield from _wide(systems, ["confidence"], ["beads", "said", "right"])
    for k, this in enumerate(found[0].bins):
        bins = [calibration.bins[k] for calibration in found]
        if any(b.beads for b in bins):
            yield [f"{this.low:.1f} to {this.high:.1f}", *(c for b in bins for c in _bin(b))]
    for label, name in (
        ("calibration error", "error"),
        ("Brier score", "brier"),
        ("AUROC", "auroc"),
    ):
        yield [label, *(c for each in found for c in ("", "", _figure(getattr(each, name))))]


def _bin(found: Bin) -> list[str]:
    if not found.beads:
        return ["0", _NONE, _NONE]
    return [str(found.beads), _figure(found.confidence), _figure(found.right)]


def _errors(evaluation: Evaluation) -> Iterator[list[str]]:
    yield ["errors", ""]
    for k, system in enumerate(evaluation.systems):
        kinds = errors_by_kind(evaluation, k)
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "none"
        yield [system.name, told]


def _wide(
    systems: Sequence[SystemResult], first: list[str], each: list[str]
) -> Iterator[list[str]]:
    """The head of a table with some columns for each system, named above if several."""
    if len(systems) > 1:
        padding = [""] * (len(each) - 1)
        yield [""] * len(first) + [c for s in systems for c in (s.name, *padding)]
    yield first + each * len(systems)


def _ratios(score: Score) -> list[str]:
    return [
        _figure(score.precision) if score.predicted else _NONE,
        _figure(score.recall) if score.gold else _NONE,
        _figure(score.f1) if score.predicted and score.gold else _NONE,
    ]


def _figure(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns that are as wide as need be; the last cell of a short row runs on."""
    widths: dict[int, int] = {}
    for row in rows:
        for k, cell in enumerate(row[:-1] if len(row) < len(rows[0]) else row):
            widths[k] = max(widths.get(k, 0), display_width(cell))
    for row in rows:
        gaps = (" " * (widths.get(k, 0) - display_width(cell)) for k, cell in enumerate(row))
        padded = (cell + gap for cell, gap in zip(row, gaps, strict=True))
        yield "  ".join(padded).rstrip()

"""Filling in the page's template."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from aligner.confidence import format_confidence
from aligner.evaluation.error_types import Kind, errors_by_kind, kind_of
from aligner.evaluation.judging import Judged, Verdict
from aligner.evaluation.metrics import Score
from aligner.evaluation.page import drawings
from aligner.evaluation.page.picture import data_uri, picture
from aligner.evaluation.passages import Passage
from aligner.evaluation.reference import Reference, ReferenceSide
from aligner.evaluation.results import DocumentResult, Evaluation
from aligner.evaluation.text import types_in_order
from aligner.vectors import Vectors

MOST_DOCUMENTS = 100

Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class _Row:
    """A bead of an error: whose it is, what is thought of it, its numbered sentences."""

    owner: str
    judged: Judged
    source: list[tuple[str, str]]
    target: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Error:
    """A passage in which a system errs."""

    anchor: str
    title: str
    rows: list[_Row]


@dataclass(frozen=True, slots=True)
class _Document:
    """What is shown of one document."""

    anchor: str
    result: DocumentResult
    errors: list[_Error]
    image: str
    maps: list[tuple[str, Markup]]


def report_page(evaluation: Evaluation, encode: Encode | None = None) -> Iterator[str]:
    """The page, piece by piece.

    `encode` gives the unit vectors of sentences, (sentences, dimension), for the maps of
    similarity. Of many documents the hundred with the most errors are shown in detail.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["confidence"] = format_confidence
    environment.filters["figure"] = lambda value: "–" if value is None else f"{value:.3f}"
    source = files("aligner.evaluation.page").joinpath("report.html").read_text("utf-8")
    chosen = _most_errors(evaluation)
    lowest = min(i.f1[0] for system in evaluation.systems for i in system.intervals.values())
    return environment.from_string(source).generate(
        evaluation=evaluation,
        anchors={k: f"d{k}" for k in chosen},
        documents=(_document(evaluation, k, encode) for k in chosen),
        types=types_in_order(evaluation),
        errors=[errors_by_kind(evaluation, k) for k in range(len(evaluation.systems))],
        whiskers=drawings.whiskers,
        low=max(0.0, int(lowest * 20 - 0.2) / 20),
        reliability=drawings.reliability,
        nothing=Score(),
        Verdict=Verdict,
    )


def _most_errors(evaluation: Evaluation) -> list[int]:
    """The documents that are shown in detail, in their order."""

    def errors(k: int) -> int:
        return -sum(any(_kinds(passage)) for passage in evaluation.documents[k].passages)

    numbers = range(len(evaluation.documents))
    if len(numbers) <= MOST_DOCUMENTS:
        return list(numbers)
    return sorted(sorted(numbers, key=errors)[:MOST_DOCUMENTS])


def _document(evaluation: Evaluation, k: int, encode: Encode | None) -> _Document:
    result = evaluation.documents[k]
    reference = result.reference
    anchor = f"d{k}"
    names = [system.name for system in evaluation.systems]
    wrong = [passage for passage in result.passages if any(_kinds(passage))]
    errors = [_error(f"{anchor}e{n}", passage, reference, names) for n, passage in enumerate(wrong)]
    places = {
        (which, judged.claim): error.anchor
        for passage, error in zip(wrong, errors, strict=True)
        for which, judgement in enumerate(passage)
        for judged in judgement.system
        if judged.verdict != Verdict.RIGHT
    }
    image = uri = ""
    if encode and reference.has_texts:
        sides = reference.source, reference.target
        image = f"{anchor}picture"
        uri = data_uri(picture(*sides, *(encode(side.texts) for side in sides)))
    maps = [
        (
            "gold",
            drawings.path_map(
                reference,
                [
                    Judged(c, Verdict.OPEN if c.optional else Verdict.RIGHT)
                    for c in reference.claims
                ],
                f"Path of the gold of {result.name}",
                image,
            ),
        )
    ]
    for which, (name, judgement) in enumerate(zip(names, result.judgements, strict=True)):
        links = [places.get((which, judged.claim), "") for judged in judgement.system]
        label = f"Path of {name} in {result.name}"
        maps.append((name, drawings.path_map(reference, judgement.system, label, image, links)))
    return _Document(anchor, result, errors, uri, maps)


def _kinds(passage: Passage) -> list[Kind | None]:
    return [kind_of(judgement) for judgement in passage]


def _error(anchor: str, passage: Passage, reference: Reference, names: Sequence[str]) -> _Error:
    kinds = _kinds(passage)
    rows = [_row("gold", judged, reference) for judged in passage[0].gold]
    for name, kind, judgement in zip(names, kinds, passage, strict=True):
        if kind is not None:
            rows += [_row(name, judged, reference) for judged in judgement.system]
    return _Error(anchor, _title(kinds, names), rows)


def _title(kinds: Sequence[Kind | None], names: Sequence[str]) -> str:
    """What is wrong in a passage, and with which systems if there are several."""
    if len(names) == 1:
        return str(kinds[0])
    told = (f"{name}: {kind or 'right'}" for name, kind in zip(names, kinds, strict=True))
    return "; ".join(told)


def _row(owner: str, judged: Judged, reference: Reference) -> _Row:
    claim = judged.claim
    return _Row(
        owner,
        judged,
        _numbered(reference.source, reference.source.touched(claim.source), claim.source_texts),
        _numbered(reference.target, reference.target.touched(claim.target), claim.target_texts),
    )


def _numbered(
    side: ReferenceSide, numbers: Sequence[int], texts: Sequence[str]
) -> list[tuple[str, str]]:
    """Sentences with the gold's numbers, as far as they are the gold's."""
    if not side.texts:
        return [(str(number), "") for number in numbers]
    if len(numbers) == len(texts):
        return [(str(number), text) for number, text in zip(numbers, texts, strict=True)]
    return [("", text) for text in texts]

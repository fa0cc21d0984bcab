"""Units of a memory as lines on a terminal and as JSON objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from aligner.cli.console import MARK, MARK_END

if TYPE_CHECKING:
    from aligner.document import Span
    from aligner.memory.store import Hit, Occurrence


def hit_lines(number: int, hit: Hit, measure: str) -> Iterator[str]:
    """Yield the lines of a search result: its occurrence, then both sides with matches marked.

    `measure` is the kind of score to show: `percent`, `cosine`, or empty for none.
    """
    from aligner.memory.leverage.analysis import percent

    scores = {"percent": f"{percent(hit.score)}%", "cosine": f"{hit.score:.2f}"}
    newest, *others = hit.occurrences
    more = f", and {len(others)} more occurrences" if others else ""
    unit = hit.unit
    yield "  ".join(filter(None, (f"{number}.", scores.get(measure), place_line(newest) + more)))
    yield f"   {unit.source_lang:<7}{marked(unit.source, hit.source_marks)}"
    yield f"   {unit.target_lang:<7}{marked(unit.target, hit.target_marks)}"


def place_line(occurrence: Occurrence) -> str:
    """Return document, reference, date, page and confidence of an occurrence, where known."""
    from aligner.memory.properties import DATE, PAGE, shown_confidence

    property_of = occurrence.unit.property
    page, confidence = property_of(PAGE), shown_confidence(occurrence.unit)
    parts = (
        occurrence.document,
        occurrence.reference,
        property_of(DATE),
        page and f"page {page}",
        confidence and f"confidence {confidence}",
        occurrence.removed and f"replaced {occurrence.removed[:19]}",
    )
    return "  ".join(filter(None, parts))


def marked(text: str, spans: Sequence[Span]) -> str:
    """Return a text with its matches between MARK and MARK_END."""
    done, place = "", 0
    for span in spans:
        done += text[place : span.start] + MARK + text[span.start : span.end] + MARK_END
        place = span.end
    return done + text[place:]


def hit_object(hit: Hit) -> dict[str, Any]:
    """Return a search result as a JSON object."""
    return {
        "score": round(hit.score, 4),
        "source_lang": hit.unit.source_lang,
        "target_lang": hit.unit.target_lang,
        "source": hit.unit.source,
        "target": hit.unit.target,
        "source_marks": [list(span) for span in hit.source_marks],
        "target_marks": [list(span) for span in hit.target_marks],
        "occurrences": [_place_object(occurrence) for occurrence in hit.occurrences],
    }


def unit_object(occurrence: Occurrence) -> dict[str, Any]:
    """Return a unit and its occurrence as a JSON object."""
    unit = occurrence.unit
    return {"source": unit.source, "target": unit.target, **_place_object(occurrence)}


def _place_object(occurrence: Occurrence) -> dict[str, Any]:
    return {
        "document": occurrence.document,
        "reference": occurrence.reference,
        "added": occurrence.added,
        "removed": occurrence.removed or None,
        "created": occurrence.unit.created,
        "properties": dict(occurrence.unit.properties),
    }

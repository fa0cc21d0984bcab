"""How units of a memory look on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from aligner.cli.console import MARK, MARK_END

if TYPE_CHECKING:
    from aligner.memory.store import Hit, Occurrence
    from aligner.types import Span


def hit_lines(number: int, hit: Hit, measure: str) -> Iterator[str]:
    """A unit that was found: where it stands, then both its sides, what matches marked.

    `measure` says what the score is: `percent`, `cosine` or nothing to show.
    """
    from aligner.memory.leverage import percent

    scores = {"percent": f"{percent(hit.score)}%", "cosine": f"{hit.score:.2f}"}
    newest, *others = hit.occurrences
    more = f", and {len(others)} more places" if others else ""
    unit = hit.unit
    yield "  ".join(filter(None, (f"{number}.", scores.get(measure), place_line(newest) + more)))
    yield f"   {unit.source_lang:<7}{marked(unit.source, hit.source_marks)}"
    yield f"   {unit.target_lang:<7}{marked(unit.target, hit.target_marks)}"


def place_line(occurrence: Occurrence) -> str:
    """Document, reference, date, page and confidence of an occurrence, as far as known."""
    from aligner.memory.units import shown_confidence

    property_of = occurrence.unit.property
    page, confidence = property_of("x-page"), shown_confidence(occurrence.unit)
    parts = (
        occurrence.document,
        occurrence.reference,
        property_of("x-date"),
        page and f"page {page}",
        confidence and f"confidence {confidence}",
        occurrence.removed and f"replaced {occurrence.removed[:19]}",
    )
    return "  ".join(filter(None, parts))


def marked(text: str, spans: Sequence[Span]) -> str:
    """A text with stretches between the marks that `show` knows."""
    done, place = "", 0
    for span in spans:
        done += text[place : span.start] + MARK + text[span.start : span.end] + MARK_END
        place = span.end
    return done + text[place:]


def hit_object(hit: Hit) -> dict[str, Any]:
    """A unit that was found, for JSON."""
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
    """A unit and where it stands, for JSON."""
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

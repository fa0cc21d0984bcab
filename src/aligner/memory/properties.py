"""The properties of units: their names, which every format writes, and what they say."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.confidence import format_confidence, parse_confidence
from aligner.types import Alignment, Bead, TranslationUnit

DOCUMENT, REFERENCE, DATE = "x-document", "x-reference", "x-date"
PAGE, PARAGRAPH = "x-page", "x-paragraph"
BEAD, CONFIDENCE, CHECKED, MODEL = "x-bead", "x-confidence", "x-checked", "x-model"
# What a pretranslated sentence resembles.
MATCH, MATCH_TEXT = "x-match", "x-match-text"
MATCH_DOCUMENT, MATCH_REFERENCE = "x-match-document", "x-match-reference"
YES = "yes"


def bead_properties(alignment: Alignment, bead: Bead) -> dict[str, str]:
    """The properties of a pair's unit; an empty value stands for none."""
    source, target = alignment.source[bead.source[0]], alignment.target[bead.target[0]]
    info = alignment.info
    return {
        DOCUMENT: alignment.document,
        "x-mission": info.mission,
        REFERENCE: info.reference,
        "x-answers": info.answers,
        DATE: info.date,
        "x-title": info.title,
        "x-author": info.author,
        "x-file-created": info.created,
        PAGE: f"{source.page}/{target.page}",
        PARAGRAPH: f"{source.paragraph}/{target.paragraph}",
        BEAD: bead.type,
        "x-moved": YES if bead.moved else "",
        CHECKED: YES if bead.checked else "",
        CONFIDENCE: format_confidence(bead.confidence, 3),
        MODEL: alignment.model,
    }


def is_checked(properties: Mapping[str, str]) -> bool:
    """Whether properties say that a person has checked their unit."""
    return properties.get(CHECKED) == YES


def confidence(unit: TranslationUnit) -> float:
    """Probability that a unit is right: 1 once a person has checked it, or made it."""
    return 1.0 if unit.property(CHECKED) == YES else stated_confidence(unit)


def stated_confidence(unit: TranslationUnit) -> float:
    """The confidence that a unit says it has, whether it is checked or not; 1 if it says none."""
    return parse_confidence(unit.property(CONFIDENCE))


def shown_confidence(unit: TranslationUnit) -> str:
    """The confidence that a unit says it has, as people are shown it; "" if it says none."""
    return format_confidence(stated_confidence(unit)) if unit.property(CONFIDENCE) else ""

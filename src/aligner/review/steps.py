"""Requests of the page, and the answers."""

from __future__ import annotations

from typing import Any

from aligner.confidence import band, format_confidence
from aligner.errors import StepError
from aligner.memory.json_fields import require
from aligner.review import operations
from aligner.review.places import Places
from aligner.review.rows import SIDES, Change, Row, Rows, Side


def change_for(step: dict[str, Any], rows: Rows, places: Places) -> Change:
    """The change that a step of the page makes; raises StepError, ValueError if it is none."""
    at = require(step, "at", int)
    match require(step, "step", str):
        case "check":
            return operations.check(rows, at, require(step, "checked", bool))
        case "merge":
            return operations.merge(rows, at, require(step, "other", int))
        case "unpair":
            return operations.unpair(rows, at)
        case "edit":
            return operations.edit(rows, at, *_sentence(step), require(step, "text", str))
        case "move":
            return operations.move(rows, at, *_sentence(step), require(step, "down", bool))
        case "split":
            offset = require(step, "offset", int)
            return operations.split(rows, at, *_sentence(step), offset, places.cut)
    raise StepError("no-such-step")


def _sentence(step: dict[str, Any]) -> tuple[Side, int]:
    name = require(step, "side", str)
    side: Side | None = next((side for side in SIDES if side == name), None)
    if side is None:
        raise StepError("no-such-sentence")
    return side, require(step, "sentence", int)


def row_view(row: Row) -> dict[str, Any]:
    """What the page shows of a row."""
    return {
        "source": [sentence.text for sentence in row.source],
        "target": [sentence.text for sentence in row.target],
        "confidence": row.confidence,
        "shown": format_confidence(row.confidence),
        "band": band(row.confidence),
        "moved": row.moved,
        "checked": row.checked,
    }


def change_view(change: Change) -> dict[str, Any]:
    """What the page needs to make a change in its own rows."""
    return {
        "name": change.name,
        "at": change.at,
        "removed": len(change.before),
        "rows": [row_view(row) for row in change.after],
    }

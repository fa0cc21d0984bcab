"""What was done, what was taken back, and how both stand in a history file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aligner.errors import FormatError, StepError
from aligner.json_text import parse_json
from aligner.memory.json_fields import require
from aligner.review.rows import Change, Rows, read_row, row_object


@dataclass(frozen=True, slots=True)
class Review:
    """The rows as they are, the changes that led to them, and those taken back, latest last."""

    rows: Rows
    done: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()

    def do(self, change: Change) -> Review:
        """The review after a change, which ends what could be done again."""
        return Review(change.apply(self.rows), (*self.done, change))

    def undo(self) -> Review:
        """The review before the last change; raises StepError."""
        if not self.done:
            raise StepError("nothing-to-undo")
        last = self.done[-1]
        return Review(last.inverse.apply(self.rows), self.done[:-1], (*self.undone, last))

    def redo(self) -> Review:
        """The review with the last undone change made again; raises StepError."""
        if not self.undone:
            raise StepError("nothing-to-redo")
        last = self.undone[-1]
        return Review(last.apply(self.rows), (*self.done, last), self.undone[:-1])


def change_line(change: Change) -> dict[str, Any]:
    """A change as a line of the history: the rows that it removes are known by their number."""
    return {
        "type": "change",
        "name": change.name,
        "at": change.at,
        "removed": len(change.before),
        "rows": [row_object(row) for row in change.after],
    }


def replay(review: Review, lines: Iterable[tuple[int, str]], path: object) -> Review:
    """The review after the lines of a history file; raises FormatError with the line."""
    for number, line in lines:
        try:
            review = _replayed(review, parse_json(line))
        except (ValueError, StepError) as exc:
            raise FormatError(
                f"{path}: line {number}: broken ({exc}); move this file away to start again"
            ) from exc
    return review


def _replayed(review: Review, line: Any) -> Review:
    kind = require(line, "type", str)
    if kind == "undo":
        return review.undo()
    if kind == "redo":
        return review.redo()
    if kind != "change":
        return review
    at, removed = require(line, "at", int), require(line, "removed", int)
    if at + removed > len(review.rows):
        raise ValueError("rows that are not there")
    after = tuple(map(read_row, require(line, "rows", list)))
    name = require(line, "name", str)
    return review.do(Change(name, at, review.rows[at : at + removed], after))

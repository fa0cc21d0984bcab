"""The rows of a review, and the one kind of change there is to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from aligner.memory.json_fields import require, require_probability
from aligner.memory.jsonl import read_sentence, sentence_row
from aligner.types import Alignment, Bead, Sentence, join_sentences

Side = Literal["source", "target"]
SIDES: tuple[Side, Side] = ("source", "target")


@dataclass(frozen=True, slots=True)
class Row:
    """A bead that holds its sentences itself, so that no other row knows their numbers."""

    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]
    confidence: float = 1.0
    moved: bool = False
    checked: bool = False

    @property
    def is_null(self) -> bool:
        """Whether one side has no sentence."""
        return not self.source or not self.target

    def side(self, side: Side) -> tuple[Sentence, ...]:
        """The sentences of one side."""
        return self.source if side == "source" else self.target

    def text(self, side: Side) -> str:
        """The joined sentences of one side."""
        return join_sentences(self.side(side))


Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """From row `at` on, the rows `before` become the rows `after`; `name` says by what."""

    name: str
    at: int
    before: Rows
    after: Rows

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.name, self.at, self.after, self.before)

    def apply(self, rows: Rows) -> Rows:
        """The rows with the change made."""
        return rows[: self.at] + self.after + rows[self.at + len(self.before) :]


def rows_of(alignment: Alignment) -> Rows:
    """The rows of an alignment, in the order of its beads."""
    return tuple(
        Row(
            tuple(alignment.source[i] for i in bead.source),
            tuple(alignment.target[j] for j in bead.target),
            bead.confidence,
            bead.moved,
            bead.checked,
        )
        for bead in alignment.beads
    )


def beads_of(rows: Rows) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...], tuple[Bead, ...]]:
    """Both sides' sentences in the order of the text, and the rows as beads over them."""
    sides = []
    numbers = []
    for side in SIDES:
        found = [
            (sentence.span, r, k)
            for r, row in enumerate(rows)
            for k, sentence in enumerate(row.side(side))
        ]
        found.sort()
        sides.append(tuple(rows[r].side(side)[k] for _, r, k in found))
        numbers.append({(r, k): number for number, (_, r, k) in enumerate(found)})
    beads = tuple(
        Bead(
            tuple(sorted(numbers[0][r, k] for k in range(len(row.source)))),
            tuple(sorted(numbers[1][r, k] for k in range(len(row.target)))),
            row.confidence,
            row.moved,
            row.checked,
        )
        for r, row in enumerate(rows)
    )
    return sides[0], sides[1], beads


def in_order(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Sentences in the order of the text."""
    return tuple(sorted(sentences, key=lambda sentence: sentence.span))


def row_object(row: Row) -> dict[str, Any]:
    """A row as a JSON object."""
    return {
        "source": [sentence_row(sentence) for sentence in row.source],
        "target": [sentence_row(sentence) for sentence in row.target],
        "confidence": row.confidence,
        "moved": row.moved,
        "checked": row.checked,
    }


def read_row(value: dict[str, Any]) -> Row:
    """The row that `row_object` made an object of; raises ValueError."""
    return Row(
        tuple(map(read_sentence, require(value, "source", list))),
        tuple(map(read_sentence, require(value, "target", list))),
        require_probability(value, "confidence"),
        require(value, "moved", bool),
        require(value, "checked", bool),
    )

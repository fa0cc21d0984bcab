"""Gold alignments of notes, as spans and quotations of their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from aligner.document import Span
from aligner.errors import FormatError, unreadable
from aligner.evaluation.reference import Reference, ReferenceSide, claims_of_beads
from aligner.json_text import parse_json
from aligner.printable import printable_name
from aligner.types import Bead

_KINDS = ("pair", "null", "optional")


@dataclass(frozen=True, slots=True)
class NoteGold:
    """A gold file as read: which document it aligns, and its beads as numbered lines."""

    path: Path
    document: Path
    source_lang: str
    target_lang: str
    rows: tuple[tuple[int, dict[str, Any]], ...]


def read_note_gold(path: str | Path) -> NoteGold:
    """Read the gold file of a note; the path of its document is relative to the file.

    Raises ReadError, and FormatError with the line that is broken.
    """
    path = Path(path)
    (_, header), *rows = _objects(path)
    if "type" in header:
        raise FormatError(f"{path}: this is an alignment, not gold; the order is GOLD SYSTEM")
    try:
        document = path.parent / str(header["document"])
        return NoteGold(
            path, document, str(header["source_lang"]), str(header["target_lang"]), tuple(rows)
        )
    except KeyError as exc:
        raise FormatError(f"{path}: line 1: the document's line lacks {exc}") from exc


def note_reference(gold: NoteGold, text: str) -> Reference:
    """The gold of a note whose text is `text`.

    A quotation that is not found at its span is looked for in the text, so that a change
    of the note before it does no harm. White space doesn't count. Raises FormatError where
    a line is not a bead, has a sentence that another line has too, or quotes what stands
    nowhere in the text or more than once.
    """
    finder = _Finder(text)
    rows = []
    for number, values in gold.rows:
        where = f"{gold.path}: line {number}"
        try:
            kind = values["kind"]
            sides = [
                [finder.span(item, where) for item in values[side]] for side in ("source", "target")
            ]
        except (KeyError, TypeError, ValueError, OverflowError) as exc:
            raise FormatError(f"{where}: not a gold bead ({exc!r})") from exc
        if kind not in _KINDS:
            raise FormatError(f"{where}: kind must be one of {', '.join(_KINDS)}")
        if not any(sides) or (kind == "pair") > all(sides) or (kind == "null" and all(sides)):
            raise FormatError(f"{where}: a pair has text on both sides, a null on one")
        rows.append((where, kind == "optional", sides))
    if not rows:
        raise FormatError(f"{gold.path}: the gold has no beads")
    ordered = [
        _in_order([(s, where) for where, _, sides in rows for s in sides[k]]) for k in (0, 1)
    ]
    source, target = (ReferenceSide.of_spans(list(numbers), text) for numbers in ordered)
    beads = [
        Bead(_numbers(sides[0], ordered[0]), _numbers(sides[1], ordered[1])) for _, _, sides in rows
    ]
    optional = [bead for bead, (_, is_optional, _) in zip(beads, rows, strict=True) if is_optional]
    return Reference(
        printable_name(gold.document.name),
        source,
        target,
        claims_of_beads(beads, source, target, optional),
        gold.source_lang,
        gold.target_lang,
        text,
    )


def _numbers(spans: list[Span], ordered: dict[Span, int]) -> tuple[int, ...]:
    return tuple(sorted(ordered[span] for span in spans))


class _Finder:
    """Finds quotations in a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = [i for i, character in enumerate(text) if not character.isspace()]
        self._squeezed = "".join(text[i] for i in self._offsets)

    def span(self, item: dict[str, Any], where: str) -> Span:
        """Where a quotation stands; raises FormatError if that can't be told."""
        wanted = "".join(str(item["text"]).split())
        span = Span(int(item["start"]), int(item["end"]))
        if wanted and span.start >= 0:
            if "".join(self._text[span.start : span.end].split()) == wanted:
                return span
            first = self._squeezed.find(wanted)
            if first >= 0 and self._squeezed.find(wanted, first + 1) < 0:
                return Span(self._offsets[first], self._offsets[first + len(wanted) - 1] + 1)
        raise FormatError(
            f"{where}: the note doesn't have this text exactly once: {item['text'][:40]}"
        )


def _in_order(spans: list[tuple[Span, str]]) -> dict[Span, int]:
    """Spans with their numbers in text order; raises FormatError if two overlap."""
    spans.sort()
    for (one, first), (other, second) in pairwise(spans):
        if other.start < one.end:
            raise FormatError(f"{second}: shares text with {first.rpartition(': ')[2]}")
    return {span: number for number, (span, _) in enumerate(spans)}


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines of a file of JSON objects with their numbers."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as exc:
        raise unreadable(path, exc) from exc
    except UnicodeDecodeError as exc:
        raise FormatError(f"{path}: not a gold file: not UTF-8") from exc
    if not lines:
        raise FormatError(f"{path}: the gold file is empty")
    for number, line in enumerate(lines, start=1):
        try:
            values = parse_json(line)
        except ValueError as exc:
            raise FormatError(f"{path}: line {number}: not JSON") from exc
        if not isinstance(values, dict):
            raise FormatError(f"{path}: line {number}: not a JSON object")
        yield number, values

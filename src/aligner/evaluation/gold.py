"""Gold alignments of notes, as spans and quotations of their text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.errors import FormatError, ReadError
from aligner.types import Span

_KINDS = ("pair", "null", "optional")


@dataclass(frozen=True, slots=True)
class GoldBead:
    """Sentences that translate each other, as spans of the note.

    An optional one may as well be left out: letterheads, say.
    """

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class NoteGold:
    """The hand alignment of one note, whose text is `text`."""

    document: Path
    source_lang: str
    target_lang: str
    text: str
    beads: tuple[GoldBead, ...]


@dataclass(frozen=True, slots=True)
class GoldHeader:
    """The first line of a gold file: which document it aligns."""

    document: Path
    source_lang: str
    target_lang: str


def read_gold_header(path: str | Path) -> GoldHeader:
    """Read which document a gold file belongs to; its path is relative to the file."""
    path = Path(path)
    values = _json(_lines(path)[0], path, 1)
    try:
        return GoldHeader(
            path.parent / str(values["document"]),
            str(values["source_lang"]),
            str(values["target_lang"]),
        )
    except KeyError as exc:
        raise FormatError(f"{path}: line 1: the document's line lacks {exc}") from exc


def read_note_gold(path: str | Path, text: str) -> NoteGold:
    """Read a gold file against the text of its note.

    A quotation that is not found at its span is looked for in the text, so that a change
    of the note before it does no harm. White space doesn't count. Raises FormatError where
    a line is broken or a quotation stands nowhere in the text, or more than once.
    """
    path = Path(path)
    header = read_gold_header(path)
    places = [i for i, character in enumerate(text) if not character.isspace()]
    squeezed = "".join(text[i] for i in places)
    beads = []
    for number, line in enumerate(_lines(path)[1:], start=2):
        values = _json(line, path, number)
        try:
            if values["kind"] not in _KINDS:
                raise FormatError(f"{path}: line {number}: kind is none of {', '.join(_KINDS)}")
            sides = [
                tuple(_place(item, text, squeezed, places, path, number) for item in values[side])
                for side in ("source", "target")
            ]
        except (KeyError, TypeError) as exc:
            raise FormatError(f"{path}: line {number}: not a gold bead ({exc!r})") from exc
        beads.append(GoldBead(sides[0], sides[1], values["kind"] == "optional"))
    return NoteGold(header.document, header.source_lang, header.target_lang, text, tuple(beads))


def _place(item: Any, text: str, squeezed: str, places: list[int], path: Path, line: int) -> Span:
    wanted = "".join(str(item["text"]).split())
    span = Span(int(item["start"]), int(item["end"]))
    if "".join(text[span.start : span.end].split()) == wanted:
        return span
    if squeezed.count(wanted) != 1 or not wanted:
        raise FormatError(
            f"{path}: line {line}: the note has this text not just once: {item['text'][:40]}"
        )
    first = squeezed.index(wanted)
    return Span(places[first], places[first + len(wanted) - 1] + 1)


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as exc:
        raise ReadError(f"{path}: can't be read ({exc.strerror or exc})") from exc
    except UnicodeDecodeError as exc:
        raise FormatError(f"{path}: not a gold file: no text in UTF-8") from exc
    if not lines:
        raise FormatError(f"{path}: the gold file is empty")
    return lines


def _json(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except json.JSONDecodeError as exc:
        raise FormatError(f"{path}: line {number}: not JSON ({exc.msg})") from exc
    if not isinstance(values, dict):
        raise FormatError(f"{path}: line {number}: not a JSON object")
    return values

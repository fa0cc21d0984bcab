"""JSON lines: a complete alignment, written and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from aligner.bounds import MAX_ALIGNMENT
from aligner.document import Span
from aligner.errors import FormatError
from aligner.json_text import parse_json
from aligner.kinds import Kind, kind_of_file, no_units
from aligner.memory.json_fields import pair, require, require_probability
from aligner.memory.source import lines_of
from aligner.metadata import FACTS, NoteInfo
from aligner.types import Alignment, Bead, LeftOut, Paragraph, Part, Piece, Role, Sentence

FORMAT = 1

_NAMES = ("document", "source_lang", "target_lang", "model")
_Numbered = dict[int, Sentence]


def jsonl_chunks(parts: Iterable[Part], min_confidence: float = 0.0) -> Iterator[str]:
    """A line for the document, then one for each bead, nulls included, and each thing left out.

    Every text comes with its span in the document as read, its page and its paragraph.
    `read_jsonl` makes the alignment of it again; of one from which pairs below
    `min_confidence` were left out, what was written.
    """
    last: Alignment | None = None
    for part in parts:
        alignment = part.alignment
        if last is None:
            yield _line(
                type="document",
                format=FORMAT,
                **{name: getattr(alignment, name) for name in _NAMES},
                **{name: getattr(alignment.info, name) for name in FACTS},
                origins=dict(alignment.info.origins),
            )
        last = alignment
        for bead in alignment.beads:
            if bead.is_null or bead.certainty >= min_confidence:
                yield _line(
                    type="null" if bead.is_null else "pair",
                    confidence=bead.confidence,
                    moved=bead.moved,
                    checked=bead.checked,
                    source=_numbered(alignment.source, bead.source, part.before[0]),
                    target=_numbered(alignment.target, bead.target, part.before[1]),
                )
    # What is told of a whole document is told by each of its parts.
    for left_out in last.left_out if last else ():
        yield _line(**_left_out_row(left_out))
    for remark in last.remarks if last else ():
        yield _line(type="remark", text=remark)


def read_jsonl(path: str | Path) -> Alignment:
    """Read an alignment that `aligner align -o x.jsonl` wrote; all of it comes back.

    Sentences are numbered anew from 0 where some are missing; members that are not known are
    passed over. Raises ReadError, and FormatError with the line that is wrong, or for a file of
    over 512 Mi characters.
    """
    return parse_jsonl(_bounded(path), path)


def _bounded(path: str | Path) -> Iterator[str]:
    size = 0
    for line in lines_of(path):
        size += len(line)
        if size > MAX_ALIGNMENT:
            raise FormatError(f"{path}: more than {MAX_ALIGNMENT >> 20} Mi characters; split it")
        yield line


def parse_jsonl(lines: Iterable[str], path: str | Path) -> Alignment:
    """The alignment in the lines of a file; raises FormatError, with the line and the path."""
    header: dict[str, Any] = {}
    sentences: tuple[_Numbered, _Numbered] = ({}, {})
    beads: list[Bead] = []
    left_out: list[LeftOut] = []
    remarks: list[str] = []
    for number, row in _rows(lines, path):
        try:
            kind = require(row, "type", str)
            if not header:
                header = _header(row)
            elif kind in ("pair", "null"):
                beads.append(_bead(row, sentences))
            elif kind == "left out":
                left_out.append(_left_out(row))
            elif kind == "remark":
                remarks.append(require(row, "text", str))
            else:
                raise ValueError(f"type {kind[:40]} has no place here")
        except ValueError as exc:
            if not header and kind_of_file(Path(path)) is Kind.GOLD:
                raise FormatError(no_units(path)) from exc
            raise FormatError(f"{path}: line {number}: {exc}") from exc
    if not header:
        raise FormatError(f"{path}: the file is empty; it should hold an alignment")
    order = [sorted(side) for side in sentences]
    places = [{k: place for place, k in enumerate(numbers)} for numbers in order]
    return Alignment(
        source=tuple(sentences[0][k] for k in order[0]),
        target=tuple(sentences[1][k] for k in order[1]),
        beads=tuple(
            replace(
                bead,
                source=tuple(places[0][k] for k in bead.source),
                target=tuple(places[1][k] for k in bead.target),
            )
            for bead in beads
        ),
        left_out=tuple(left_out),
        remarks=tuple(remarks),
        **header,
    )


def sentence_row(sentence: Sentence) -> dict[str, Any]:
    """A sentence as a JSON object."""
    return {
        "text": sentence.text,
        "language": sentence.language,
        "role": sentence.role,
        "span": list(sentence.span),
        "page": sentence.page,
        "paragraph": sentence.paragraph,
    }


def read_sentence(row: dict[str, Any]) -> Sentence:
    """The sentence that `sentence_row` made an object of; raises ValueError."""
    span = Span(*pair(require(row, "span", list), "span"))
    if span.start > span.end:
        raise ValueError("a span ends before it begins")
    return Sentence(span=span, paragraph=require(row, "paragraph", int), **_common(row))


def _numbered(
    sentences: Sequence[Sentence], numbers: Sequence[int], before: int
) -> list[dict[str, Any]]:
    return [{"number": before + k, **sentence_row(sentences[k])} for k in numbers]


def _left_out_row(left_out: LeftOut) -> dict[str, Any]:
    paragraph = left_out.paragraph
    return {
        "type": "left out",
        "reason": left_out.reason,
        "text": paragraph.text,
        "language": paragraph.language,
        "role": paragraph.role,
        "span": list(paragraph.span()),
        "pieces": [list(piece) for piece in paragraph.pieces],
        "page": paragraph.page,
        "paragraph": paragraph.number,
    }


def _line(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"


def _rows(lines: Iterable[str], path: str | Path) -> Iterator[tuple[int, Any]]:
    """Lines as JSON, with their numbers; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                yield number, parse_json(line)
        except ValueError as exc:
            reason = exc.msg if isinstance(exc, json.JSONDecodeError) else exc
            raise FormatError(f"{path}: line {number}: invalid JSON ({reason})") from exc


def _header(row: dict[str, Any]) -> dict[str, Any]:
    version = require(row, "format", int) if "format" in row else 0
    if row["type"] != "document":
        raise ValueError("an alignment begins with a line of type document")
    if version > FORMAT:
        raise ValueError(f"format {version} is newer than this aligner reads; update aligner")
    if version < FORMAT:
        raise ValueError("not an alignment, or made by an older aligner; align again")
    # What earlier files lack is not known.
    facts = {name: require(row, name, str) for name in FACTS if name in row}
    origins = require(row, "origins", dict) if "origins" in row else {}
    known = tuple((name, require(origins, name, str)) for name in FACTS if name in origins)
    return {name: require(row, name, str) for name in _NAMES} | {
        "info": NoteInfo(**facts, origins=known)
    }


def _bead(row: dict[str, Any], sentences: tuple[_Numbered, _Numbered]) -> Bead:
    """A bead, whose sentences are put among the others by their numbers."""
    sides = []
    for name, known in zip(("source", "target"), sentences, strict=True):
        side = {require(item, "number", int): item for item in require(row, name, list)}
        if len(side) < len(row[name]) or known.keys() & side.keys():
            raise ValueError(f"a repeated number in {name}")
        if list(side) != sorted(side):
            raise ValueError(f"the numbers of {name} are not in order")
        known.update((k, read_sentence(item)) for k, item in side.items())
        sides.append(tuple(side))
    if not any(sides):
        raise ValueError("no sentence on either side")
    moved, checked = require(row, "moved", bool), require(row, "checked", bool)
    return Bead(sides[0], sides[1], require_probability(row, "confidence"), moved, checked)


def _left_out(row: dict[str, Any]) -> LeftOut:
    pieces = tuple(Piece(*pair(piece, "pieces")) for piece in require(row, "pieces", list))
    paragraph = Paragraph(pieces=pieces, number=require(row, "paragraph", int), **_common(row))
    places = [piece.at for piece in pieces]
    if places[:1] != [0] or any(a >= b for a, b in pairwise((*places, len(paragraph.text)))):
        raise ValueError("pieces must begin at 0 and follow each other within the text")
    return LeftOut(paragraph, require(row, "reason", str))


def _common(row: dict[str, Any]) -> dict[str, Any]:
    """What sentences and paragraphs share."""
    return {
        "text": require(row, "text", str),
        "language": require(row, "language", str),
        "role": Role(require(row, "role", str)),
        "page": require(row, "page", int),
    }

"""What is under review: a file, how its rows are read from it, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.errors import UsageError
from aligner.kinds import named_format
from aligner.memory.jsonl import jsonl_chunks, parse_jsonl
from aligner.memory.source import TextSource
from aligner.review import tmx
from aligner.review.places import Places, beside, find_places
from aligner.review.rows import Rows, beads_of, rows_of
from aligner.types import Alignment, Part


@dataclass(frozen=True, slots=True)
class ReviewFormat:
    """A file format that can be reviewed.

    `read` returns the content of a file, `parse` its metadata and rows; `chunks` turns the current
    rows into new content and keeps everything else.
    """

    read: Callable[[Path], str]
    parse: Callable[[str, Path], tuple[Alignment, Rows]]
    chunks: Callable[[str, Alignment, Rows], Iterator[str]]


def alignment_of(frame: Alignment, rows: Rows) -> Alignment:
    """The rows as an alignment, with all else as `frame` has it."""
    source, target, beads = beads_of(rows)
    return replace(frame, source=source, target=target, beads=beads)


def form_of(path: Path) -> ReviewFormat:
    """Return the format of a file by its ending; raises UsageError."""
    form = _FORMS.get(named_format(path))
    if form is None:
        known = ", ".join(f".{name}" for name in _FORMS)
        raise UsageError(f"{path}: a review is kept in a file that ends in {known}")
    return form


def is_document(path: Path) -> bool:
    """Whether a file is to be aligned before it is reviewed: all but the forms known here."""
    return named_format(path) not in _FORMS


def places_of(frame: Alignment, path: Path, rows: Rows, documents: Sequence[Path]) -> Places:
    """The documents given, or else those that the alignment names, in the folder of its file."""
    whole = alignment_of(frame, rows)
    return find_places(whole, documents or beside(whole, path.parent))


def _read_jsonl(path: Path) -> str:
    return "".join(TextSource(path))


def _parse_jsonl(content: str, path: Path) -> tuple[Alignment, Rows]:
    alignment = parse_jsonl(content.split("\n"), path)
    return alignment, rows_of(alignment)


def _jsonl_chunks(_: str, frame: Alignment, rows: Rows) -> Iterator[str]:
    return jsonl_chunks([Part(alignment_of(frame, rows))])


_FORMS = {
    "jsonl": ReviewFormat(_read_jsonl, _parse_jsonl, _jsonl_chunks),
    "tmx": ReviewFormat(tmx.read_content, tmx.parse, tmx.chunks),
}

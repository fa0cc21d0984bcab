"""The formats by name, with their functions for writing and reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from aligner.bounds import exhaustion
from aligner.confidence import LEAST_CONFIDENCE
from aligner.errors import FormatError, UsageError
from aligner.kinds import ALIASES, named_format, no_units
from aligner.memory.beads import bead_chunks
from aligner.memory.html import write_alignment_page, write_page
from aligner.memory.jsonl import jsonl_chunks, read_jsonl
from aligner.memory.moses import write_moses
from aligner.memory.output import STANDARD_OUTPUT, save
from aligner.memory.pairs import of_one_pair
from aligner.memory.parquet import read_parquet, write_parquet
from aligner.memory.store import Scope, is_memory, open_memory, stored_units
from aligner.memory.tables import read_tsv, write_tsv
from aligner.memory.tmx import open_tmx, read_tmx, write_tmx
from aligner.memory.units import distinct_units, pair_units
from aligner.memory.xliff import read_xliff, write_xliff
from aligner.memory.xlsx import read_xlsx, write_xlsx
from aligner.types import Alignment, Part, TranslationUnit, join_parts

_Place = str | Path
_Units = Iterable[TranslationUnit]
_Parts = Iterable[Part]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file; None stands for what can't be done.

    `write_alignment` takes an alignment's parts as they come, and the least confidence of a pair
    that is written; a format without it is written of the alignment's units. `read` takes the
    languages that are asked for, "" for those of the file. A format of `files` 2 is two files,
    one a language. Units of several language pairs go into one with `pairs` only; `once` says
    that an alignment's pairs of the same wording are one unit. What is written `unread`, for
    programs, lacks doubtful pairs unless they are asked for.
    """

    write: Callable[[_Units, _Place], None] | None = None
    write_alignment: Callable[[_Parts, _Place, float], None] | None = None
    read: Callable[[_Place, str, str], Iterator[TranslationUnit]] | None = None
    files: int = 1
    unread: bool = False
    pairs: bool = False
    once: bool = False


def _save_tmx(parts: _Parts, place: _Place, min_confidence: float) -> None:
    units = distinct_units(_pair_units(parts, min_confidence))
    first = next(units, None)
    if first is None:
        raise FormatError("no pairs left to write; lower --min-confidence, or check the input")
    write_tmx(chain((first,), units), place)


def _save_jsonl(parts: _Parts, place: _Place, min_confidence: float) -> None:
    save(jsonl_chunks(parts, min_confidence), place)


def _save_html(parts: _Parts, place: _Place, min_confidence: float) -> None:
    write_alignment_page(join_parts(parts), place, min_confidence)


def _save_beads(parts: _Parts, place: _Place, _: float) -> None:
    save(bead_chunks(bead for part in parts for bead in part.beads), place)


def _pair_units(parts: _Parts, min_confidence: float) -> Iterator[TranslationUnit]:
    for part in parts:
        yield from pair_units(part.alignment, min_confidence)


def _read_jsonl(path: _Place, *_: str) -> Iterator[TranslationUnit]:
    return pair_units(read_jsonl(path))


def is_alignment(path: _Place) -> bool:
    """Whether a file is named as one that holds an alignment whole, its doubtful pairs too."""
    return named_format(path) == "jsonl"


def _read_xlsx(path: _Place, *_: str) -> Iterator[TranslationUnit]:
    return read_xlsx(path)


def _read_xliff(path: _Place, *_: str) -> Iterator[TranslationUnit]:
    return read_xliff(path)


def _read_parquet(path: _Place, *_: str) -> Iterator[TranslationUnit]:
    return read_parquet(path)


def _stored(path: _Place, source_lang: str, target_lang: str) -> Iterator[TranslationUnit]:
    with open_memory(path) as db:
        yield from stored_units(db, Scope(), source_lang, target_lang)


FORMATS: dict[str, Format] = {
    "tmx": Format(write_tmx, _save_tmx, read_tmx, unread=True, once=True),
    "tsv": Format(write_tsv, None, read_tsv),
    "jsonl": Format(None, _save_jsonl, _read_jsonl),
    "xlsx": Format(write_xlsx, None, _read_xlsx),
    "xliff": Format(write_xliff, None, _read_xliff, unread=True),
    "html": Format(write_page, _save_html),
    "parquet": Format(write_parquet, None, _read_parquet, unread=True, pairs=True),
    "moses": Format(write_moses, files=2, unread=True),
    "beads": Format(None, _save_beads),
}


def format_of(place: _Place, name: str | None = None) -> str:
    """The format of a file: by name, else by its ending, `.gz` aside; TMX for `-`.

    Raises FormatError for an unknown format.
    """
    known = ", ".join(FORMATS)
    chosen = named_format(place) if name is None else ALIASES.get(name.lower(), name.lower())
    if name is None and (str(place) == STANDARD_OUTPUT or not chosen):
        return "tmx"
    if chosen in FORMATS:
        return chosen
    if name:
        raise FormatError(f"{name}: unknown format; the formats are {known}")
    raise FormatError(f"{place}: unknown file ending; choose a format with --format ({known})")


def least_confidence(form: str, asked: float | None = None) -> float:
    """Return the minimum confidence of pairs to write: the one given, or the format's default.

    Formats for programs, which are used without being read first, contain only likely pairs;
    formats for people contain all pairs, with their confidence. Bead files are complete,
    whatever is given.
    """
    if form == "beads":
        return 0.0
    if asked is not None:
        return asked
    return LEAST_CONFIDENCE if FORMATS[form].unread else 0.0


def save_alignment(
    alignment: Alignment, place: _Place, form: str, min_confidence: float | None = None
) -> None:
    """Write an alignment to a file, or to standard output for `-`; raises OutputError.

    Pairs below `min_confidence`, or else `least_confidence` of the format, are left out.
    """
    save_parts([Part(alignment)], place, form, min_confidence)


def save_parts(
    parts: Iterable[Part], place: _Place, form: str, min_confidence: float | None = None
) -> None:
    """Like `save_alignment`, for one in parts; most formats write each as it comes."""
    # Errors in the first part are raised before the output is created.
    remaining = iter(parts)
    parts = chain([next(remaining)], remaining)
    chosen = FORMATS[form]
    least = least_confidence(form, min_confidence)
    if chosen.write_alignment is not None:
        chosen.write_alignment(parts, place, least)
    else:
        save_units(_pair_units(parts, least), place, form)


def save_units(units: _Units, place: _Place, form: str, head: str = "") -> None:
    """Write units; `head` is that of the TMX they come from, if they do.

    Raises OutputError, and UsageError for a format that holds the sentences of an alignment,
    and for several language pairs where a format holds one.
    """
    write = FORMATS[form].write
    if write is None:
        raise UsageError(
            f"{form} holds the sentences of an alignment, which a memory doesn't keep; "
            "convert a .jsonl, or align again"
        )
    if form == "tmx":
        write_tmx(units, place, head)
    else:
        write(units if FORMATS[form].pairs else of_one_pair(units), place)


def open_units(
    path: _Place, source_lang: str = "", target_lang: str = "", form: str | None = None
) -> tuple[str, Iterator[TranslationUnit]]:
    """The head of a TMX, "" of other files, and the units of any file that has some.

    A memory database is recognised by its content, not by its name.

    Raises FormatError for a format that is not read, and what the reader of its format
    raises. A TMX gives its units without a target too, as `open_tmx` says.
    """
    if is_memory(path):
        return "", _stored(path, source_lang, target_lang)
    named = str(path) == STANDARD_OUTPUT or named_format(path) in FORMATS
    if form is None and not named:
        raise FormatError(no_units(path))
    form = format_of(path, form)
    read = FORMATS[form].read
    if read is None:
        raise FormatError(f"{path}: {form} can't be read; give the file it was made from")
    with exhaustion(path, FormatError):
        if form == "tmx":
            head, units = open_tmx(path, source_lang, target_lang)
        else:
            head, units = "", read(path, source_lang, target_lang)
    return head, _careful(units, path)


def _careful(units: Iterator[TranslationUnit], path: _Place) -> Iterator[TranslationUnit]:
    """The units, whatever they need told in one line."""
    with exhaustion(path, FormatError):
        yield from units

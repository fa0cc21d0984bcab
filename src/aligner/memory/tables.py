"""Tables: rows of texts with what is known of them, and units of rows again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from aligner.errors import FormatError
from aligner.memory.output import save
from aligner.memory.properties import BEAD, CONFIDENCE, shown_confidence
from aligner.memory.source import lines_of
from aligner.memory.units import clean_text, unit_id
from aligner.types import TranslationUnit

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def write_tsv(units: Iterable[TranslationUnit], place: str | Path) -> None:
    """Write a row for each unit: source, target, confidence, bead type; first their names.

    The columns of texts are named by their languages. Raises OutputError.
    """
    save(_lines(units), place)


def _lines(units: Iterable[TranslationUnit]) -> Iterator[str]:
    named = False
    for unit in units:
        if not named:
            yield f"{unit.source_lang}\t{unit.target_lang}\tconfidence\tbead\n"
            named = True
        texts = "\t".join(clean_text(text) for text in (unit.source, unit.target))
        yield f"{texts}\t{shown_confidence(unit)}\t{unit.property(BEAD)}\n"


def read_tsv(
    path: str | Path, source_lang: str = "", target_lang: str = ""
) -> Iterator[TranslationUnit]:
    """Read a table of texts; the languages are those of its first row where it names them.

    Further columns are confidence and bead type. Raises ReadError and FormatError, with the
    line.
    """
    languages: Sequence[str] = (source_lang, target_lang)
    for number, line in enumerate(lines_of(path), start=1):
        cells = line.split("\t")
        if len(cells) < 2:
            raise FormatError(f"{path}: line {number}: no tab between a source and a target")
        if number == 1 and all(_LANGUAGE.fullmatch(cell.strip()) for cell in cells[:2]):
            languages = [cell.strip() for cell in cells[:2]]
            continue
        if not all(languages):
            raise FormatError(
                f"{path}: line 1: names no languages, as in zh-CN and en-US; name them there, "
                "or run: aligner tm convert FILE --source-lang zh-CN --target-lang en-US -o OUT.tmx"
            )
        properties = zip((CONFIDENCE, BEAD), cells[2:], strict=False)
        yield make_unit((cells[0], cells[1]), languages, properties)


def make_unit(
    texts: Sequence[str],
    languages: Sequence[str],
    properties: Iterable[tuple[str, str]] = (),
    note: str = "",
    created: str = "",
) -> TranslationUnit:
    """A unit of what a table says; its identifier comes from its texts."""
    source, target = map(clean_text, texts)
    return TranslationUnit(
        source,
        target,
        languages[0],
        languages[1],
        unit_id(source, target, languages[0], languages[1]),
        created,
        tuple((name, value) for name, value in properties if value),
        note,
    )

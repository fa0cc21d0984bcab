"""Plain parallel text, as Moses and machine translation want it: a file for each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path

from aligner.errors import FormatError, UsageError
from aligner.languages import base_language, language_code
from aligner.memory.output import STANDARD_OUTPUT, check_place, writing
from aligner.memory.source import lines_of
from aligner.memory.tables import make_unit
from aligner.memory.units import clean_text
from aligner.types import TranslationUnit

_LOOKED_AT = 1000  # lines that show how a language is written


def moses_places(place: str | Path, source_lang: str, target_lang: str) -> tuple[Path, Path]:
    """The two files for `corpus` or `corpus.moses`: `corpus.zh` and `corpus.en`."""
    stem = Path(place)
    if stem.suffix == ".moses":
        stem = stem.with_suffix("")
    codes = (source_lang, target_lang)
    endings = [base_language(code) for code in codes]
    if endings[0] == endings[1]:
        endings = list(codes)
    first, second = (stem.with_name(f"{stem.name}.{ending}") for ending in endings)
    return first, second


def write_moses(units: Iterable[TranslationUnit], place: str | Path) -> None:
    """Write texts one a line into two files, which `moses_places` names.

    They are of one language pair. Raises OutputError, FormatError if there is no unit and
    UsageError for standard output, which is one file.
    """
    if str(place) == STANDARD_OUTPUT:
        raise UsageError(
            "moses writes two files, one per language; name them with -o, as in -o corpus"
        )
    remaining = iter(units)
    first = next(remaining, None)
    if first is None:
        raise FormatError("no translation units to write")
    languages = (first.source_lang, first.target_lang)
    places = moses_places(place, *languages)
    for path in places:
        check_place(path)
    with writing(places[0]) as source, writing(places[1]) as target:
        for unit in chain((first,), remaining):
            texts = [clean_text(text) for text in (unit.source, unit.target)]
            if all(texts):
                source.write(f"{texts[0]}\n".encode())
                target.write(f"{texts[1]}\n".encode())


def read_moses(
    source: str | Path, target: str | Path, source_lang: str = "", target_lang: str = ""
) -> Iterator[TranslationUnit]:
    """Read two files of one text a line; the languages are their endings unless given.

    An ending without a country gets one where the first texts show it (`language_code`). Pairs
    with an empty side are passed over. Raises ReadError, and FormatError if the files are
    of different lengths.
    """
    languages = [
        given or _language_of(path)
        for given, path in ((source_lang, source), (target_lang, target))
    ]
    pairs = zip_longest(lines_of(source), lines_of(target))
    for number, (one, other) in enumerate(pairs, start=1):
        if one is None or other is None:
            shorter = source if one is None else target
            raise FormatError(f"{shorter}: line {number}: is missing; the other file has one")
        unit = make_unit((one, other), languages)
        if unit.source and unit.target:
            yield unit


def _language_of(path: str | Path) -> str:
    """The language that a file's ending names, as its first texts are written."""
    ending = Path(path).name.removesuffix(".gz").rpartition(".")[2]
    return language_code(ending, "\n".join(islice(lines_of(path), _LOOKED_AT)))

"""TMX 1.4, written as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import starmap
from pathlib import Path

from aligner._version import __version__
from aligner.errors import FormatError
from aligner.languages import matches_language, same_languages
from aligner.memory.output import save
from aligner.memory.pairs import of_one_pair
from aligner.types import TranslationUnit

_TOOL = "aligner"
_REPLACEMENTS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_SOURCE_LANG = re.compile(r"""<header\b[^>]*?\ssrclang\s*=\s*["']([^"']*)""")
_OWN_SOURCE = re.compile(r"<tu\b[^>]*\ssrclang\s*=")
# All but what can be written as it stands: one class of characters, which is fast.
_SPECIAL = re.compile("[^\t\n\x20-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_tmx(units: Iterable[TranslationUnit], place: str | Path, head: str = "") -> None:
    """Write units as TMX 1.4; `-` is standard output, a name in `.gz` is packed.

    `head` is another memory's, as `open_tmx` gives it; without one the units must be of one
    pair of languages, and the header takes its language and date from the first. A unit whose
    source is in another country's language than the header's says so itself. Raises
    OutputError, FormatError if there is no unit and UsageError if they are of several
    language pairs.
    """
    save(tmx_chunks(units, head), place)


def tmx_chunks(units: Iterable[TranslationUnit], head: str = "") -> Iterator[str]:
    """The text of a TMX file, piece by piece; raises FormatError if there is no unit."""
    remaining = iter(units) if head else of_one_pair(units)
    first = next(remaining, None)
    if first is None:
        raise FormatError("no translation units to write; an empty TMX is of no use to a CAT tool")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield head or _head(first)
    yield "\n"
    source_lang = _source_lang(head) if head else first.source_lang
    yield unit_element(first, source_lang)
    for unit in remaining:
        yield unit_element(unit, source_lang)
    yield "  </body>\n</tmx>\n"


def _head(first: TranslationUnit) -> str:
    created = f' creationdate="{_quoted(first.created)}"' if first.created else ""
    return (
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        '<tmx version="1.4">\n'
        f'  <header creationtool="{_TOOL}" creationtoolversion="{_quoted(__version__)}" '
        f'segtype="sentence" o-tmf="{_TOOL}" adminlang="en-US" '
        f'srclang="{_quoted(first.source_lang)}" datatype="plaintext"{created}/>\n'
        "  <body>"
    )


def unit_element(unit: TranslationUnit, source_lang: str = "") -> str:
    """A unit as a `tu` element with a line end.

    One whose source is in the language of another country than the file's names it as `srclang`.
    """
    code = unit.source_lang
    is_other = (
        code != source_lang
        and same_languages([code], [source_lang])
        and not matches_language(code, source_lang)
    )
    if unit.markup:
        own = is_other and not _OWN_SOURCE.match(unit.markup)
        named = f'<tu srclang="{_quoted(code)}"{unit.markup[3:]}' if own else unit.markup
        return f"    {named}\n"
    about = (
        *(("tuid", unit.id), ("srclang", code if is_other else "")),
        *(("creationdate", unit.created), ("changedate", unit.changed)),
    )
    attributes = "".join([f' {name}="{_quoted(value)}"' for name, value in about if value])
    note = f"      <note>{_escaped(unit.note)}</note>\n" if unit.note else ""
    properties = "".join(starmap(_property, unit.properties))
    sides = ((unit.source_lang, unit.source), (unit.target_lang, unit.target), *unit.others)
    variants = "".join([_variant(language, text) for language, text in sides if language])
    return f"    <tu{attributes}>\n{note}{properties}{variants}    </tu>\n"


def _source_lang(head: str) -> str:
    found = _SOURCE_LANG.search(head)
    return found[1] if found else ""


# Documents, dates and the like come back from unit to unit.
@lru_cache(maxsize=1 << 14)
def _property(name: str, value: str) -> str:
    return f'      <prop type="{_quoted(name)}">{_escaped(value)}</prop>\n'


def _variant(language: str, text: str) -> str:
    return f'      <tuv xml:lang="{_quoted(language)}"><seg>{_escaped(text)}</seg></tuv>\n'


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_replace, text)


def _quoted(text: str) -> str:
    return _SPECIAL.sub(_replace, text).replace('"', "&quot;")


def _replace(match: re.Match[str]) -> str:
    return _REPLACEMENTS.get(match[0], "")

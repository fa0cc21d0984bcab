"""TMX 1.1 to 1.4b, as real tools write it, unit by unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from aligner.memory.tmx.element import make_unit
from aligner.memory.tmx.stream import Entry, TmxStream
from aligner.types import TranslationUnit

_PREFIXED = re.compile(r"<[^<>]*\s(?!xml:|xmlns:)[\w.-]+:[\w.-]+\s*=|<[\w.-]+:")


def read_tmx(
    path: str | Path, source_lang: str = "", target_lang: str = ""
) -> Iterator[TranslationUnit]:
    """Read the units of a TMX file one by one; `-` is standard input, gzip is unpacked.

    The source is the variant in `source_lang`, or else in the source language that the unit
    or the header names, or else the first; the target is the variant in `target_lang`, or
    else the first other. Units without both are passed over. Languages match when they are
    alike but for the country. Inline codes are not part of the texts; each unit's `markup`
    keeps them. Raises ReadError for a file that can't be opened and FormatError, with the
    line, for one that is not well-formed TMX or hostile.
    """
    _, units = open_tmx(path, source_lang, target_lang)
    yield from (unit for unit in units if unit.target_lang)


def open_tmx(
    path: str | Path, source_lang: str = "", target_lang: str = ""
) -> tuple[str, Iterator[TranslationUnit]]:
    """The head of a TMX file, from its document type to `<body>` as it stands, and all units.

    A unit without a target has "" for it and its language. Otherwise like `read_tmx`.
    """
    stream = TmxStream(path)
    entries = iter(stream)
    first = next(entries, None)
    default_lang = stream.outside.get("header", {}).get("srclang", "")
    languages = source_lang, target_lang, default_lang
    made = (
        make_unit(_markup(entry, stream.namespaces), entry.parts, *languages)
        for entry in chain((first,), entries)
        if entry
    )
    return stream.head, (unit for unit in made if unit)


def _markup(entry: Entry, namespaces: str) -> str:
    """An element that can stand in any file, with the comments before it."""
    element = entry.element
    if namespaces and _PREFIXED.search(element):
        element = f"<tu{namespaces}{element[len('<tu') :]}"
    return f"{entry.comments}\n    {element}" if entry.comments else element

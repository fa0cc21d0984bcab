"""TMX 1.1 to 1.4b, as real tools write it, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import quoteattr

from aligner.memory.tmx.element import make_unit, read_parts
from aligner.memory.xml import XmlStream
from aligner.types import TranslationUnit


def read_tmx(
    path: str | Path, source_lang: str = "", target_lang: str = ""
) -> Iterator[TranslationUnit]:
    """Read the units of a TMX file one by one; `-` is standard input, gzip is unpacked.

    The source is the variant in `source_lang`, or else in the source language that the unit
    or the header names, or else the first; the target is the variant in `target_lang`, or
    else the first other. Units without both are passed over. Languages match when they are
    alike but for the country. Inline codes are no part of the texts; each unit's `markup`
    keeps them. Raises ReadError for a file that can't be opened and FormatError, with the
    line, for one that is no well-formed TMX or hostile.
    """
    _, units = open_tmx(path, source_lang, target_lang)
    yield from (unit for unit in units if unit.target_lang)


def open_tmx(
    path: str | Path, source_lang: str = "", target_lang: str = ""
) -> tuple[str, Iterator[TranslationUnit]]:
    """The head of a TMX file, from its document type to `<body>` as it stands, and all units.

    A unit without a target has "" for it and its language. Otherwise like `read_tmx`.
    """
    xml = tmx_stream(path)
    entries = iter(xml)
    first = next(entries, None)
    waiting = chain(() if first is None else (first,), entries)
    return xml.head, _units(xml, waiting, source_lang, target_lang)


def tmx_stream(path: str | Path) -> XmlStream:
    """The `tu` elements of a TMX file."""
    return XmlStream(path, "tmx", "body", "tu")


def _units(
    xml: XmlStream, entries: Iterator[tuple[int, str]], source_lang: str, target_lang: str
) -> Iterator[TranslationUnit]:
    default_lang = xml.outside.get("header", {}).get("srclang", "")
    namespaces = declared_namespaces(xml)
    for _, element in entries:
        parts = read_parts(element, namespaces)
        unit = make_unit(element, parts, source_lang, target_lang, default_lang)
        if unit is not None:
            yield unit


def declared_namespaces(xml: XmlStream) -> str:
    """The attributes of the root that declare prefixes, as they are written."""
    root = xml.outside.get("tmx", {}).items()
    return "".join(f" {name}={quoteattr(v)}" for name, v in root if name.startswith("xmlns:"))

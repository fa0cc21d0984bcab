"""Translation Memory eXchange 1.4, written and read as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from aligner._version import __version__
from aligner.errors import FormatError, ReadError, UsageError
from aligner.memory.output import save
from aligner.memory.units import FORBIDDEN
from aligner.types import TranslationUnit

_TOOL = "aligner"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_tmx(units: Iterable[TranslationUnit], place: str | Path) -> None:
    """Write units of one language pair as TMX 1.4; `-` is standard output.

    The header takes its languages and date from the first unit. Raises OutputError, and
    UsageError where there is no unit or the units are of several language pairs.
    """
    save(tmx_chunks(units), place)


def tmx_chunks(units: Iterable[TranslationUnit]) -> Iterator[str]:
    """The text of a TMX file, piece by piece."""
    remaining = iter(units)
    first = next(remaining, None)
    if first is None:
        raise UsageError("no translation unit to write; an empty TMX is of no use to a CAT tool")
    created = f" creationdate={quoteattr(first.created)}" if first.created else ""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        '<tmx version="1.4">\n'
        f'  <header creationtool="{_TOOL}" creationtoolversion={quoteattr(__version__)} '
        f'segtype="sentence" o-tmf="{_TOOL}" adminlang="en-US" '
        f'srclang={quoteattr(first.source_lang)} datatype="plaintext"{created}/>\n'
        "  <body>\n"
    )
    yield _unit(first)
    for unit in remaining:
        if (unit.source_lang, unit.target_lang) != (first.source_lang, first.target_lang):
            raise UsageError(
                f"units of {first.source_lang}/{first.target_lang} and of "
                f"{unit.source_lang}/{unit.target_lang} don't go into one TMX; write one a pair"
            )
        yield _unit(unit)
    yield "  </body>\n</tmx>\n"


def _unit(unit: TranslationUnit) -> str:
    identity = f" tuid={quoteattr(_clean(unit.id))}" if unit.id else ""
    created = f" creationdate={quoteattr(unit.created)}" if unit.created else ""
    lines = [f"    <tu{identity}{created}>"]
    if unit.note:
        lines.append(f"      <note>{escape(_clean(unit.note))}</note>")
    lines += [
        f"      <prop type={quoteattr(_clean(name))}>{escape(_clean(value))}</prop>"
        for name, value in unit.properties
    ]
    for language, text in ((unit.source_lang, unit.source), (unit.target_lang, unit.target)):
        lines.append(
            f"      <tuv xml:lang={quoteattr(language)}><seg>{escape(_clean(text))}</seg></tuv>"
        )
    lines.append("    </tu>\n")
    return "\n".join(lines)


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def read_tmx(path: str | Path) -> Iterator[TranslationUnit]:
    """Read a TMX file's units one by one, the header's source language first.

    A unit without that language takes its first variant as the source; units with a single
    side are passed over. Raises ReadError for a file that can't be opened and FormatError,
    with the line, for one that is no well-formed TMX or declares entities.
    """
    path = Path(path)
    source_lang = ""
    for element in _elements(path):
        if element.tag == "header":
            source_lang = element.get("srclang", "")
        elif element.tag == "tu":
            unit = _read_unit(element, source_lang)
            if unit is not None:
                yield unit
            # What has been read is let go, so that memory stays flat.
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _elements(path: Path) -> Iterator[Any]:
    """The elements of a TMX file as they end."""
    from lxml import etree

    try:
        with path.open("rb") as file:
            events = etree.iterparse(
                file,
                events=("start", "end"),
                resolve_entities=False,
                no_network=True,
                remove_comments=True,
                remove_pis=True,
            )
            _, root = next(events)
            _check_root(root, path)
            yield from (element for event, element in events if event == "end")
    except OSError as exc:
        raise ReadError(f"{path}: can't be read ({exc.strerror or exc})") from exc
    except etree.XMLSyntaxError as exc:
        raise FormatError(f"{path}: line {exc.lineno}: not well-formed XML ({exc.msg})") from exc


def _check_root(root: Any, path: Path) -> None:
    if root.tag != "tmx":
        raise FormatError(f"{path}: not a TMX file: it begins with <{root.tag}>")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise FormatError(f"{path}: declares XML entities, which TMX has no use for; remove them")


def _read_unit(element: Any, source_lang: str) -> TranslationUnit | None:
    variants = []
    for tuv in element.iterchildren("tuv"):
        seg = tuv.find("seg")
        text = "" if seg is None else "".join(seg.itertext())
        variants.append((tuv.get(_LANG) or tuv.get("lang") or "", text))
    if len(variants) < 2:
        return None
    is_source = [language.lower() == source_lang.lower() for language, _ in variants]
    source = variants.pop(is_source.index(True) if True in is_source else 0)
    target = variants[0]
    return TranslationUnit(
        source[1],
        target[1],
        source[0],
        target[0],
        element.get("tuid", ""),
        element.get("creationdate", ""),
        tuple((p.get("type", ""), p.text or "") for p in element.iterchildren("prop")),
        element.findtext("note", ""),
    )

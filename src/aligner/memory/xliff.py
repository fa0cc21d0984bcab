"""XLIFF 2.0 (OASIS, 2014), for tools that review or post-edit documents rather than memories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain, count, groupby
from pathlib import Path
from typing import Any

from aligner.errors import FormatError, unreadable
from aligner.memory.output import save
from aligner.memory.source import open_bytes
from aligner.memory.tables import make_unit
from aligner.memory.units import FORBIDDEN
from aligner.types import TranslationUnit

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_CREATED = "creationdate"
_CHECKED = ("x-checked", "yes")


def write_xliff(units: Iterable[TranslationUnit], place: str | Path) -> None:
    """Write units of one language pair, with a `file` for each document that they name.

    Properties become metadata; a checked unit's segment is `final`, others `translated`. The
    codes of the first unit stand for all, be they of other countries. Raises OutputError, and
    FormatError where there is no unit.
    """
    save(_chunks(units), place)


def _chunks(units: Iterable[TranslationUnit]) -> Iterator[str]:
    remaining = iter(units)
    first = next(remaining, None)
    if first is None:
        raise FormatError("no translation unit to write")
    languages = (first.source_lang, first.target_lang)
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff xmlns="{_CORE}" xmlns:mda="{_METADATA}" version="2.0" '
        f'srcLang="{_escaped(languages[0])}" trgLang="{_escaped(languages[1])}">\n'
    )
    documents = groupby(chain((first,), remaining), key=lambda unit: unit.property("x-document"))
    number = count(1)
    for file, (document, group) in enumerate(documents, start=1):
        original = f' original="{_escaped(document)}"' if document else ""
        yield f'  <file id="f{file}"{original}>\n'
        for unit in group:
            yield _unit(unit, next(number))
        yield "  </file>\n"
    yield "</xliff>\n"


def _unit(unit: TranslationUnit, number: int) -> str:
    facts = [*unit.properties, *([(_CREATED, unit.created)] if unit.created else [])]
    meta = "".join(
        f'<mda:meta type="{_escaped(name)}">{_escaped(value)}</mda:meta>' for name, value in facts
    )
    group = f'<mda:metaGroup category="aligner">{meta}</mda:metaGroup>'
    metadata = f"      <mda:metadata>{group}</mda:metadata>\n" if facts else ""
    note = f"      <notes><note>{_escaped(unit.note)}</note></notes>\n" if unit.note else ""
    state = "final" if _CHECKED in unit.properties else "translated"
    return (
        f'    <unit id="u{number}">\n{metadata}{note}      <segment state="{state}">\n'
        f"        <source>{_escaped(unit.source)}</source>\n"
        f"        <target>{_escaped(unit.target)}</target>\n"
        "      </segment>\n    </unit>\n"
    )


def _escaped(text: str) -> str:
    return escape(FORBIDDEN.sub("", text))


def read_xliff(path: str | Path) -> Iterator[TranslationUnit]:
    """Read the segments of an XLIFF 2 file that have a target.

    Inline codes are no part of the texts. Raises ReadError and FormatError, with the line.
    """
    root = _parsed(path)
    names = {"x": root.tag.removesuffix("xliff")[1:-1], "mda": _METADATA}
    if not names["x"].startswith("urn:oasis:names:tc:xliff:document:2"):
        version = root.get("version", "")
        raise FormatError(f"{path}: line {root.sourceline}: not XLIFF 2 but {root.tag} {version}")
    languages = root.get("srcLang", ""), root.get("trgLang", "")
    if not all(languages):
        raise FormatError(f"{path}: line {root.sourceline}: names no srcLang or no trgLang")
    for unit in root.iterfind(".//x:unit", names):
        given = {m.get("type"): m.text or "" for m in unit.iterfind(".//mda:meta", names)}
        created = given.pop(_CREATED, "")
        given.pop(_CHECKED[0], None)
        note = "\n".join(note.text or "" for note in unit.iterfind("x:notes/x:note", names))
        for segment in unit.iterfind("x:segment", names):
            texts = [_text(segment.find(f"x:{side}", names)) for side in ("source", "target")]
            checked = [_CHECKED] if segment.get("state") == "final" else []
            if all(texts):
                yield make_unit(texts, languages, [*given.items(), *checked], note, created)


def _text(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())


def _parsed(path: str | Path) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        with open_bytes(path) as file:
            # Without this lxml takes the file's name, which may be no text.
            tree = etree.parse(file, parser, base_url="memory.xliff")
    except OSError as exc:
        raise unreadable(path, exc) from exc
    except etree.XMLSyntaxError as exc:
        raise FormatError(f"{path}: line {exc.lineno}: not well-formed XML ({exc.msg})") from exc
    declared: Any = tree.docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise FormatError(f"{path}: line 1: declares XML entities, which are refused; remove them")
    return tree.getroot()

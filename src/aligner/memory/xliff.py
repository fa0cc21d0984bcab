"""XLIFF 2.0 (OASIS, 2014), for tools that review or post-edit documents rather than memories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain, count, groupby
from pathlib import Path
from typing import Any

from aligner.bounds import MAX_LINE
from aligner.errors import FormatError, unreadable
from aligner.memory.output import save
from aligner.memory.properties import CHECKED, DOCUMENT, YES
from aligner.memory.source import open_bytes
from aligner.memory.tables import make_unit
from aligner.memory.units import FORBIDDEN
from aligner.types import TranslationUnit

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_CHUNK = 1 << 16
_CREATED = "creationdate"
_CHECKED = (CHECKED, YES)


def write_xliff(units: Iterable[TranslationUnit], place: str | Path) -> None:
    """Write units of one language pair, with a `file` for each document that they name.

    Properties become metadata; a checked unit's segment is `final`, others `translated`. The
    codes of the first unit stand for all, be they of other countries. Raises OutputError, and
    FormatError if there is no unit.
    """
    save(_chunks(units), place)


def _chunks(units: Iterable[TranslationUnit]) -> Iterator[str]:
    remaining = iter(units)
    first = next(remaining, None)
    if first is None:
        raise FormatError("no translation units to write")
    languages = (first.source_lang, first.target_lang)
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff xmlns="{_CORE}" xmlns:mda="{_METADATA}" version="2.0" '
        f'srcLang="{_escaped(languages[0])}" trgLang="{_escaped(languages[1])}">\n'
    )
    documents = groupby(chain((first,), remaining), key=lambda unit: unit.property(DOCUMENT))
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
    """Read the segments of an XLIFF 2 file that have a target, unit by unit.

    Inline codes are not part of the texts. Raises ReadError and FormatError, with the line.
    """
    for root, unit in _units(path):
        names = {"x": _core(root), "mda": _METADATA}
        languages = root.get("srcLang", ""), root.get("trgLang", "")
        given = {m.get("type"): m.text or "" for m in unit.iterfind(".//mda:meta", names)}
        created = given.pop(_CREATED, "")
        given.pop(CHECKED, None)
        note = "\n".join(note.text or "" for note in unit.iterfind("x:notes/x:note", names))
        for segment in unit.iterfind("x:segment", names):
            texts = [_text(segment.find(f"x:{side}", names)) for side in ("source", "target")]
            checked = [_CHECKED] if segment.get("state") == "final" else []
            if all(texts):
                yield make_unit(texts, languages, [*given.items(), *checked], note, created)


def _checked(tree: Any, path: str | Path) -> Any:
    """The root of XLIFF 2; raises FormatError for other files and for entities."""
    declared, root = tree.docinfo.internalDTD, tree.getroot()
    if declared is not None and any(declared.iterentities()):
        raise FormatError(f"{path}: line 1: declares XML entities, which are refused; remove them")
    where = f"{path}: line {root.sourceline}"
    if not _core(root).startswith("urn:oasis:names:tc:xliff:document:2"):
        raise FormatError(f"{where}: not XLIFF 2 but {root.tag} {root.get('version', '')}")
    if not root.get("srcLang") or not root.get("trgLang"):
        raise FormatError(f"{where}: srcLang or trgLang is missing")
    return root


def _core(root: Any) -> str:
    """The namespace of a file's own elements."""
    return str(root.tag.removesuffix("xliff")[1:-1])


def _text(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())


def _units(path: str | Path) -> Iterator[tuple[Any, Any]]:
    """The root of a file with each of its units, of which one at a time is held."""
    from lxml import etree

    parser = etree.XMLPullParser(
        ("end",),
        tag="{*}unit",
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    waiting = 0  # bytes since the last unit
    try:
        with open_bytes(path) as file:
            while data := file.read(_CHUNK):
                waiting += len(data)
                parser.feed(data)
                for _, unit in parser.read_events():
                    yield _checked(unit.getroottree(), path), unit
                    _drop_before(unit)
                    waiting = 0
                if waiting > MAX_LINE:
                    raise FormatError(f"{path}: a unit of over {MAX_LINE >> 20} MiB; check it")
            _checked(parser.close().getroottree(), path)
    except OSError as exc:
        raise unreadable(path, exc) from exc
    except etree.XMLSyntaxError as exc:
        what = " ".join(exc.msg.split())
        raise FormatError(f"{path}: line {exc.lineno}: not well-formed XML ({what})") from exc


def _drop_before(element: Any) -> None:
    """Let go of an element's content, and of all that is done with before it."""
    element.clear()
    while element is not None:
        while element.getprevious() is not None:
            del element.getparent()[0]
        element = element.getparent()

"""Check whether CAT tools will accept a TMX file: the DTD, and rules beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from aligner.errors import FormatError
from aligner.kinds import Kind, kind_of_file, no_tmx
from aligner.languages import language_code, matches_language
from aligner.memory.tmx.element import XML_LANG, parse_unit
from aligner.memory.tmx.stream import TmxStream
from aligner.scripts import UNSPACED, WIDE_MARKS, WIDE_STOPS

_DTD = Path(__file__).with_name("tmx14.dtd")
_LONG = 10_000
# A part of a file declares the prefix of xml:lang itself; the other is told in two ways.
_NO_MATTER = re.compile("attribute xmlns:|is different from default")
_TOLD_ONCE = frozenset(("language", "pair", "property"))
_DATES = ("creationdate", "changedate", "lastusagedate")
_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{4,8})*")
# In running text; in headings a space is meant: 第一章 总则.
_WIDE_GAP = re.compile(f"[{UNSPACED}{WIDE_MARKS}] [{UNSPACED}{WIDE_MARKS}]")
_RUNNING = re.compile(f"[{WIDE_STOPS}，；]")


class Level(StrEnum):
    """An error makes tools refuse or lose units, a warning makes them of less use."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong on a line; `rule` names the kind of it."""

    line: int
    level: Level
    rule: str
    message: str


def validate_tmx(path: str | Path) -> Iterator[Finding]:
    """Check a TMX file against the TMX 1.4 document type and the rules for usable memories.

    Findings about the whole file, such as a code for Chinese that doesn't show its script, are
    reported once, at the first occurrence. Raises ReadError, and FormatError for a file that is
    not a well-formed TMX.
    """
    other = kind_of_file(Path(path))
    if other is not None and other is not Kind.TMX:
        raise FormatError(no_tmx(other, path))
    stream = TmxStream(path)
    told: set[tuple[str, str]] = set()
    tuids: set[int] = set()
    number = 0
    for number, entry in enumerate(stream, start=1):
        if number == 1:
            yield from _check_head(stream)
        unit = parse_unit(entry.element, stream.namespaces)
        for finding in _check_unit(entry.line, unit, stream.outside.get("header", {})):
            kind = (finding.rule, finding.message)
            if finding.rule not in _TOLD_ONCE or kind not in told:
                told.add(kind)
                yield finding
        tuid = entry.parts.attributes.get("tuid", "")
        if tuid:
            key = hash(tuid)
            if key in tuids:
                yield Finding(
                    entry.line, Level.ERROR, "tuid", f"{tuid} identifies another unit too"
                )
            tuids.add(key)
    if not number:
        yield from _check_head(stream)
        yield Finding(1, Level.ERROR, "empty", "there is no translation unit")


def _check_head(stream: TmxStream) -> Iterator[Finding]:
    from lxml import etree

    if stream.source.has_bom:
        yield Finding(1, Level.WARNING, "encoding", "begins with a byte order mark; remove it")
    if stream.source.encoding != "utf-8":
        yield Finding(1, Level.WARNING, "encoding", f"in {stream.source.encoding}; use UTF-8")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root: Any = etree.fromstring(f"{stream.head}</body></tmx>".encode(), parser)
    except etree.XMLSyntaxError as exc:
        what = " ".join(re.sub(", line .*", "", exc.msg).split())
        line = stream.head_line + (exc.lineno or 1) - 1
        raise stream.error(f"not well-formed XML ({what})", line) from exc
    yield from _check_dtd(stream.head_line, root)
    header = root.find("header")
    if header is not None:
        line = stream.head_line + header.sourceline - 1
        yield from _check_dates(line, header)
        if header.get("segtype", "sentence") != "sentence":
            message = f"segtype is {header.get('segtype')}; tools look for sentences"
            yield Finding(line, Level.WARNING, "segtype", message)


def _check_unit(first_line: int, unit: Any, header: dict[str, str]) -> Iterator[Finding]:
    yield from _check_dtd(first_line, unit)
    yield from _check_dates(first_line, unit)
    variants = list(unit.iterchildren("tuv"))
    codes = [_language(variant) for variant in variants]
    if len(variants) == 1:
        yield Finding(first_line, Level.ERROR, "side", f"only {codes[0]}, no translation")
    if len(variants) > 2 or len(set(codes)) < len(codes):
        message = "not two languages with one text each; some tools read only the first two"
        yield Finding(first_line, Level.WARNING, "pair", message)
    source = unit.get("srclang") or header.get("srclang", "")
    named = source and any(matches_language(code, source) for code in codes)
    if source != "*all*" and not named:
        message = f"srclang is {source or 'missing'}, the texts are in {', '.join(codes)}"
        yield Finding(first_line, Level.ERROR, "srclang", message)
    for prop in unit.iterchildren("prop"):
        if not prop.get("type", "x-").startswith("x-"):
            line = first_line + prop.sourceline - 1
            message = f"{prop.get('type')}: custom names must begin with x-"
            yield Finding(line, Level.WARNING, "property", message)
    for variant, code in zip(variants, codes, strict=True):
        yield from _check_variant(first_line + variant.sourceline - 1, variant, code)


def _check_variant(line: int, variant: Any, code: str) -> Iterator[Finding]:
    yield from _check_dates(line, variant)
    text = "".join(variant.find("seg").itertext()) if variant.find("seg") is not None else ""
    if not text.strip():
        yield Finding(line, Level.ERROR, "side", f"the text in {code} is empty")
    elif text != " ".join(text.split()):
        message = "leading, trailing or double white space, or a line break"
        yield Finding(line, Level.WARNING, "white space", message)
    elif _WIDE_GAP.search(text) and _RUNNING.search(text):
        message = "a space within Chinese text; tools won't find the text without it"
        yield Finding(line, Level.WARNING, "white space", message)
    if "\ufffd" in text:
        yield Finding(
            line, Level.WARNING, "character", "a replacement character (U+FFFD); text was lost"
        )
    if len(text) > _LONG:
        message = f"{len(text)} characters; tools work with sentences"
        yield Finding(line, Level.WARNING, "length", message)
    yield from _check_code(line, code, text)
    opened = [element.get("i") for element in variant.iter("bpt")]
    closed = [element.get("i") for element in variant.iter("ept")]
    if sorted(map(str, opened)) != sorted(map(str, closed)):
        message = "bpt and ept don't come in pairs of the same i"
        yield Finding(line, Level.ERROR, "inline code", message)


def _check_code(line: int, code: str, text: str) -> Iterator[Finding]:
    if not _CODE.fullmatch(code):
        yield Finding(line, Level.ERROR, "language", f"{code or 'no code'}: not a language code")
    elif code.lower() == "zh" != language_code(code, text):
        message = (
            f"zh does not tell simplified from traditional, as {language_code(code, text)} does"
        )
        yield Finding(line, Level.WARNING, "language", message)
    elif code.lower() in ("zh-cn", "zh-sg") and language_code("zh", text) == "zh-TW":
        message = f"{code}, but in traditional characters"
        yield Finding(line, Level.WARNING, "script", message)


def _check_dates(line: int, element: Any) -> Iterator[Finding]:
    for name in _DATES:
        date = element.get(name)
        if date is not None and not _is_date(date):
            message = f"{name} is {date}; it should be like 20210330T000000Z"
            yield Finding(line, Level.ERROR, "date", message)


def _is_date(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y%m%dT%H%M%SZ")
    except ValueError:
        return False
    return re.fullmatch(r"\d{8}T\d{6}Z", text) is not None


def _check_dtd(first_line: int, element: Any) -> Iterator[Finding]:
    dtd = _dtd()
    if not dtd.validate(element):
        for problem in dtd.error_log:
            if not _NO_MATTER.search(problem.message):
                line = first_line + problem.line - 1
                yield Finding(line, Level.ERROR, "document type", problem.message)


@cache
def _dtd() -> Any:
    from lxml import etree

    return etree.DTD(str(_DTD))


def _language(variant: Any) -> str:
    return variant.get(XML_LANG) or variant.get("lang") or ""

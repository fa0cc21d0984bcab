"""A TMX under review: what the page does not show of it stays as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from itertools import accumulate
from pathlib import Path
from typing import Any

from aligner.confidence import parse_confidence
from aligner.document import Span
from aligner.errors import FormatError
from aligner.languages import same_languages
from aligner.memory import read_tmx
from aligner.memory.properties import CHECKED, CONFIDENCE, YES, is_checked
from aligner.memory.source import TextSource
from aligner.memory.tmx.element import XML_LANG
from aligner.memory.units import FORBIDDEN
from aligner.printable import printable_name
from aligner.review.rows import SIDES, Row, Rows, Side
from aligner.types import Alignment, Sentence

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def read_content(path: Path) -> str:
    """A TMX file's whole text; raises ReadError and FormatError."""
    from lxml import etree

    # The reader in `memory` refuses files that are not TMX, or are hostile.
    pairs = sum(unit.source_lang.lower() != unit.target_lang.lower() for unit in read_tmx(path))
    if not pairs:
        raise FormatError(f"{path}: no units in two languages; there is nothing to review")
    # Decoded as that reader does it, whatever the file says of its encoding.
    content = _DECLARATION.sub("", "".join(TextSource(path)), count=1)
    try:
        return _text(_parsed(content.encode()))
    except etree.XMLSyntaxError as exc:
        what = " ".join(exc.msg.split())
        raise FormatError(f"{path}: line {exc.lineno}: can't be reviewed ({what})") from exc


def parse(content: str, path: Path) -> tuple[Alignment, Rows]:
    """What there is to know of a TMX, and a row for each of its units.

    The paragraph of a sentence is the number of its unit, from 1 on. Of units in more than
    two languages the source and the first other one are shown.
    """
    tree = _parsed(content.encode())
    languages = _languages(tree)
    rows = []
    at = 0
    for number, unit in _units(tree):
        texts = [_flat(variant) for variant in _variants(unit, languages)]
        sides = []
        for text, language in zip(texts, languages, strict=True):
            span = Span(at, at + len(text or ""))
            sides.append(() if text is None else (Sentence(text, language, span, number, 1),))
            at = span.end + 1
        if any(sides):
            props = {p.get("type"): p.text or "" for p in unit.iterchildren("prop")}
            confidence = parse_confidence(props.get(CONFIDENCE, ""))
            rows.append(Row(sides[0], sides[1], confidence, checked=is_checked(props)))
    return Alignment((), (), (), *languages, document=printable_name(path.name)), tuple(rows)


def chunks(content: str, frame: Alignment, rows: Rows) -> Iterator[str]:
    """The text of the TMX `content` as the rows have it now.

    A row keeps the unit that its first sentence came from, with all that the unit holds; of
    inline codes those remain that stand outside of what was rewritten.
    """
    tree = _parsed(content.encode())
    languages = (frame.source_lang, frame.target_lang)
    of_unit: dict[int, list[Row]] = {}
    for row in rows:
        number = (*row.source, *row.target)[0].paragraph
        of_unit.setdefault(number, []).append(row)
    for number, unit in list(_units(tree)):
        if not any(variant is not None for variant in _variants(unit, languages)):
            continue
        made = [deepcopy(unit) for _ in of_unit.get(number, ())]
        for k, (new, row) in enumerate(zip(made, of_unit.get(number, ()), strict=True)):
            if k:
                _bare(new, languages)
            _update(new, row, languages)
        for new in reversed(made):
            unit.addnext(new)
        unit.getparent().remove(unit)
    yield _text(tree)


def _parsed(content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser).getroottree()


def _text(tree: Any) -> str:
    from lxml import etree

    body = etree.tostring(tree, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body.rstrip()}\n'


def _units(tree: Any) -> Iterator[tuple[int, Any]]:
    return enumerate(tree.getroot().iterfind("body/tu"), start=1)


def _languages(tree: Any) -> tuple[str, str]:
    """The header's source language, or else the first there is, and the commonest other."""
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for _, unit in _units(tree):
        codes = [_language(variant) for variant in unit.iterchildren("tuv")]
        spelt = {code.lower(): code for code in codes} | spelt
        counts.update({code.lower() for code in codes})
    header = tree.getroot().find("header")
    wanted = "" if header is None else header.get("srclang", "").lower()
    source = wanted if wanted in spelt else next(iter(spelt))
    others = [code for code, _ in counts.most_common() if code != source]
    # A language of another country counts as that of the source where there is one that is not.
    apart = [code for code in others if not same_languages([code], [source])]
    return spelt[source], spelt[(apart or others)[0]]


def _language(variant: Any) -> str:
    return str(variant.get(XML_LANG) or variant.get("lang") or "")


def _variants(unit: Any, languages: tuple[str, str]) -> list[Any]:
    """The first variants of a unit in two languages, None if there is none.

    One in the language of another country stands in, but where just the countries differ.
    """
    there = [(_language(variant), variant) for variant in unit.iterchildren("tuv")]
    by_country = same_languages(languages[:1], languages[1:])

    def find(language: str) -> Any:
        exact = [variant for code, variant in there if code.lower() == language.lower()]
        near = [variant for code, variant in there if same_languages([code], [language])]
        return next(iter(exact or ([] if by_country else near)), None)

    return [find(language) for language in languages]


def _flat(variant: Any) -> str | None:
    """The text of a variant without its inline elements' tags."""
    seg = None if variant is None else variant.find("seg")
    if seg is None:
        return None
    return "".join(getattr(element, name) or "" for element, name in _slots(seg))


def _bare(unit: Any, languages: tuple[str, str]) -> None:
    """Take from a second copy of a unit what must not be there twice."""
    unit.attrib.pop("tuid", None)
    shown = _variants(unit, languages)
    for variant in list(unit.iterchildren("tuv")):
        if variant not in shown:
            unit.remove(variant)


def _update(unit: Any, row: Row, languages: tuple[str, str]) -> None:
    """Give a unit a row's texts and mark."""
    variants = _variants(unit, languages)
    for side, language, variant in zip(SIDES, languages, variants, strict=True):
        if not row.side(side):
            if variant is not None:
                unit.remove(variant)
            continue
        if variant is None:
            variant = _new_variant(unit, language, side)
        _rewrite(variant.find("seg"), FORBIDDEN.sub("", row.text(side)))
    marks = [p for p in unit.iterchildren("prop") if p.get("type") == CHECKED]
    if row.checked and not marks:
        _add_mark(unit)
    for mark in marks:
        if row.checked:
            mark.text = YES
        else:
            unit.remove(mark)


def _new_variant(unit: Any, language: str, side: Side) -> Any:
    from lxml import etree

    variant = etree.Element("tuv", {XML_LANG: language})
    etree.SubElement(variant, "seg")
    others = list(unit.iterchildren("tuv"))
    if side == "source" and others:
        others[0].addprevious(variant)
    else:
        unit.append(variant)
    return variant


def _add_mark(unit: Any) -> None:
    """The format wants notes and properties before the variants."""
    from lxml import etree

    mark = etree.Element("prop", {"type": CHECKED})
    mark.text = YES
    first = next(unit.iterchildren("tuv"))
    before = first.getprevious()
    mark.tail = unit.text if before is None else before.tail
    first.addprevious(mark)


def _rewrite(seg: Any, text: str) -> None:
    """Put another text into a segment; inline elements stay about what is unchanged."""
    slots = list(_slots(seg))
    old = [getattr(element, name) or "" for element, name in slots]
    flat = "".join(old)
    if flat == text:
        return
    head = _common(flat, text)
    tail = _common(flat[head:][::-1], text[head:][::-1])
    new = text[head : len(text) - tail]
    starts = [0, *accumulate(map(len, old))]
    touched = [k for k, start in enumerate(starts[:-1]) if start <= head <= starts[k + 1]]
    # Between a code and the text about it, what is new belongs to the text.
    outside = [k for k in touched if slots[k][0] is seg or slots[k][1] == "tail"]
    place = (outside or touched)[0]
    for k, (element, name) in enumerate(slots):
        kept_head = old[k][: max(0, head - starts[k])]
        kept_tail = old[k][max(0, len(flat) - tail - starts[k]) :]
        setattr(element, name, kept_head + (new if k == place else "") + kept_tail)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((k for k, (a, b) in pairs if a != b), min(len(one), len(other)))


def _slots(element: Any) -> Iterator[tuple[Any, str]]:
    """The places of an element that hold its text, in the text's order."""
    yield element, "text"
    for child in element:
        if isinstance(child.tag, str):  # no comment
            yield from _slots(child)
        yield child, "tail"

"""One `tu` element as a translation unit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias
from xml.sax.saxutils import unescape

from aligner.types import Markup, TranslationUnit

# What stands in these is code of the document, not text; a `sub` in it is a text of its own.
_CODES = frozenset(("bpt", "ept", "ph", "it", "ut"))
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# A `tuv`: its language, creation date, change date and text.
Variant: TypeAlias = tuple[str, str, str, str]


class Parts(NamedTuple):
    """What a `tu` consists of; the properties and notes are its own, not its variants'."""

    attributes: dict[str, str]
    properties: tuple[tuple[str, str], ...]
    notes: list[str]
    variants: list[Variant]


def read_parts(element: str, namespaces: str = "") -> Parts:
    """Take a `tu` element of a well-formed file apart."""
    return _parts_of_plain(element) or _parts_of_any(element, namespaces)


def make_unit(
    element: str, parts: Parts, source_lang: str, target_lang: str, default_lang: str
) -> TranslationUnit | None:
    """The unit of an element; None for one without variants.

    The languages are those that are asked for, "" for any, and that of the file's source.
    """
    attributes, properties, notes, variants = parts
    if not variants:
        return None
    languages, created, changed, texts = zip(*variants, strict=True)
    given = attributes.get("srclang", "")
    source, target, others = _choose(languages, source_lang or given or default_lang, target_lang)
    fields = (
        texts[source],
        "" if target is None else texts[target],
        languages[source],
        "" if target is None else languages[target],
        attributes.get("tuid", ""),
        attributes.get("creationdate") or max(created),
        properties,
        "\n".join(notes),
        attributes.get("changedate") or max(changed),
        tuple([(languages[number], texts[number]) for number in others]),
    )
    return TranslationUnit(*fields, Markup(element, fields))


@lru_cache(maxsize=1 << 10)
def _choose(
    languages: tuple[str, ...], source_lang: str, target_lang: str
) -> tuple[int, int | None, tuple[int, ...]]:
    """Numbers of the source, of the target and of the other variants."""
    source = _find(languages, source_lang) or 0
    others = [number for number in range(len(languages)) if number != source]
    found = _find([languages[number] for number in others], target_lang) if target_lang else 0
    target = others.pop(found) if others and found is not None else None
    return source, target, tuple(others)


def _find(languages: tuple[str, ...] | list[str], wanted: str) -> int | None:
    """Number of a language, or else of that language in some country."""
    codes = [code.lower().replace("_", "-") for code in (*languages, wanted)]
    bases = [code.partition("-")[0] for code in codes]
    for names in (codes, bases):
        if names[-1] in names[:-1]:
            return names.index(names[-1])
    return None


# Most units are plain: no inline code, comment, character reference or line end of another
# system, and no property of a variant. Patterns take them apart several times faster than an
# XML parser; that they are well-formed is known, and counting the tags tells whether the
# patterns found all there is.
_find_properties = re.compile(r"<prop([^<\r]*+)</").findall
_find_notes = re.compile(r"<note([^<\r]*+)</").findall
_find_variants = re.compile(r"<tuv([^<\r]*+)<seg>([^<\r]*+)</seg>\s*+</tuv>").findall
_match_tag = re.compile(r'((?:\s++[\w:.-]++="[^"&\t\n\r]*+")*+)\s*+>').match
_find_attributes = re.compile(r'([\w:.-]++)="([^"]*+)"').findall
_QUOTES = {"&quot;": '"', "&apos;": "'"}


def _parts_of_plain(element: str) -> Parts | None:
    tag = _match_tag(element, len("<tu"))
    first = element.find("<tuv")
    if tag is None or first < 0 or ("&" in element and "&#" in element):
        return None
    properties = _find_properties(element, tag.end(), first)
    notes = _find_notes(element, tag.end(), first)
    variants = _find_variants(element, first)
    found = 1 + len(properties) + len(notes) + 2 * len(variants)
    if element.count("<") != 2 * found:
        return None
    try:
        return Parts(
            dict(_find_attributes(tag[1])),
            tuple(map(_property, properties)),
            [_property(note)[1] for note in notes],
            [(*_about(rest), _plain(text)) for rest, text in variants],
        )
    except ValueError:
        return None


# Documents, dates and the like come back from unit to unit.
@lru_cache(maxsize=1 << 14)
def _property(rest: str) -> tuple[str, str]:
    """Type and text of a property, from behind its name; ValueError for one not plain."""
    attributes, text = _split(rest)
    return attributes.get("type", ""), _plain(text)


@lru_cache(maxsize=1 << 10)
def _about(rest: str) -> tuple[str, str, str]:
    """Language and dates of a variant, from behind its name; ValueError for one not plain."""
    attributes, _ = _split(rest)
    language = attributes.get("xml:lang") or attributes.get("lang", "")
    return language, attributes.get("creationdate", ""), attributes.get("changedate", "")


def _split(rest: str) -> tuple[dict[str, str], str]:
    tag = _match_tag(rest)
    if tag is None:
        raise ValueError
    return dict(_find_attributes(tag[1])), rest[tag.end() :]


def _plain(text: str) -> str:
    return unescape(text, _QUOTES) if "&" in text else text


def _parts_of_any(element: str, namespaces: str) -> Parts:
    from lxml import etree

    # The limits of the stream that the element came from are enough.
    parser = etree.XMLParser(resolve_entities=False, remove_comments=True, huge_tree=True)
    unit: Any = etree.fromstring(f"<tmx{namespaces}>{element}</tmx>".encode(), parser)[0]
    return Parts(
        dict(unit.attrib),
        tuple((prop.get("type", ""), prop.text or "") for prop in unit.iterchildren("prop")),
        [note.text or "" for note in unit.iterchildren("note")],
        [
            (
                tuv.get(_XML_LANG) or tuv.get("lang") or "",
                tuv.get("creationdate", ""),
                tuv.get("changedate", ""),
                _text(tuv.find("seg")),
            )
            for tuv in unit.iterchildren("tuv")
        ],
    )


def _text(element: Any) -> str:
    """Text of a segment without its inline codes."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in _CODES:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)

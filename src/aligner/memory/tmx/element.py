"""One `tu` element as a translation unit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from aligner.types import TranslationUnit

# What stands in these is code of the document, not text; a `sub` in it is a text of its own.
_CODES = frozenset(("bpt", "ept", "ph", "it", "ut"))
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_DEEPEST = 100  # inline elements within each other

# A `tuv`: its language, creation date, change date and text.
Variant: TypeAlias = tuple[str, str, str, str]


class Parts(NamedTuple):
    """What a `tu` consists of; the properties and notes are its own, not its variants'."""

    attributes: dict[str, str]
    properties: tuple[tuple[str, str], ...]
    notes: list[str]
    variants: list[Variant]


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
    unit = TranslationUnit(
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
    # No argument of the constructor, so that changed copies don't take it over.
    object.__setattr__(unit, "markup", element)
    return unit


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


_NAME = "[A-Za-z_][A-Za-z0-9_:.-]*+"
_ATTRIBUTES = rf'((?:\s++{_NAME}="[^"<&\t\n\r]*+")*+)\s*+>'
_FACTS = r"(?:<prop[^<]*+</prop>\s*+|<note[^<]*+</note>\s*+)*+"
_VARIANT = r"<tuv([^<>]*+>)\s*+<seg>([^<]*+)</seg>\s*+</tuv>\s*+"
PLAIN = re.compile(rf"<tu{_ATTRIBUTES}\s*+({_FACTS}){_VARIANT}{_VARIANT}</tu>")
_match_attributes = re.compile(_ATTRIBUTES).match
_find_attributes = re.compile(rf'({_NAME})="([^"]*+)"').findall
_find_facts = re.compile(r"<(prop[^<]*+|note[^<]*+)</").findall
_find_odd_reference = re.compile("&(?!(?:amp|lt|gt|quot|apos);)").search
# The ampersand last, so that &amp;lt; is not taken for a reference twice.
_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def parts_of_plain(match: re.Match[str]) -> Parts | None:
    """Take a match of PLAIN apart; None if it takes an XML parser to read it.

    A plain unit has two variants, without inline codes, comments, references to characters
    by number, line ends of other systems, or properties of a variant.
    """
    attributes, facts, first, source, second, target = match.groups()
    element = match[0]
    if (
        ("&" in element and _find_odd_reference(element))
        or ("]" in element and "]]>" in element)
        or "\r" in source
        or "\r" in target
    ):
        return None
    found = _find_facts(facts)
    try:
        return Parts(
            _attributes(attributes),
            tuple([_fact(fact) for fact in found if fact[0] == "p"]),
            [_fact(fact)[1] for fact in found if fact[0] == "n"],
            [(*_about(first), _plain(source)), (*_about(second), _plain(target))],
        )
    except ValueError:
        return None


# Documents, dates and the like come back from unit to unit.
@lru_cache(maxsize=1 << 14)
def _fact(element: str) -> tuple[str, str]:
    """Type and text of a `prop` or `note` without its brackets."""
    attributes, text = _split(element[len("prop") :])
    return attributes.get("type", ""), _plain(text)


@lru_cache(maxsize=1 << 10)
def _about(rest: str) -> tuple[str, str, str]:
    """Language and dates of a variant, from behind its name."""
    attributes, _ = _split(rest)
    language = attributes.get("xml:lang") or attributes.get("lang", "")
    return language, attributes.get("creationdate", ""), attributes.get("changedate", "")


def _split(rest: str) -> tuple[dict[str, str], str]:
    """Attributes and what follows the tag, from behind its name; ValueError if not plain."""
    tag = _match_attributes(rest)
    if tag is None or "\r" in rest[tag.end() :]:
        raise ValueError
    return _attributes(tag[1]), rest[tag.end() :]


def _attributes(text: str) -> dict[str, str]:
    found = _find_attributes(text)
    attributes = dict(found)
    # Another prefix than xml must be declared, which is for the parser to say.
    prefixed = ":" in text and any(":" in name and name != "xml:lang" for name in attributes)
    if prefixed or len(attributes) < len(found):
        raise ValueError
    return attributes


def _plain(text: str) -> str:
    if "&" in text:
        for reference, character in _REFERENCES:
            text = text.replace(reference, character)
    return text


def parts_of_any(unit: Any) -> Parts:
    """Take any `tu` element, as lxml has it, apart."""
    return Parts(
        dict(unit.attrib),
        tuple((prop.get("type", ""), prop.text or "") for prop in unit.iterchildren("prop")),
        [note.text or "" for note in unit.iterchildren("note")],
        [
            (
                tuv.get(XML_LANG) or tuv.get("lang") or "",
                tuv.get("creationdate", ""),
                tuv.get("changedate", ""),
                _text(tuv.find("seg")),
            )
            for tuv in unit.iterchildren("tuv")
        ],
    )


def parse_unit(element: str, namespaces: str) -> Any:
    """A `tu` as lxml has it; raises lxml's XMLSyntaxError.

    `namespaces` are the attributes that declare the prefixes around it.
    """
    from lxml import etree

    # The limits of the stream that the element came from are enough.
    parser = etree.XMLParser(resolve_entities=False, remove_comments=True, huge_tree=True)
    return etree.fromstring(f"<tmx{namespaces}>{element}</tmx>".encode(), parser)[0]


def _text(element: Any, depth: int = 0) -> str:
    """Text of a segment without its inline codes; raises RecursionError."""
    if element is None:
        return ""
    if depth > _DEEPEST:
        raise RecursionError
    parts = [element.text or ""]
    for child in element:
        if child.tag not in _CODES:
            parts.append(_text(child, depth + 1))
        parts.append(child.tail or "")
    return "".join(parts)

"""What a unit holds beside its texts and languages, as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import chain

from aligner.json_text import parse_json
from aligner.memory.tmx import unit_element
from aligner.types import TranslationUnit

# Names whose prefix only the file that the element came from explains.
_PREFIXED = re.compile(r"""<[\w.-]+:|\s(?!xml:)[\w.-]+:[\w.-]+\s*=\s*["']""")
_PAIRS = ("properties", "others")


def details_of(unit: TranslationUnit) -> str:
    """The details of a unit, its markup only where the rest doesn't tell all of it."""
    details = {
        "id": unit.id,
        "created": unit.created,
        "changed": unit.changed,
        "properties": unit.properties,
        "note": unit.note,
        "others": unit.others,
        "markup": _telling_markup(unit),
    }
    return json.dumps({name: value for name, value in details.items() if value}, ensure_ascii=False)


def unit_of(sides: tuple[str, str, str, str], details: str) -> TranslationUnit:
    """The unit of both texts and their languages, and details; raises ValueError, TypeError."""
    rest = parse_json(details)
    if not isinstance(rest, dict):
        raise ValueError("details are not a JSON object")
    markup = rest.pop("markup", "")
    for name in _PAIRS:
        rest[name] = tuple((key, value) for key, value in rest.get(name, ()))
    unit = TranslationUnit(*sides, **rest)
    texts = (unit.id, unit.created, unit.changed, unit.note, markup)
    if not all(isinstance(text, str) for text in (*texts, *chain(*unit.properties, *unit.others))):
        raise ValueError("details are not text")
    object.__setattr__(unit, "markup", markup)  # as the reader of TMX sets it
    return unit


def _telling_markup(unit: TranslationUnit) -> str:
    if not unit.markup or _PREFIXED.search(unit.markup):
        return ""
    plain = unit_element(replace(unit))
    return "" if plain.split() == unit.markup.split() else unit.markup

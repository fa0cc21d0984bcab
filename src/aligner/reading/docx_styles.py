"""What the styles of a Word document say that a paragraph is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aligner.document import BlockKind
from aligner.reading.docx_elements import child, is_on, value

# Word stores the names of its own styles in English whatever the language of its menus.
_NAMES = (
    (re.compile(r"heading \d+|title|subtitle|toc heading", re.I), BlockKind.HEADING),
    (re.compile(r"(?:image |table )?caption", re.I), BlockKind.CAPTION),
    (re.compile(r"(?:intense )?quote|quotations|block text", re.I), BlockKind.QUOTATION),
    (re.compile(r"(?:footnote|endnote) text|footnote|endnote", re.I), BlockKind.NOTE),
    (re.compile(r"source ?code", re.I), BlockKind.CODE),
)
_LEVELS = 9  # of headings; the tenth stands for running text
_MOST_PARENTS = 20


@dataclass(frozen=True, slots=True)
class _Style:
    kind: BlockKind | None
    parent: str
    is_raised: bool | None
    is_hidden: bool | None


class Styles:
    """The styles of a document, by their ids; one that is not stated is the parent's."""

    def __init__(self, root: Any = None) -> None:
        self._styles: dict[str, _Style] = {}
        for element in () if root is None else root.iterchildren("{*}style"):
            self._styles[value(element, "styleId")] = _style(element)

    def kind(self, properties: Any) -> BlockKind | None:
        """What a paragraph with these properties is, if they or its style say it."""
        own = _kind_of(properties)
        styles = self._with_parents(value(child(properties, "pStyle")))
        return own or next((style.kind for style in styles if style.kind), None)

    def is_raised(self, properties: Any) -> bool:
        """Whether a run with these properties is superscript."""
        own = _is_raised(properties)
        return _first([own, *(s.is_raised for s in self._run_styles(properties))])

    def is_hidden(self, properties: Any) -> bool:
        """Whether a run with these properties is hidden text."""
        own = is_on(child(properties, "vanish"))
        return _first([own, *(s.is_hidden for s in self._run_styles(properties))])

    def _run_styles(self, properties: Any) -> list[_Style]:
        return self._with_parents(value(child(properties, "rStyle")))

    def _with_parents(self, name: str) -> list[_Style]:
        found: list[_Style] = []
        while name in self._styles and len(found) < _MOST_PARENTS:
            found.append(self._styles[name])
            name = self._styles[name].parent
        return found


def _style(element: Any) -> _Style:
    name = value(child(element, "name"))
    named = next((kind for pattern, kind in _NAMES if pattern.fullmatch(name)), None)
    properties = child(element, "rPr")
    return _Style(
        named or _kind_of(child(element, "pPr")),
        value(child(element, "basedOn")),
        _is_raised(properties),
        is_on(child(properties, "vanish")),
    )


def _kind_of(properties: Any) -> BlockKind | None:
    level = value(child(properties, "outlineLvl"))
    if level.isdecimal() and int(level) < _LEVELS:
        return BlockKind.HEADING
    numbered = child(properties, "numPr")
    if numbered is not None and value(child(numbered, "numId")) != "0":
        return BlockKind.ITEM
    return None


def _is_raised(properties: Any) -> bool | None:
    place = value(child(properties, "vertAlign"))
    return place == "superscript" if place else None


def _first(stated: Iterable[bool | None]) -> bool:
    return next((one for one in stated if one is not None), False)

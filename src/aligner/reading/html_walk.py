"""A walk over the elements of a web page, which parts its text into blocks."""

from __future__ import annotations

import re
from typing import Any

from aligner.document import BlockKind
from aligner.reading.html_elements import (
    BLOCK,
    LASTING,
    MARGIN_TAGS,
    is_hidden,
    is_mark,
    is_version,
    kind_of,
    language_of,
    spanned,
    tag_of,
)
from aligner.reading.html_menus import PageBlock
from aligner.reading.tables import Tables
from aligner.spacing import is_wide


class Walk:
    """Where a walk over the elements of a page stands; it never recurses."""

    def __init__(self) -> None:
        self.blocks = [PageBlock()]
        self._hidden: Any = None
        self._link: Any = None
        self._mains: list[Any] = []
        self._margin: Any = None
        self._margins = 0
        self._kinds: list[tuple[Any, BlockKind]] = []  # the innermost last
        self._languages: list[tuple[Any, str]] = []
        self._tables = Tables()
        self._verbatim = 0

    def enter(self, element: Any) -> None:
        """Go into an element."""
        tag = tag_of(element)
        before = "".join(self.blocks[-1].parts[-3:])
        if self._hidden is None and (is_hidden(element, tag) or is_mark(element, tag, before)):
            self._hidden = element
        if self._hidden is not None:
            return
        self._note(element, tag)
        if self._is_border(element, tag) or (tag == "br" and self.blocks[-1].ends_in_break):
            self._border()
        if tag == "br":
            self.blocks[-1].parts.append("\n")
        if tag == "hr" and element.get("class") == "page":
            self.blocks[-1].starts_page = True
        if tag == "a" and element.get("href"):
            self._link = element
            self.blocks[-1].links += 1
        self._verbatim += tag == "pre"
        self._add(element.text)

    def _note(self, element: Any, tag: str) -> None:
        """Take down what an element says of all that is in it."""
        lasts = self._kinds and self._kinds[-1][1] in LASTING
        kind = None if lasts else kind_of(element, tag)
        if kind is not None:
            self._kinds.append((element, kind))
        language = language_of(element, tag)
        if language:
            self._languages.append((element, language))
        if tag in MARGIN_TAGS and not self._mains and self._margin is None:
            self._margin = element
            self._margins += 1
        if tag in ("main", "article") or element.get("role") == "main":
            self._mains.append(element)
        if tag == "table":
            self._tables.enter(element)
        elif tag == "tr":
            self._tables.next_row()
        elif tag in ("td", "th"):
            self._tables.next_cell(spanned(element, "colspan"), spanned(element, "rowspan"))

    def leave(self, element: Any) -> None:
        """Go out of an element."""
        tag = tag_of(element)
        if self._hidden is None:
            self._verbatim -= tag == "pre"
            if element is self._link:
                self._link = None
            if element is self._margin:
                self._margin = None
            for stack in (self._kinds, self._languages):
                if stack and stack[-1][0] is element:
                    stack.pop()
            if self._mains and self._mains[-1] is element:
                self._mains.pop()
            self._tables.leave(element)
            if self._is_border(element, tag):
                self._border()
        elif element is self._hidden:
            self._hidden = None
        self._add(element.tail)

    @staticmethod
    def _is_border(element: Any, tag: str) -> bool:
        return BLOCK.fullmatch(tag) is not None or is_version(element, tag)

    def _border(self) -> None:
        if self.blocks[-1].parts:
            self.blocks.append(PageBlock())
        block = self.blocks[-1]
        block.kind = self._kinds[-1][1] if self._kinds else BlockKind.PARAGRAPH
        block.cell = self._tables.cell
        block.language = self._languages[-1][1] if self._languages else ""
        block.in_main = bool(self._mains)
        block.margin = self._margins if self._margin is not None else 0

    def _add(self, text: str | None) -> None:
        if not text or self._hidden is not None:
            return
        block = self.blocks[-1]
        block.parts.append(text if self._verbatim else _collapsed(text))
        letters = sum(map(len, text.split()))
        block.letters += letters
        if self._link is not None:
            block.linked += letters


def _collapsed(text: str) -> str:
    """White space as browsers show it, but none where a line of Chinese merely ended."""
    pieces = re.split(r"([ \t\r\n\f]+)", text)
    for place in range(1, len(pieces), 2):
        before, after = pieces[place - 1][-1:], pieces[place + 1][:1]
        wrapped = "\n" in pieces[place] and before and after and is_wide(before) and is_wide(after)
        pieces[place] = "" if wrapped else " "
    return "".join(pieces)

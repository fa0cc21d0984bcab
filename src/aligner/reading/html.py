"""Web pages: the text in reading order, menus and page margins marked as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from aligner.bounds import MAX_MARKUP, MAX_TAGS, text_encoding
from aligner.errors import ReadError
from aligner.reading.characters import clean
from aligner.reading.extract import Extract
from aligner.reading.html_metadata import html_metadata
from aligner.reading.text import decode
from aligner.scripts import STOPS, WIDE_STOPS
from aligner.spacing import is_wide
from aligner.types import Span

_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}|\?xml[^>]{0,80})(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.I
)
_UNSEEN = re.compile(
    "head|script|style|template|noscript|svg|math|iframe|object|audio|video|canvas|map|select|"
    "datalist|textarea|rt|rp"
)
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|h[1-6]|header|hr|legend|li|main|menu|nav|ol|p|pre|section|"
    "summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_MENU = re.compile("nav|aside|footer|button|menu")
_MENU_ROLE = re.compile("navigation|banner|contentinfo|search|menu|complementary")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_STOP = re.compile(f"[{STOPS}{WIDE_STOPS}；;]")
# Footnote marks, and the arrows that lead back to them: not part of any sentence.
_NOTE_MARK = re.compile(r"\[?\d{1,3}\]?|[\u2190-\u21ff]|[*†‡]")


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of a web page; raises ReadError for one that can't be read or passes 32 MiB."""
    if len(data) > MAX_MARKUP:
        raise ReadError(f"{name}: a web page larger than {MAX_MARKUP >> 20} MiB; save it as text")
    return extract_markup(_decoded(data, name), name)


def extract_markup(markup: str, name: str) -> Extract:
    """The text of HTML that is a string already, of 500,000 tags at most."""
    from lxml import etree

    if markup.count("<") > MAX_TAGS:
        raise ReadError(f"{name}: more than {MAX_TAGS:,} tags in one page; split it first")

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(markup.encode(errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise ReadError(f"{name}: not a web page that can be read ({exc})") from exc
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadError(f"{name}: nested too deeply for a web page; save it as text first")
    if root is None:
        raise ReadError(f"{name}: the page is empty; give one that holds text")
    walk = _Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        (walk.enter if event == "start" else walk.leave)(element)
    return replace(_joined(_with_menus(walk.blocks)), metadata=html_metadata(root))


def _decoded(data: bytes, name: str) -> str:
    declared = _DECLARED.search(data[:4096])
    encoding = text_encoding(declared[1].decode("ascii")) if declared else None
    if encoding:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode(data, name)


@dataclass
class _Block:
    """Text between two block borders, and how much of it is links and menus."""

    is_menu: bool = False
    in_main: bool = False
    starts_page: bool = False
    parts: list[str] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    links: int = 0

    @cached_property
    def text(self) -> str:
        """Its text, to be asked for once all parts are there."""
        lines = (" ".join(line.split(" ")).strip() for line in "".join(self.parts).split("\n"))
        return clean("\n".join(line for line in lines if line))

    @property
    def is_linked(self) -> bool:
        """Whether it consists of links, as the parts of a menu do."""
        return self.linked >= 0.7 * self.letters and not _STOP.search(self.text)


class _Walk:
    """Where a walk over the elements of a page stands; it never recurses."""

    def __init__(self) -> None:
        self.blocks = [_Block()]
        self._hidden: Any = None
        self._link: Any = None
        self._menus: list[Any] = []
        self._mains: list[Any] = []
        self._verbatim = 0

    def enter(self, element: Any) -> None:
        tag = _tag(element)
        if self._hidden is None and _is_hidden(element, tag):
            self._hidden = element
        if self._hidden is not None:
            return
        if _is_menu(element, tag, bool(self._mains)):
            self._menus.append(element)
        if tag in ("main", "article") or element.get("role") == "main":
            self._mains.append(element)
        if _BLOCK.fullmatch(tag):
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

    def leave(self, element: Any) -> None:
        tag = _tag(element)
        if self._hidden is None:
            self._verbatim -= tag == "pre"
            if element is self._link:
                self._link = None
            for stack in (self._menus, self._mains):
                if stack and stack[-1] is element:
                    stack.pop()
            if _BLOCK.fullmatch(tag):
                self._border()
        elif element is self._hidden:
            self._hidden = None
        self._add(element.tail)

    def _border(self) -> None:
        if self.blocks[-1].parts:
            self.blocks.append(_Block())
        self.blocks[-1].is_menu = bool(self._menus)
        self.blocks[-1].in_main = bool(self._mains)

    def _add(self, text: str | None) -> None:
        if not text or self._hidden is not None:
            return
        block = self.blocks[-1]
        block.parts.append(text if self._verbatim else _collapsed(text))
        letters = sum(map(len, text.split()))
        block.letters += letters
        if self._link is not None:
            block.linked += letters


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _with_menus(blocks: Sequence[_Block]) -> list[_Block]:
    """The blocks with text, those that are menus by their place or by their links marked."""
    full = [block for block in blocks if block.text or block.starts_page]
    run: list[_Block] = []
    for block in [*full, _Block(parts=["."])]:
        if block.is_linked:
            run.append(block)
            continue
        # A link or two may be a title or a name; a row of them is a menu.
        if sum(linked.links for linked in run) >= 4:
            for linked in run:
                linked.is_menu = True
        run = []
    # A page that says where its main text is has all else about it.
    in_main = sum(block.letters for block in full if block.in_main)
    if 2 * in_main > sum(block.letters for block in full if not block.is_menu):
        for block in full:
            block.is_menu = block.is_menu or not block.in_main
    return full


def _joined(blocks: Sequence[_Block]) -> Extract:
    pieces: list[str] = []
    furniture = []
    size = 0
    for block in blocks:
        between = ("\f" if block.starts_page else "\n\n") if pieces else ""
        pieces += [between, block.text]
        start = size + len(between)
        size = start + len(block.text)
        if block.is_menu and size > start:
            furniture.append(Span(start, size))
    return Extract("".join(pieces), tuple(furniture))


def _collapsed(text: str) -> str:
    """White space as browsers show it, but none where a line of Chinese merely ended."""
    pieces = re.split(r"([ \t\r\n\f]+)", text)
    for place in range(1, len(pieces), 2):
        before, after = pieces[place - 1][-1:], pieces[place + 1][:1]
        wrapped = "\n" in pieces[place] and before and after and is_wide(before) and is_wide(after)
        pieces[place] = "" if wrapped else " "
    return "".join(pieces)


def _is_hidden(element: Any, tag: str) -> bool:
    return (
        _UNSEEN.fullmatch(tag) is not None
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "") is not None
        or _is_note_mark(element, tag)
    )


def _is_menu(element: Any, tag: str, in_main: bool) -> bool:
    if _MENU_ROLE.fullmatch(element.get("role") or ""):
        return True
    return _MENU.fullmatch(tag) is not None or (tag == "header" and not in_main)


def _is_note_mark(element: Any, tag: str) -> bool:
    """Whether an element is the mark of a footnote, or the arrow back from one."""
    if tag == "sup":
        linked = element.find(".//a") is not None
    else:
        linked = tag == "a" and (element.get("href") or "").startswith("#")
    return linked and _NOTE_MARK.fullmatch("".join(element.itertext()).strip()) is not None

"""Web pages: the text in reading order, menus and page margins marked as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from aligner.bounds import MAX_MARKUP, MAX_TAGS, text_encoding
from aligner.document import BlockKind, Cell
from aligner.errors import ReadError
from aligner.reading.characters import clean
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.html_metadata import html_metadata
from aligner.reading.tables import Tables
from aligner.reading.text import decode
from aligner.scripts import STOPS, WIDE_STOPS
from aligner.spacing import is_wide

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
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.CELL),
    **dict.fromkeys(("caption", "figcaption", "legend"), BlockKind.CAPTION),
    "blockquote": BlockKind.QUOTATION,
}
# What is in them is of the same kind, whatever its own element.
_LASTING = (BlockKind.MENU, BlockKind.CODE, BlockKind.LINES, BlockKind.NOTE)
_NOTES = re.compile(r"\b(?:doc-)?(?:foot|end)?notes?\b")
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_LANG = ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
_MENU = re.compile("nav|footer|button|menu")
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
    blocks = (
        TextBlock(b.text, b.kind, b.cell, b.language, starts_page=b.starts_page)
        for b in _with_menus(walk.blocks)
    )
    return Extract(tuple(blocks), metadata=html_metadata(root))


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

    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    language: str = ""
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

    @property
    def ends_in_break(self) -> bool:
        """Whether nothing stands after its last line break."""
        return "".join(self.parts).rstrip(" ").endswith("\n")


class _Walk:
    """Where a walk over the elements of a page stands; it never recurses."""

    def __init__(self) -> None:
        self.blocks = [_Block()]
        self._hidden: Any = None
        self._link: Any = None
        self._mains: list[Any] = []
        self._kinds: list[tuple[Any, BlockKind]] = []  # the innermost last
        self._languages: list[tuple[Any, str]] = []
        self._tables = Tables()
        self._verbatim = 0

    def enter(self, element: Any) -> None:
        tag = _tag(element)
        if self._hidden is None and _is_hidden(element, tag):
            self._hidden = element
        if self._hidden is not None:
            return
        self._note(element, tag)
        if _BLOCK.fullmatch(tag) or (tag == "br" and self.blocks[-1].ends_in_break):
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
        kind = self._kind(element, tag)
        if kind is not None:
            self._kinds.append((element, kind))
        language = next(filter(None, map(element.get, _LANG)), "")
        if language and tag != "html":  # there it is often that of the site
            self._languages.append((element, language))
        if tag in ("main", "article") or element.get("role") == "main":
            self._mains.append(element)
        if tag == "table":
            self._tables.enter(element)
        elif tag == "tr":
            self._tables.next_row()
        elif tag in ("td", "th"):
            self._tables.next_cell(_spanned(element, "colspan"), _spanned(element, "rowspan"))

    def leave(self, element: Any) -> None:
        tag = _tag(element)
        if self._hidden is None:
            self._verbatim -= tag == "pre"
            if element is self._link:
                self._link = None
            for stack in (self._kinds, self._languages):
                if stack and stack[-1][0] is element:
                    stack.pop()
            if self._mains and self._mains[-1] is element:
                self._mains.pop()
            self._tables.leave(element)
            if _BLOCK.fullmatch(tag):
                self._border()
        elif element is self._hidden:
            self._hidden = None
        self._add(element.tail)

    def _kind(self, element: Any, tag: str) -> BlockKind | None:
        """The kind of block that an element makes of what is in it, if it makes one."""
        if self._kinds and self._kinds[-1][1] in _LASTING:
            return None
        if _is_menu(element, tag, bool(self._mains)):
            return BlockKind.MENU
        if tag == "pre":
            return BlockKind.CODE if element.find(".//code") is not None else BlockKind.LINES
        if _is_note(element):
            return BlockKind.NOTE
        return _KINDS.get(tag)

    def _border(self) -> None:
        if self.blocks[-1].parts:
            self.blocks.append(_Block())
        block = self.blocks[-1]
        block.kind = self._kinds[-1][1] if self._kinds else BlockKind.PARAGRAPH
        block.cell = self._tables.cell
        block.language = self._languages[-1][1] if self._languages else ""
        block.in_main = bool(self._mains)

    def _add(self, text: str | None) -> None:
        if not text or self._hidden is not None:
            return
        block = self.blocks[-1]
        block.parts.append(text if self._verbatim else _collapsed(text))
        letters = sum(map(len, text.split()))
        block.letters += letters
        if self._link is not None:
            block.linked += letters


def _spanned(element: Any, name: str) -> int:
    """How many columns or rows a cell takes; what makes no sense stands for one."""
    value = element.get(name) or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else 1


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
                linked.kind = BlockKind.MENU
        run = []
    # A page that says where its main text is has all else about it.
    in_main = sum(block.letters for block in full if block.in_main)
    if 2 * in_main > sum(block.letters for block in full if block.kind != BlockKind.MENU):
        for block in full:
            block.kind = block.kind if block.in_main else BlockKind.MENU
    return full


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
    return _MENU.fullmatch(tag) is not None or (tag in ("header", "aside") and not in_main)


def _is_note(element: Any) -> bool:
    """Whether an element holds notes, as web pages and electronic books mark them."""
    marks = (element.get(name) or "" for name in ("role", _EPUB_TYPE, "epub:type", "class"))
    return any(_NOTES.search(mark) for mark in marks)


def _is_note_mark(element: Any, tag: str) -> bool:
    """Whether an element is the mark of a footnote, or the arrow back from one."""
    if tag == "sup":
        linked = element.find(".//a") is not None
    else:
        linked = tag == "a" and (element.get("href") or "").startswith("#")
    return linked and _NOTE_MARK.fullmatch("".join(element.itertext()).strip()) is not None

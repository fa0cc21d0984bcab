"""What the elements of a web page are: hidden, a menu, a heading, a note."""

from __future__ import annotations

import re
from typing import Any

from aligner.document import MARGINS, BlockKind
from aligner.reading.note_marks import is_note_mark, is_raised_mark

_UNSEEN = re.compile(
    "head|script|style|template|noscript|iframe|object|audio|video|canvas|map|select|datalist|"
    "textarea|rt|rp|annotation|annotation-xml|title|desc|defs|symbol|metadata"
)
BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|h[1-6]|header|hr|legend|li|main|menu|nav|ol|p|pre|section|"
    "summary|table|tbody|td|text|tfoot|th|thead|tr|ul"
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.CELL),
    **dict.fromkeys(("caption", "figcaption", "legend"), BlockKind.CAPTION),
    "blockquote": BlockKind.QUOTATION,
}
# What is in them is of the same kind, whatever its own element.
LASTING = {*MARGINS, BlockKind.CODE, BlockKind.LINES, BlockKind.NOTE}
_NOTES = re.compile(r"\b(?:doc-)?(?:foot|end)?notes?\b")
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_LANGUAGE = ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
_MENU = re.compile("nav|footer|button|menu")
_MENU_ROLE = re.compile("navigation|banner|contentinfo|search|menu")
# Menus only if they consist of links, or beside a part that is the main one.
MARGIN_TAGS = ("header", "aside")
_RUNNING_ROLE = re.compile("doc-page(?:header|footer)")
_RUNNING_TITLE = re.compile("header|footer")  # as LibreOffice writes them
_CODE = re.compile(
    r"\b(?:code|highlight|lang(?:uage)?-\w+|brush|prettyprint|source(?:code)?)\b", re.I
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SHORT = 12  # characters of what may be a mark


def tag_of(element: Any) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def kind_of(element: Any, tag: str) -> BlockKind | None:
    """The kind of block that an element makes of what is in it, if it makes one."""
    role = element.get("role") or ""
    if _RUNNING_ROLE.fullmatch(role) or (
        tag == "div" and _RUNNING_TITLE.fullmatch(element.get("title") or "")
    ):
        return BlockKind.RUNNING
    if tag == "pre":
        return BlockKind.CODE if _is_code(element) else BlockKind.LINES
    if _is_note(element):
        return BlockKind.NOTE
    if _MENU.fullmatch(tag) or _MENU_ROLE.fullmatch(role):
        return BlockKind.MENU
    return _KINDS.get(tag)


def language_of(element: Any, tag: str) -> str:
    """The language that an element states, but for the whole page: that is often the site's."""
    if tag in ("html", "body"):
        return ""
    return next(filter(None, map(element.get, _LANGUAGE)), "")


def is_version(element: Any, tag: str) -> bool:
    """Whether an element in a line and the one beside it hold the same in two languages.

    Each states its own, and white space is all that stands between them.
    """
    own = language_of(element, tag)
    if not own or BLOCK.fullmatch(tag):
        return False
    before, after = element.getprevious(), element.getnext()
    return _parts(before, element, own) or _parts(element, after, own)


def _parts(left: Any, right: Any, own: str) -> bool:
    if left is None or right is None or not (left.tail or "").isspace():
        return False
    both = language_of(left, tag_of(left)), language_of(right, tag_of(right))
    return all(both) and both[0] != both[1] and own in both


def is_hidden(element: Any, tag: str) -> bool:
    """Whether nobody sees what is in an element."""
    return (
        _UNSEEN.fullmatch(tag) is not None
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def is_mark(element: Any, tag: str, before: str) -> bool:
    """Whether an element is the mark of a note, or the arrow back; `before` stands before it."""
    if tag not in ("sup", "a"):
        return False
    text = _short_text(element)
    if tag == "sup" and element.find(".//a") is None:
        return is_raised_mark(text, before)
    leads = tag == "sup" or "#" in (element.get("href") or "")
    return leads and is_note_mark(text)


def spanned(element: Any, name: str) -> int:
    """How many columns or rows a cell takes; what makes no sense stands for one."""
    value = element.get(name) or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else 1


def _short_text(element: Any) -> str:
    """The text of an element, if it is short; else some of it."""
    text = ""
    for part in element.itertext():
        text += part[: 2 * _SHORT].strip()
        if len(text) > _SHORT:
            break
    return text


def _is_code(element: Any) -> bool:
    """Whether a `pre` element holds code rather than lines as somebody typed them."""
    marks = [each.get("class") or "" for each in (element, element.getparent()) if each is not None]
    if element.get("role") == "code":
        return True
    return element.find(".//code") is not None or any(map(_CODE.search, marks))


def _is_note(element: Any) -> bool:
    """Whether an element holds notes, as web pages and electronic books mark them."""
    marks = (element.get(name) or "" for name in ("role", _EPUB_TYPE, "epub:type", "class"))
    return any(_NOTES.search(mark) for mark in marks)

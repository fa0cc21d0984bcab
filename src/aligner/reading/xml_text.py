"""XML of any vocabulary, DocBook's and TEI's names known: elements as structure, never as text."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Sequence
from typing import Any

from aligner.bounds import MAX_MARKUP, MAX_TAGS, damage
from aligner.errors import ReadError
from aligner.metadata import metadata_of
from aligner.reading.extract import Extract
from aligner.reading.html import html_blocks
from aligner.reading.retag import NOTE, SPAN, Retagger, Tag

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_REFERENCE = re.compile(rb"&([a-zA-Z][a-zA-Z0-9]{1,20});")
# Blocks wherever they stand, also between the words of a paragraph.
_BLOCKS = {
    **dict.fromkeys(("para", "simpara", "p", "ab", "l", "bridgehead"), "p"),
    **dict.fromkeys(("listitem", "item", "li", "member", "varlistentry", "callout"), "li"),
    **dict.fromkeys(("table", "informaltable"), "table"),
    **dict.fromkeys(("row", "tr"), "tr"),
    **dict.fromkeys(("blockquote", "epigraph", "cit"), "blockquote"),
    **dict.fromkeys(("lb", "br"), "br"),
}
# These are blocks unless text stands beside them.
_HEADINGS = frozenset({"title", "subtitle", "head", "heading", "titlepart", "article-title"})
_CAPTIONS = frozenset({"caption", "figcaption"})
_CELLS = frozenset({"entry", "cell", "td", "th"})
_CODE = frozenset({"programlisting", "screen", "synopsis", "sourcecode", "eg"})
_LINES = frozenset({"literallayout", "pre", "address"})
_FOOTNOTES = frozenset({"footnote", "fn", "endnote"})
_UNREAD = frozenset({"indexterm", "remark", "comment", "script", "style"})
_INFO = re.compile("info|[a-z]+info|prolog|metadata")


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of an XML file, footnotes last; what describes the file is marked as no text.

    An element is a block unless text stands beside it. Raises ReadError for one that is not
    well-formed, is larger than 32 MiB or has over 500,000 tags.
    """
    if len(data) > MAX_MARKUP or data.count(b"<") > MAX_TAGS:
        raise ReadError(f"{name}: over {MAX_MARKUP >> 20} MiB or {MAX_TAGS:,} tags; split it first")
    with damage(name, "XML", "mend it, or save its text as .txt", ReadError):
        root = _parsed(data)
        retagger = Retagger(_Naming(root).tag)
        retagger.add(root)
        title = next((e for e in root.iter("{*}title") if e.text), None)
        metadata = metadata_of(
            "XML",
            title="" if title is None else " ".join("".join(title.itertext()).split()),
            language=root.get(_XML_LANG),
        )
        return Extract(html_blocks(retagger.finish()), metadata=metadata)


def _parsed(data: bytes) -> Any:
    """The root element; of entities, those of HTML and short ones of the file's own are read."""
    from lxml import etree

    if b"<![CDATA[" not in data:
        data = _REFERENCE.sub(_numbered, data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    dtd = root.getroottree().docinfo.internalDTD
    own = {e.name: e.content for e in dtd.iterentities()} if dtd is not None else {}
    for node in list(root.iter(etree.Entity)):
        text = own.get(node.name) or "&"
        # One that holds others, or elements, could unpack to anything.
        is_plain = not re.search("[&<]", text) and len(text) < 100
        _put(node, (text if is_plain else f"&{node.name};") + (node.tail or ""))
    return root


def _numbered(match: re.Match[bytes]) -> bytes:
    code = None if match[1] in _OWN else html.entities.name2codepoint.get(match[1].decode())
    return match[0] if code is None else b"&#%d;" % code


def _put(node: Any, text: str) -> None:
    """Put text where a node stands."""
    before, above = node.getprevious(), node.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        above.text = (above.text or "") + text
    node.tail = None
    above.remove(node)


class _Naming:
    """The tags of elements, by their names and by the text beside them."""

    def __init__(self, root: Any) -> None:
        self._inline: set[Any] = set()  # among text, or in what is
        for element in root.iter("*"):
            if element in self._inline or _is_mixed(element):
                self._inline.update(element)

    def tag(self, element: Any) -> Tag | None:
        """The HTML tag for an element, None for one that is not read."""
        tag = self._tag(element, _name(element))
        language = element.get(_XML_LANG) or element.get("lang")
        if tag is None or not language:
            return tag
        return tag._replace(attributes={**tag.attributes, "lang": language})

    def _tag(self, element: Any, name: str) -> Tag | None:
        if name in _UNREAD:
            return None
        above = _name(element.getparent()) if element.getparent() is not None else ""
        if name in _FOOTNOTES:
            return NOTE
        if name in _CELLS and above in ("row", "tr"):
            return Tag("td", {"colspan": element.get("cols", "1")})
        if name in _BLOCKS:
            return Tag(_BLOCKS[name])
        if name in _CODE:
            return Tag("pre", {"role": "code"})
        if element in self._inline:
            return NOTE if name == "note" else SPAN
        if name in _HEADINGS:
            return Tag("h1")
        if name == "teiheader" or _INFO.fullmatch(above):
            return Tag("nav")
        return Tag(_unmixed(element, name))


def _unmixed(element: Any, name: str) -> str:
    """The tag for an element with no text beside it."""
    if name in _CAPTIONS:
        return "figcaption"
    if name in _LINES:
        return "pre"
    if name in ("quote", "q"):
        return "blockquote"
    return "section" if len(element) and not _is_mixed(element) else "p"


def _is_mixed(element: Any) -> bool:
    """Whether an element holds text beside other elements."""
    return bool((element.text or "").strip()) or any((e.tail or "").strip() for e in element)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()

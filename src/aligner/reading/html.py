"""Web pages: the text in reading order, menus and page margins marked as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from aligner.bounds import MAX_MARKUP, MAX_TAGS, text_encoding
from aligner.errors import ReadError
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.html_menus import mark_menus
from aligner.reading.html_metadata import html_metadata
from aligner.reading.html_walk import Walk
from aligner.reading.text import decode

_DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}|\?xml[^>]{0,80})(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.I
)


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of a web page; raises ReadError for one that can't be read or passes 32 MiB."""
    if len(data) > MAX_MARKUP:
        raise ReadError(f"{name}: a web page larger than {MAX_MARKUP >> 20} MiB; save it as text")
    return extract_markup(decode_page(data, name), name)


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
    return Extract(html_blocks(root), metadata=html_metadata(root))


def html_blocks(root: Any) -> tuple[TextBlock, ...]:
    """The blocks of a tree of HTML elements."""
    from lxml import etree

    walk = Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        (walk.enter if event == "start" else walk.leave)(element)
    return tuple(
        TextBlock(b.text, b.kind, b.cell, b.language, starts_page=b.starts_page)
        for b in mark_menus(walk.blocks)
    )


def decode_page(data: bytes, name: str) -> str:
    """The markup of a page in the encoding that it declares, or that it looks like."""
    declared = _DECLARED.search(data[:4096])
    encoding = text_encoding(declared[1].decode("ascii")) if declared else None
    if encoding:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode(data, name)

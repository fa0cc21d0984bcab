"""Markdown, by way of the HTML that it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.bounds import MAX_MARKUP
from aligner.errors import ReadError, needs_extra
from aligner.reading.characters import clean
from aligner.reading.extract import Extract
from aligner.reading.front_matter import split_front_matter
from aligner.reading.html import extract_markup
from aligner.reading.markdown_rules import add_rules
from aligner.reading.text import decode


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of a Markdown file without its marks; raises ReadError."""
    if len(data) > MAX_MARKUP:
        raise ReadError(f"{name}: Markdown larger than {MAX_MARKUP >> 20} MiB; split it first")
    try:
        from markdown_it import MarkdownIt
    except ImportError as exc:
        raise ReadError(needs_extra(f"{name}: Markdown needs one more package", "formats")) from exc
    metadata, text = split_front_matter(clean(decode(data, name)))
    parser = add_rules(MarkdownIt("commonmark").enable(["table", "strikethrough"]))
    page = extract_markup(parser.render(text), name)
    return replace(page, metadata=metadata)

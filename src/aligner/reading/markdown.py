"""Markdown, by way of the HTML that it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.bounds import MAX_MARKUP
from aligner.errors import ReadError
from aligner.reading.characters import clean
from aligner.reading.extract import Extract
from aligner.reading.html import extract_markup
from aligner.reading.text import decode

_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.S)


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of a Markdown file without its marks; raises ReadError."""
    if len(data) > MAX_MARKUP:
        raise ReadError(f"{name}: Markdown larger than {MAX_MARKUP >> 20} MiB; split it first")
    try:
        from markdown_it import MarkdownIt
    except ImportError as exc:
        raise ReadError(
            f"{name}: Markdown needs one more package; run: pip install 'aligner[formats]'"
        ) from exc
    text = _FRONT_MATTER.sub("", clean(decode(data, name)))
    return extract_markup(MarkdownIt("commonmark").enable("table").render(text), name)

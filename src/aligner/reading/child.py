"""Reading formats that take a parser in a process of its own."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from aligner.apart import results_apart
from aligner.bounds import MAX_DOCUMENT
from aligner.errors import ReadError
from aligner.reading.extract import Extract, from_json, to_json

_READERS = {
    "pdf": "aligner.reading.pdf",
    "docx": "aligner.reading.docx",
    "html": "aligner.reading.html",
    "markdown": "aligner.reading.markdown",
    "picture": "aligner.reading.ocr.read",
    "odf": "aligner.reading.open_document",
    "rtf": "aligner.reading.rtf",
    "doc": "aligner.reading.doc",
    "epub": "aligner.reading.epub",
    "pptx": "aligner.reading.pptx",
    "workbook": "aligner.reading.workbook",
    "delimited": "aligner.reading.delimited",
    "subtitles": "aligner.reading.subtitles",
    "xml": "aligner.reading.xml_text",
}


def extract_apart(data: bytes, form: str, name: str, languages: Sequence[str]) -> Extract:
    """Read a document in a child process within bounds of time and memory.

    `languages` are those in which to read pictures of text, none for not at all.

    Raises ReadError for what the format's reader refuses, and where it passes the bounds or
    crashes.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return from_json(
            results_apart(
                "aligner.reading.child:answers",
                [form, name, *languages],
                name=name,
                error=ReadError,
                size=len(data),
                stdin=file,
            )
        )


def answers(form: str, name: str, *languages: str) -> Iterator[Any]:
    """The child's part: what there is in the document on standard input."""
    extract: Callable[..., Extract] = import_module(_READERS[form]).extract
    extracted = extract(sys.stdin.buffer.read(), name, languages)
    if sum(len(block.text) for block in extracted.blocks) > MAX_DOCUMENT:
        raise ReadError(f"{name}: holds more than {MAX_DOCUMENT >> 20} Mi characters; split it")
    yield from to_json(extracted)

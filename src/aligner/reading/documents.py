"""One door for every format: a path goes in, a Document comes out."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from aligner.bounds import MAX_DOCUMENT, exhaustion
from aligner.document import Document
from aligner.errors import ReadError, unreadable
from aligner.kinds import kind_of, no_document
from aligner.printable import on_disk, printable_name
from aligner.reading.characters import clean
from aligner.reading.text import decode
from aligner.spacing import is_blank

_FORMS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
# What a file may end in to be taken for a document; given by name, it may end in anything.
ENDINGS = frozenset({".txt", *_FORMS})
_NAMES = {
    "pdf": "a PDF file",
    "docx": "a Word document",
    "html": "a web page",
    "picture": "a picture",
}
_OTHER_FORMATS = (
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as DOCX or PDF first"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"{\\rtf", "an RTF file; save it as DOCX first"),
    (b"PK\x03\x04", "a ZIP file or a sheet but no Word document; save its text as DOCX or PDF"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)


def read_document(path: str | Path, ocr: Sequence[str] = ()) -> Document:
    """Read a text, PDF, DOCX, HTML or Markdown file, or text from standard input for `-`.

    The ending names the format and the content must agree; a file without a known ending is
    what it looks like. `ocr` reads pages that are pictures, and picture files, in
    these languages. Raises ReadError for a file that is missing, unreadable, larger than 128 MiB,
    changing, empty, damaged, encrypted or of no known format.
    """
    path = Path(path)
    name = "standard input" if str(path) == "-" else printable_name(path.name)
    data = _read_bytes(path)
    form = form_of(data, name)
    if form == "picture" and not ocr:
        raise ReadError(f"{name}: a picture; --ocr reads it")
    with exhaustion(name, ReadError):
        document = _document(data, form, name, ocr)
    if is_blank(document.text):
        raise ReadError(f"{name}: the file is empty; give one that holds text")
    return document


def _document(data: bytes, form: str, name: str, ocr: Sequence[str]) -> Document:
    if form == "text":
        text = clean(decode(data, name))
        return Document(name, text, (0, *(match.end() for match in re.finditer("\f", text))))
    from aligner.reading.child import extract_apart

    return extract_apart(data, form, on_disk(name), ocr).document(name)


def form_of(data: bytes, name: str) -> str:
    """The format of a file, by its ending and its content."""
    named = _FORMS.get(Path(name).suffix.lower(), "")
    seen = _look(data)
    if named == "pdf" and b"%PDF-" in data[:1024]:
        return named
    if named in ("pdf", "docx") and seen != named:
        raise ReadError(f"{name}: not {_NAMES[named]} in spite of its name; check the file")
    if not named and Path(name).suffix and seen in ("pdf", "docx"):
        ending = "." + seen
        raise ReadError(
            f"{name}: this is {_NAMES[seen]}, not text; give it a name that ends in {ending}"
        )
    if seen == "html" and named == "markdown":
        return named
    if seen:
        return seen
    memory = kind_of(data, name)
    if memory is not None:
        raise ReadError(no_document(memory, name))
    for magic, kind in _OTHER_FORMATS:
        if data.startswith(magic):
            raise ReadError(f"{name}: this is {kind}")
    return named or "text"


def _look(data: bytes) -> str:
    """The format that a file's first bytes show, or an empty string."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return "docx"
    if data.startswith(_PICTURES):
        return "picture"
    return "html" if _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) else ""


def _read_bytes(path: Path) -> bytes:
    if str(path) == "-":
        try:
            data = sys.stdin.buffer.read(MAX_DOCUMENT + 1)
        except OSError as exc:
            raise unreadable("standard input", exc) from exc
    else:
        try:
            with path.open("rb") as file:
                before = os.fstat(file.fileno())
                data = file.read(MAX_DOCUMENT + 1) if before.st_size <= MAX_DOCUMENT else b"\0"
                after = os.fstat(file.fileno())
        except (OSError, ValueError) as exc:
            raise unreadable(path, exc) from exc
        # A pipe changes while it is read.
        is_file = stat.S_ISREG(before.st_mode)
        if is_file and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise ReadError(f"{path}: changed while it was read; try again once it is complete")
        if after.st_size > MAX_DOCUMENT:
            data = bytes(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise ReadError(f"{path}: larger than {MAX_DOCUMENT >> 20} MiB; split it first")
    return data

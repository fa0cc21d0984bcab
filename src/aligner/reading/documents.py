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
from aligner.printable import on_disk, printable_name
from aligner.reading.characters import clean
from aligner.reading.forms import form_of
from aligner.reading.text import decode
from aligner.spacing import is_blank


def read_document(path: str | Path, ocr: Sequence[str] = ()) -> Document:
    """Read a document of any format that `forms` knows, or text from standard input for `-`.

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

"""Reading binary formats in a process of its own.

What a PDF or DOCX file does to its parser, be it a crash, an endless loop or a flood of
memory, stays in that process and becomes one line.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib import import_module

from aligner.errors import ReadError
from aligner.metadata import Metadata
from aligner.reading.extract import Extract
from aligner.types import Span

MAX_SECONDS = 300  # of processor time
MAX_MEMORY = 3 * 2**30  # bytes of address space

_READERS = {
    "pdf": "aligner.reading.pdf",
    "docx": "aligner.reading.docx",
    "picture": "aligner.reading.ocr",
}
_CHILD = "import sys; from aligner.reading.child import serve; serve(*sys.argv[1:])"


def extract_apart(data: bytes, form: str, name: str, languages: Sequence[str]) -> Extract:
    """Read a document in a child process within bounds of time and memory.

    `languages` are those in which to read pictures of text, none for not at all.

    Raises ReadError for what the format's reader refuses, and where it passes 300 seconds or
    3 GiB, or crashes.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        done = subprocess.run(  # noqa: S603 - this interpreter, this module, no shell
            [sys.executable, "-c", _CHILD, form, name, *languages],
            stdin=file,
            capture_output=True,
            check=False,
        )
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise ReadError(
            f"{name}: its reader gave up (more than {MAX_SECONDS} seconds or "
            f"{MAX_MEMORY >> 30} GiB, or a crash); the file is damaged or hostile"
        ) from None
    if "error" in answer:
        raise ReadError(answer["error"])
    return Extract(
        answer["text"],
        tuple(Span(*span) for span in answer["furniture"]),
        tuple(answer["remarks"]),
        Metadata(**answer["metadata"]),
    )


def serve(form: str, name: str, *languages: str) -> None:
    """The child's part: a document on standard input, an answer in JSON on standard output."""
    _limit()
    try:
        extract: Callable[..., Extract] = import_module(_READERS[form]).extract
        extracted = extract(sys.stdin.buffer.read(), name, languages)
        answer = {
            "text": extracted.text,
            "furniture": extracted.furniture,
            "remarks": extracted.remarks,
            "metadata": asdict(extracted.metadata),
        }
    except ReadError as exc:
        answer = {"error": str(exc)}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for what, limit in (
        (resource.RLIMIT_CPU, MAX_SECONDS),
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (soft, hard))

"""The history file beside a reviewed file: what it held first, and each step since.

A step is on the disk before it is acknowledged; the reviewed file itself is rewritten now and
then. Its digest is noted here before each time, so that a file that someone else has changed
is told from one that was not yet rewritten when the server was killed. The history is locked
as long as it is open, by the system, so that a killed process holds nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import Any

from aligner.errors import FormatError, OutputError, unwritable
from aligner.json_text import parse_json
from aligner.memory import check_place
from aligner.memory.members import member

FORMAT = 1
ENDING = ".history"


class Journal:
    """A file of JSON lines that is only ever added to, by one process at a time."""

    def __init__(self, reviewed: Path) -> None:
        """Open and lock the history of a file, or make it; raises OutputError."""
        self.path = path = reviewed.with_name(reviewed.name + ENDING)
        check_place(path)
        try:
            self._file = _locked(path)
        except OSError as exc:
            raise OutputError(f"{path}: can't be opened ({exc.strerror or exc})") from exc
        self._one_at_a_time = Lock()

    def lines(self) -> list[tuple[int, str]]:
        """Its lines with their numbers; one that was cut off while it was written is dropped."""
        self._file.seek(0)
        data = self._file.read()
        end = data.rfind(b"\n") + 1
        self._file.truncate(end)
        try:
            return list(enumerate(data[:end].decode().split("\n")[:-1], start=1))
        except UnicodeDecodeError as exc:
            raise FormatError(f"{self.path}: no text in UTF-8; move this file away") from exc

    def append(self, *lines: dict[str, Any]) -> None:
        """Add lines and wait until they are on the disk; raises OutputError."""
        data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
        with self._one_at_a_time:
            size = os.fstat(self._file.fileno()).st_size
            try:
                if self._file.write(data) != len(data):
                    raise OSError("the disk is full")
                os.fsync(self._file.fileno())
            except OSError as exc:
                # What was not acknowledged must not come back.
                self._file.truncate(size)
                raise unwritable(self.path, exc) from exc

    def set_aside(self) -> Path:
        """Move what it holds to another file, whose path is returned, and begin anew."""
        old = self.path.with_name(self.path.name + ".old")
        self._file.seek(0)
        old.write_bytes(self._file.read())
        self.clear()
        return old

    def clear(self) -> None:
        """Forget all that it holds."""
        self._file.truncate(0)

    def close(self) -> None:
        """Let the file go, and remove it if it is empty."""
        if not os.fstat(self._file.fileno()).st_size:
            self.path.unlink(missing_ok=True)
        self._file.close()


def _locked(path: Path) -> FileIO:
    from filelock import lock_descriptor

    while True:
        file = path.open("a+b", buffering=0)
        if not lock_descriptor(file.fileno(), blocking=False):
            file.close()
            raise OutputError(
                f"{path.with_suffix('')}: is being reviewed already; end that review first"
            )
        # Another one may have removed the file between the opening and the locking.
        if path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno())):
            return file
        file.close()


def digest(content: bytes) -> str:
    """What a file's content is known by."""
    return hashlib.sha256(content).hexdigest()


def base_line(content: str, found: str) -> dict[str, Any]:
    """A history's first line: the content that its steps lead on from, and the file's digest."""
    return {"type": "base", "format": FORMAT, "digest": found, "content": content}


def saved_line(content: bytes) -> dict[str, Any]:
    """A line that says what the reviewed file is about to become."""
    return {"type": "saved", "digest": digest(content)}


def base_content(lines: list[tuple[int, str]], found: bytes, path: Path) -> str | None:
    """The content that a history begins with, None if it is not the history of `found`.

    Raises FormatError where a line is broken.
    """
    known = set()
    content = None
    for number, text in lines:
        try:
            line = parse_json(text)
            kind = member(line, "type", str)
            if (kind == "base") != (number == 1):
                raise ValueError("a history has one line of type base, its first")
            if kind == "base":
                if member(line, "format", int) != FORMAT:
                    raise ValueError("written by another version of aligner")
                content = member(line, "content", str)
            if kind in ("base", "saved"):
                known.add(member(line, "digest", str))
        except ValueError as exc:
            raise FormatError(
                f"{path}: line {number}: broken ({exc}); move this file away to begin anew"
            ) from exc
    return content if digest(found) in known else None

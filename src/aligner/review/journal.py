"""The history file beside a reviewed file: what it held first, and each step since.

A step is on the disk before it is acknowledged; the reviewed file itself is rewritten now and
then. Its digest is noted here before each time, so that a file that someone else has changed
is told from one that was not yet rewritten when the server was killed. Both files are locked as
long as the history is open.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from io import FileIO
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

from aligner.errors import FormatError, unreadable, unwritable
from aligner.json_text import parse_json
from aligner.memory import check_place
from aligner.memory.json_fields import require
from aligner.review.locks import open_locked

FORMAT = 1
ENDING = ".history"
_BEGINNING = b'{"type": "base", '


class Journal:
    """A file of JSON lines that is only ever added to, by one process at a time."""

    def __init__(self, reviewed: Path) -> None:
        """Open the history of a file, or make it, and lock both; raises OutputError."""
        self._reviewed = reviewed
        self._held: FileIO | None = None
        self.path = path = reviewed.with_name(reviewed.name + ENDING)
        check_place(path)
        self.follow()
        try:
            self._file = open_locked(path, reviewed, os.O_CREAT | os.O_APPEND)
        except BaseException:
            self._let_go()
            raise
        self._size = 0
        self._one_at_a_time = Lock()

    def lines(self) -> list[tuple[int, str]]:
        """Its lines with their numbers; one that was cut off while it was written is left out.

        Raises ReadError and FormatError. Nothing is changed yet: this may be a file of someone's.
        """
        data = self._content()
        self._size = data.rfind(b"\n") + 1
        is_history = data.startswith(_BEGINNING[: len(data)])
        try:
            if data and not is_history and not self._size:
                raise FormatError(f"{self.path}: not a review history; move this file away")
            return list(enumerate(data[: self._size].decode().split("\n")[:-1], start=1))
        except UnicodeDecodeError as exc:
            raise FormatError(f"{self.path}: not UTF-8; move this file away") from exc

    def append(self, *lines: dict[str, Any]) -> None:
        """Add lines and wait until they are on the disk; raises OutputError."""
        data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
        with self._one_at_a_time:
            try:
                self._file.truncate(self._size)
                _write(self._file, data)
            except OSError as exc:
                # What was not acknowledged must not come back.
                with suppress(OSError):
                    self._file.truncate(self._size)
                raise unwritable(self.path, exc) from exc
            self._size += len(data)

    def set_aside(self) -> Path:
        """Copy what it holds to a new file, whose path is returned, and begin anew.

        Raises ReadError and OutputError; then it is as it was.
        """
        old = _write_new(self.path, self._content())
        self.clear()
        return old

    def clear(self) -> None:
        """Forget all that it holds; raises OutputError."""
        try:
            self._file.truncate(0)
        except OSError as exc:
            raise unwritable(self.path, exc) from exc
        self._size = 0

    def follow(self) -> None:
        """Lock the file that bears the reviewed one's name now; raises OutputError."""
        self._let_go()
        if os.name == "nt":  # where a file that is open can't be written anew
            return
        with suppress(FileNotFoundError):
            self._held = open_locked(self._reviewed, self._reviewed)

    def close(self) -> None:
        """Let the files go, and remove the history if it is empty."""
        if not os.fstat(self._file.fileno()).st_size:
            self.path.unlink(missing_ok=True)
        self._file.close()
        self._let_go()

    def _content(self) -> bytes:
        try:
            self._file.seek(0)
            return self._file.readall()
        except OSError as exc:
            raise unreadable(self.path, exc) from exc

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.close()
        self._held = None


def _write(file: FileIO, data: bytes) -> None:
    if file.write(data) != len(data):
        raise OSError("the disk is full")
    os.fsync(file.fileno())


def _write_new(history: Path, content: bytes) -> Path:
    """Write a file beside a history under a name that nothing has; raises OutputError."""
    for number in count(1):
        old = history.with_name(f"{history.name}.old{number if number > 1 else ''}")
        try:
            with old.open("xb", buffering=0) as file:
                try:
                    _write(file, content)
                except OSError:
                    old.unlink(missing_ok=True)
                    raise
        except FileExistsError:
            continue
        except OSError as exc:
            raise unwritable(old, exc) from exc
        return old
    raise AssertionError


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

    Raises FormatError if a line is broken.
    """
    known = set()
    content = None
    for number, text in lines:
        try:
            line = parse_json(text)
            kind = require(line, "type", str)
            if (kind == "base") != (number == 1):
                raise ValueError("a history has one line of type base, its first")
            if kind == "base":
                if require(line, "format", int) != FORMAT:
                    raise ValueError("written by another version of aligner")
                content = require(line, "content", str)
            if kind in ("base", "saved"):
                known.add(require(line, "digest", str))
        except ValueError as exc:
            raise FormatError(
                f"{path}: line {number}: broken ({exc}); move this file away to start again"
            ) from exc
    return content if digest(found) in known else None

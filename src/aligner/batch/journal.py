"""What a run has done so far, in its output folder: a line of JSON for each result.

A line is written once the outputs that it tells of are in their places. One that a power cut
or a full disk cut short is as if it were not there: its document is done again.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO, FileIO
from pathlib import Path
from typing import Protocol

from aligner.batch.outputs import HIDDEN
from aligner.batch.record import line_of, names_of, results_of
from aligner.batch.storage import LocalFolder, OutputFolder, RemoteFolder
from aligner.batch.tasks import Result
from aligner.errors import OutputError, unwritable

_NAME = "journal.jsonl"
_LOCK = "lock"
_SEGMENT_SECONDS = 20
_MAX_LINE_BYTES = 1 << 20  # bytes of a line; no run writes one that long


class Journal(Protocol):
    """The last result of each document, by id, and the names of all outputs there ever were."""

    results: dict[str, Result]
    outputs: set[str]

    def add(self, result: Result) -> None:
        """Note a result, so that it outlives this process. Raises OutputError."""


@contextmanager
def open_journal(folder: OutputFolder, resume: bool) -> Iterator[Journal]:
    """The journal of a run, held for this process alone where the file system can do that.

    The folder is created if missing. Raises OutputError for one that another run works
    in, that holds something else, or, without `resume`, an earlier run.
    """
    if isinstance(folder, RemoteFolder):
        with _RemoteJournal(folder, resume) as remote:
            yield remote
    elif isinstance(folder, LocalFolder):
        with _locked(folder.root), _LocalJournal(folder.root, resume) as local:
            yield local


class _LocalJournal:
    """A file that is only ever added to."""

    def __init__(self, root: Path, resume: bool) -> None:
        self._root = root
        self._path = path = root / HIDDEN / _NAME
        if path.exists():
            _require(resume, str(root))
        try:
            _require_own(path)
            self._file = path.open("a+b", buffering=0)
            self.results, self.outputs = results_of(_lines_of(path))
            _tidy(root)
        except OSError as exc:
            raise OutputError(f"{path}: can't be opened ({exc.strerror or exc})") from exc
        self._whole = False

    def add(self, result: Result) -> None:
        """Add a line; a power cut may lose it, and its document is done again then."""
        # The line before may be a torn one.
        data = (b"" if self._whole else b"\n") + line_of(result)
        size = os.fstat(self._file.fileno()).st_size
        try:
            if self._file.write(data) != len(data):
                raise OSError("no space left on the device")
        except OSError as exc:
            self._file.truncate(size)
            raise unwritable(self._path, exc) from exc
        self._whole = True
        self.results[result.id] = result
        self.outputs |= names_of(result)

    def __enter__(self) -> _LocalJournal:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        with suppress(OSError):
            _tidy(self._root)


class _RemoteJournal:
    """Files that are written whole, one for every some seconds: nothing there can be added to."""

    def __init__(self, folder: RemoteFolder, resume: bool) -> None:
        from pyarrow.fs import FileSelector

        self._folder = folder
        place = f"{folder.path}/{HIDDEN}"
        try:
            # Now rather than after the first documents, if it can't be.
            folder.system.create_dir(place)
            infos = folder.system.get_file_info(FileSelector(place))
        except OSError as exc:
            message = " ".join(str(exc).split())
            raise OutputError(f"{folder.uri}: can't be written to ({message})") from exc
        found = sorted(info.path for info in infos if info.is_file)
        if found:
            _require(resume, folder.uri)
        data = BytesIO()
        for path in found:
            with folder.system.open_input_stream(path) as stream:
                data.write(stream.read())
        self.results, self.outputs = results_of(data.getvalue().splitlines())
        self._number = len(found)
        self._waiting: list[bytes] = []
        self._written = time.monotonic()

    def add(self, result: Result) -> None:
        """Note a line, and write a file of them now and then."""
        self._waiting.append(line_of(result))
        self.results[result.id] = result
        self.outputs |= names_of(result)
        if time.monotonic() - self._written > _SEGMENT_SECONDS:
            self._write()

    def __enter__(self) -> _RemoteJournal:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()

    def _write(self) -> None:
        if self._waiting:
            name = f"{HIDDEN}/{self._number:08}-{_NAME}"
            content = b"".join(self._waiting)
            self._folder.write(name, partial(_save, content))
            self._number += 1
            self._waiting = []
        self._written = time.monotonic()


def _lines_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := file.readline(_MAX_LINE_BYTES):
            yield line


def _save(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _require(resume: bool, place: str) -> None:
    if not resume:
        raise OutputError(
            f"{place}: holds an earlier run; continue it with --resume, or name another folder"
        )


def _tidy(root: Path) -> None:
    """Remove what killed processes had not finished writing."""
    # Of links to folders only the links are looked at.
    for folder, _, files in os.walk(root):
        for name in files:
            if name.startswith(".aligner-"):
                Path(folder, name).unlink(missing_ok=True)


def _require_own(path: Path) -> None:
    """Raise OutputError for what no run makes, such as a link that leads elsewhere."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OutputError(f"{path}: neither a file nor a folder of a run; name another folder")


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """The folder, created if missing, for this process alone as long as it lives."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        place = root / HIDDEN
        if not place.exists() and any(root.iterdir()):
            raise OutputError(f"{root}: not empty, and not an earlier run; name another folder")
        _require_own(place)
        place.mkdir(exist_ok=True)
        _require_own(place / _LOCK)
        file = (place / _LOCK).open("ab", buffering=0)
    except OSError as exc:
        raise OutputError(f"{root}: can't be written to ({exc.strerror or exc})") from exc
    with file:
        _lock(file, root)
        yield


def _lock(file: FileIO, root: Path) -> None:
    from filelock import lock_descriptor

    # The system holds the lock, so that a killed process holds nothing.
    if not lock_descriptor(file.fileno(), blocking=False):
        raise OutputError(f"{root}: another run is using this folder; wait until it ends")

"""Folders and files, here or on object storage, in the few ways that a batch uses them.

Paths are local; URIs, with `://` in them, go through pyarrow's file systems.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import quote

from aligner.errors import (
    AlignerError,
    InputError,
    OutputError,
    ReadError,
    needs_extra,
    unreadable,
    unwritable,
)
from aligner.printable import on_disk


def is_uri(place: str) -> bool:
    """Whether a place is not simply a path."""
    return "://" in place


def inside(folder: str, name: str) -> str:
    """The place of a file in a folder, both paths or URIs; the name is a plain one."""
    if not is_uri(folder):
        return f"{folder.rstrip('/')}/{name}" if folder else name
    base, mark, query = folder.partition("?")
    return f"{base.rstrip('/')}/{quote(name)}{mark}{query}"


@contextmanager
def local_copy(place: str, most: int | None = None) -> Iterator[Path]:
    """A file to read: itself, or a copy under its own name for a URI.

    Raises ReadError, also for what is not a regular file, such as a device or a pipe that would
    never end, and for more than `most` bytes; errors name the URI, not the copy.
    """
    if not is_uri(place):
        named = Path(place)
        try:
            found = named.stat()
        except (OSError, ValueError) as exc:
            raise unreadable(named, exc) from exc
        _require_file(place, stat.S_ISREG(found.st_mode), found.st_size, most)
        yield named
        return
    system, path = file_system(place)
    with tempfile.TemporaryDirectory(prefix="aligner-") as folder:
        copy = Path(folder) / PurePosixPath(path).name
        try:
            (found,) = system.get_file_info([path])
            is_other = found.type.name != "NotFound" and not found.is_file
            _require_file(place, not is_other, found.size or 0, most)
            with system.open_input_stream(path) as stream, copy.open("wb") as target:
                while data := stream.read(1 << 20):
                    target.write(data)
        except (OSError, ValueError) as exc:
            raise unreadable(place, exc) from exc
        try:
            yield copy
        except AlignerError as exc:
            raise type(exc)(str(exc).replace(str(copy), place)) from exc


def _require_file(place: str, is_file: bool, size: int, most: int | None) -> None:
    """Raise ReadError for what is not a file, or larger than `most` bytes."""
    if not is_file:
        raise ReadError(f"{place}: not a regular file")
    if most is not None and size > most:
        raise ReadError(f"{place}: larger than {most >> 20} MiB; split it first")


def file_system(uri: str) -> tuple[Any, str]:
    """The file system of a URI, as pyarrow has it, and the path in it; raises InputError."""
    try:
        from pyarrow import ArrowException
        from pyarrow.fs import FileSystem
    except ImportError as exc:
        raise InputError(needs_extra(f"{uri}: needs pyarrow", "batch")) from exc
    try:
        system, path = FileSystem.from_uri(uri)
    except (ArrowException, OSError, ValueError) as exc:
        raise InputError(f"{uri}: can't be opened ({_one_line(exc)})") from exc
    return system, str(path)


def digest(path: Path) -> str:
    """The SHA-256 of a file; raises ReadError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        raise unreadable(path, exc) from exc


class OutputFolder(Protocol):
    """Where a batch writes; names have `/` between folders."""

    def write(self, name: str, writer: Callable[[Path], None]) -> str:
        """Have a file written whole or not at all; returns its digest. Raises OutputError."""

    def reading(self, name: str) -> AbstractContextManager[Path]:
        """A file that was written, to be read here."""

    def holds(self, name: str, known: str) -> bool:
        """Whether a file is there as it was written."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there. Raises OutputError."""


class LocalFolder:
    """A folder of this machine's file system."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, writer: Callable[[Path], None]) -> str:
        """Have a file written, which `writer` does by renaming; raises OutputError."""
        path = self._path(name)
        if path.is_symlink():
            raise OutputError(f"{path}: a link, which no run creates; remove it")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise OutputError(f"{path.parent}: can't be made ({exc.strerror or exc})") from exc
        writer(path)
        return digest(path)

    def reading(self, name: str) -> AbstractContextManager[Path]:
        """The file itself."""
        return nullcontext(self._path(name))

    def holds(self, name: str, known: str) -> bool:
        """Whether a file is there with this digest."""
        path = self._path(name)
        return not path.is_symlink() and path.is_file() and digest(path) == known

    def remove(self, name: str) -> None:
        """Remove a file, if it is there, and not elsewhere by a link; raises OutputError."""
        path = self.root / on_disk(name)
        if not self._holds_folder_of(path):
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as exc:
            raise OutputError(f"{path}: can't be removed ({exc.strerror or exc})") from exc

    def _path(self, name: str) -> Path:
        """Where a file is; raises OutputError for a folder in it that leads out of the root."""
        path = self.root / on_disk(name)
        if not self._holds_folder_of(path):
            raise OutputError(f"{path}: a link in it leads out of {self.root}; remove it")
        return path

    def _holds_folder_of(self, path: Path) -> bool:
        return Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(self.root))


class RemoteFolder:
    """A folder on a file system that pyarrow knows."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.system, self.path = file_system(self.uri)

    def __reduce__(self) -> tuple[Any, ...]:
        return RemoteFolder, (self.uri,)

    def write(self, name: str, writer: Callable[[Path], None]) -> str:
        """Have a file written here and put there: object storage shows it once it is whole."""
        with tempfile.TemporaryDirectory(prefix="aligner-") as folder:
            copy = Path(folder) / PurePosixPath(name).name
            writer(copy)
            self._put(name, copy)
            return digest(copy)

    def _put(self, name: str, copy: Path) -> None:
        place = f"{self.path}/{name}"
        by_renaming = self.system.type_name in ("local", "hdfs")
        work = f"{place}.part" if by_renaming else place
        try:
            self.system.create_dir(str(PurePosixPath(place).parent), recursive=True)
            with copy.open("rb") as file, self.system.open_output_stream(work) as stream:
                while data := file.read(1 << 20):
                    stream.write(data)
            if by_renaming:
                self.system.move(work, place)
        except OSError as exc:
            raise unwritable(inside(self.uri, name), exc) from exc

    def reading(self, name: str) -> AbstractContextManager[Path]:
        """A copy of the file."""
        return local_copy(inside(self.uri, name))

    def holds(self, name: str, known: str) -> bool:  # noqa: ARG002 - a copy costs too much
        """Whether a file is there: it never is in part."""
        return bool(self.system.get_file_info(f"{self.path}/{name}").is_file)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there; raises OutputError."""
        try:
            self.system.delete_file(f"{self.path}/{name}")
        except FileNotFoundError:
            return
        except OSError as exc:
            raise OutputError(
                f"{inside(self.uri, name)}: can't be removed ({_one_line(exc)})"
            ) from exc


def _one_line(exc: BaseException) -> str:
    return " ".join(str(exc).split())

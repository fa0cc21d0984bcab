"""Writing a file so that it appears whole or not at all."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, cast

from aligner.errors import OutputError, unwritable
from aligner.printable import shown

STANDARD_OUTPUT = "-"


def check_place(place: str | Path) -> None:
    """Raise OutputError if a file can't be written, before any work is done for it."""
    if str(place) == STANDARD_OUTPUT:
        return
    path = Path(place)
    try:
        _check_path(path)
        if path.is_symlink():
            # Of a link that leads to itself the system would speak only after the work.
            _check_path(Path(os.path.realpath(path)))
            path.stat()
    except FileNotFoundError:
        return
    except OSError as exc:
        raise unwritable(path, exc) from exc


def _check_path(path: Path) -> None:
    if path.is_dir():
        raise OutputError(f"{path}: this is a folder; name a file in it")
    if not path.parent.is_dir():
        raise OutputError(f"{path.parent}: no such folder; make it first, or choose another")
    if path.exists() and not os.access(path, os.W_OK):
        raise OutputError(f"{path}: is write-protected; choose another name")
    if not os.access(path.parent, os.W_OK) and not _is_device(path):
        raise OutputError(f"{path.parent}: can't be written to; choose another folder")


def save(chunks: Iterable[str], place: str | Path) -> None:
    """Write text as UTF-8, as `writing` does; a terminal gets nothing that would steer it."""
    if str(place) == STANDARD_OUTPUT and sys.stdout and sys.stdout.isatty():
        chunks = map(shown, chunks)
    with writing(place) as file:
        for chunk in chunks:
            file.write(chunk.encode())


@contextmanager
def writing(place: str | Path) -> Iterator[BinaryIO]:
    """A file to write bytes to or, for `-`, standard output; packed for a name in `.gz`.

    A file is written beside its place and renamed at the end, so that a failure leaves an
    older one as it was. Raises OutputError.
    """
    if str(place) == STANDARD_OUTPUT:
        if sys.stdout is None:
            raise OutputError("standard output: is closed; name a file with -o")
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as exc:
            raise unwritable("standard output", exc) from exc
        return
    check_place(place)
    path = Path(place)
    if path.is_symlink():
        path = Path(os.path.realpath(path))
    try:
        if _is_device(path):
            with path.open("wb") as file:
                yield file
            return
        work = path.with_name(f".aligner-{token_hex(8)}")
        try:
            with work.open("xb") as file:
                if path.exists():
                    work.chmod(path.stat().st_mode & 0o777)
                if path.suffix == ".gz":
                    # No name and no time: the same content gives the same bytes.
                    with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                        yield cast("BinaryIO", packed)
                else:
                    yield file
                file.flush()
                os.fsync(file.fileno())
            work.replace(path)
        finally:
            work.unlink(missing_ok=True)
    except OSError as exc:
        raise unwritable(path, exc) from exc


def _is_device(path: Path) -> bool:
    """Whether a path is something that must not be replaced: /dev/null, a pipe."""
    return path.exists() and not path.is_file()

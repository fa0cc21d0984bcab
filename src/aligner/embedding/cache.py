"""Unpacked copies of model weights in the user's cache folder, memory-mapped."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.folders import cache_folder, is_private

_ALIGNMENT = 64
_Arrays = dict[str, NDArray[Any]]
# Neither a link nor a pipe may stand in the file's place; not all systems know the words.
_CAREFULLY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def unpacked(name: str, digest: str, unpack: Callable[[], _Arrays]) -> _Arrays:
    """Arrays by name, mapped from the cache; `unpack` makes them where it has none.

    The copy is one file: a line of JSON that describes the arrays, then their bytes. `digest`
    is the SHA-256 of all of it: a copy that does not match, or that others can write to, is
    made again; arrays that do not match are not kept. Where there is no safe folder to write
    to there is no copy.
    """
    folder = cache_folder()
    if folder is None:
        return unpack()
    place = folder / f"{name}.arrays"
    with suppress(OSError, ValueError):
        return _mapped(place, digest)
    arrays = unpack()
    contents = _packed(arrays)
    if _digest(contents) == digest:
        with suppress(OSError):
            _store(place, contents)
    return arrays


def _mapped(place: Path, digest: str) -> _Arrays:
    with open(os.open(place, _CAREFULLY), "rb") as file:  # noqa: PTH123
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or not is_private(found):
            raise ValueError("others can write to it")
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            raise ValueError("damaged copy")
        file.seek(0)
        described = json.loads(file.readline())
        start = file.tell()
        data = np.memmap(file, mode="r")[start:]
    return {
        key: data[low:high].view(dtype).reshape(shape).view(np.ndarray)
        for key, (dtype, shape, low, high) in described.items()
    }


def _packed(arrays: _Arrays) -> list[bytes]:
    """The contents of a copy."""
    described: dict[str, tuple[str, tuple[int, ...], int, int]] = {}
    contents = []
    low = 0
    for key, array in arrays.items():
        content = np.ascontiguousarray(array).tobytes()
        described[key] = (array.dtype.str, array.shape, low, low + len(content))
        content += b"\0" * (-len(content) % _ALIGNMENT)
        contents.append(content)
        low += len(content)
    header = json.dumps(described)
    header += " " * (-(len(header) + 1) % _ALIGNMENT) + "\n"
    return [header.encode(), *contents]


def _digest(contents: Sequence[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()


def _store(place: Path, contents: Sequence[bytes]) -> None:
    handle, work = tempfile.mkstemp(prefix=f".{place.name}-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(contents)
            file.flush()
            os.fsync(file.fileno())
        Path(work).replace(place)
    finally:
        Path(work).unlink(missing_ok=True)

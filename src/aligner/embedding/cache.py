"""Unpacked copies of model weights in the user's cache folder, memory-mapped."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.folders import cache_folder

_ALIGNMENT = 64
_Arrays = dict[str, NDArray[Any]]


def unpacked(name: str, unpack: Callable[[], _Arrays]) -> _Arrays:
    """Arrays by name, mapped from the cache; `unpack` makes them where it has none.

    The copy is one file: a line of JSON that describes the arrays and holds the SHA-256
    of what follows, then their bytes. A copy that does not match is made again; where the
    folder can't be written there is none.
    """
    place = cache_folder() / f"{name}.arrays"
    with suppress(OSError, ValueError, KeyError, TypeError):
        return _mapped(place)
    arrays = unpack()
    with suppress(OSError):
        _store(place, arrays)
    return arrays


def _mapped(place: Path) -> _Arrays:
    with place.open("rb") as file:
        header = json.loads(file.readline(1 << 16))
        start = file.tell()
        if hashlib.file_digest(file, "sha256").hexdigest() != header["sha256"]:
            raise ValueError("damaged copy")
    data = np.memmap(place, mode="r", offset=0)[start:]
    return {
        key: data[low:high].view(dtype).reshape(shape).view(np.ndarray)
        for key, (dtype, shape, low, high) in header["arrays"].items()
    }


def _store(place: Path, arrays: _Arrays) -> None:
    described: dict[str, tuple[str, tuple[int, ...], int, int]] = {}
    digest = hashlib.sha256()
    contents = []
    low = 0
    for key, array in arrays.items():
        content = np.ascontiguousarray(array).tobytes()
        described[key] = (array.dtype.str, array.shape, low, low + len(content))
        content += b"\0" * (-len(content) % _ALIGNMENT)
        digest.update(content)
        contents.append(content)
        low += len(content)
    header = json.dumps({"sha256": digest.hexdigest(), "arrays": described})
    header += " " * (-(len(header) + 1) % _ALIGNMENT) + "\n"
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, work = tempfile.mkstemp(prefix=f".{place.name}-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(header.encode())
            file.writelines(contents)
            file.flush()
            os.fsync(file.fileno())
        Path(work).replace(place)
    finally:
        Path(work).unlink(missing_ok=True)

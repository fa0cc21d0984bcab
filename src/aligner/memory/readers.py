"""Reading the units of anything that holds some, by its ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.errors import FormatError, ReadError
from aligner.memory.jsonl import read_jsonl
from aligner.memory.store import is_memory, open_memory, stored_units
from aligner.memory.tmx import read_tmx
from aligner.memory.units import translation_units
from aligner.types import TranslationUnit


def _jsonl(path: Path) -> Iterator[TranslationUnit]:
    yield from translation_units(read_jsonl(path))


_READERS: dict[str, Callable[[Path], Iterator[TranslationUnit]]] = {
    "tmx": read_tmx,
    "jsonl": _jsonl,
}


def read_units(path: str | Path) -> Iterator[TranslationUnit]:
    """Read the units of a living memory, or of a file whose ending tells its format.

    Raises ReadError and FormatError.
    """
    path = Path(path)
    if is_memory(path):
        with open_memory(path) as db:
            yield from stored_units(db)
        return
    ending = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if ending not in _READERS:
        if not path.exists():
            raise ReadError(f"{path}: no such file")
        known = ", ".join(_READERS)
        raise FormatError(f"{path}: the ending tells no format with units; known are {known}")
    yield from _READERS[ending](path)

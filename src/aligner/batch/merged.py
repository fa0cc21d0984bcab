"""The memory of all documents of a batch, in the order of the tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from aligner.batch.storage import OutputFolder
from aligner.memory import open_tmx, read_tmx, save_units
from aligner.memory.merging import Merge, merge
from aligner.types import TranslationUnit

_TMX, _PARQUET = "tmx", "parquet"


def memory_names() -> tuple[str, ...]:
    """The merged memory's files: Parquet only where there is pyarrow to write it."""
    forms = (_TMX, _PARQUET) if find_spec("pyarrow") else (_TMX,)
    return tuple(f"memory.{form}" for form in forms)


def write_memory(folder: OutputFolder, names: Sequence[str]) -> Merge:
    """Merge TMX files of the folder into one memory, each translation once.

    The same files in the same order give the same bytes. Without files there is no memory.
    Raises OutputError, and what `read_tmx` raises.
    """
    found = merge(_units(folder, names))
    for name in memory_names():
        if not found.written:
            folder.remove(name)
            continue
        with folder.reading(names[0]) as first:
            head = open_tmx(first)[0]
        form = name.removeprefix("memory.")
        folder.write(name, partial(_save, folder, names, found, form, head))
    return found


def _save(
    folder: OutputFolder, names: Sequence[str], found: Merge, form: str, head: str, place: Path
) -> None:
    save_units(found.units(_units(folder, names)), place, form, head)


def _units(folder: OutputFolder, names: Sequence[str]) -> Iterator[TranslationUnit]:
    for name in names:
        with folder.reading(name) as path:
            yield from read_tmx(path)

"""Reading the units of any file, or living memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aligner.memory.store import is_memory, open_memory, stored_units
from aligner.memory.tmx import read_tmx
from aligner.types import TranslationUnit


def read_units(path: str | Path) -> Iterator[TranslationUnit]:
    """Read the units of a memory one by one: a living one, or a file."""
    if is_memory(path):
        with open_memory(path) as db:
            yield from stored_units(db)
    else:
        yield from read_tmx(path)

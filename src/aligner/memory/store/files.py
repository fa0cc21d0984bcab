"""Import files of units into a memory database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from aligner.confidence import LEAST_CONFIDENCE
from aligner.memory.formats import open_units
from aligner.memory.store.contents import import_units
from aligner.memory.store.database import open_memory
from aligner.memory.store.history import MemoryChange
from aligner.memory.units import Likely
from aligner.printable import printable_name
from aligner.progress import SILENT, Progress
from aligner.splitting import cut_words


def import_files(
    place: str | Path,
    files: Sequence[str | Path],
    document: str = "",
    min_confidence: float = LEAST_CONFIDENCE,
    progress: Progress = SILENT,
) -> MemoryChange:
    """Import the units of files into a memory database, which is created if it doesn't exist.

    A unit that doesn't name its document belongs to `document`, or else to its file, which
    goes by its name without folders. Either all files are imported or none; see `import_units`
    for what is replaced. Units below `min_confidence` are left out, and the change counts them.
    Raises ReadError, FormatError and OutputError.
    """
    for file in files:
        next(open_units(file)[1], None)  # a file that is none is found out first
    likely = Likely(min_confidence)
    names = [printable_name(Path(file).name) for file in files]
    sources = (
        (document or name, likely.of(progress.track(open_units(file)[1], "importing")))
        for name, file in zip(names, files, strict=True)
    )
    with open_memory(place, create=True) as db:
        change = import_units(db, sources, cut_words, f"imported {', '.join(names)}")
    return replace(change, held_back=likely.held_back)

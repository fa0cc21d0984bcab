"""The output formats by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.errors import FormatError
from aligner.memory.beads import bead_chunks
from aligner.memory.jsonl import jsonl_chunks
from aligner.memory.output import STANDARD_OUTPUT, save
from aligner.memory.tables import tsv_chunks
from aligner.memory.tmx import tmx_chunks
from aligner.memory.units import translation_units
from aligner.types import Alignment

_Chunks = Callable[[Alignment, float], Iterator[str]]


def _tmx(alignment: Alignment, min_confidence: float) -> Iterator[str]:
    units = translation_units(alignment, min_confidence)
    if not units:
        raise FormatError("no pair is left to write; lower --min-confidence, or check the input")
    return tmx_chunks(units)


def _beads(alignment: Alignment, _: float) -> Iterator[str]:
    return bead_chunks(alignment.beads)


FORMATS: dict[str, _Chunks] = {
    "tmx": _tmx,
    "tsv": tsv_chunks,
    "jsonl": jsonl_chunks,
    "beads": _beads,
}


def format_of(place: str | Path, name: str | None = None) -> str:
    """The format to write: by name, else by the file's ending; TMX on standard output.

    Raises FormatError for one that is not known.
    """
    known = ", ".join(FORMATS)
    if name is None and (str(place) == STANDARD_OUTPUT or not Path(place).suffix):
        return "tmx"
    chosen = (name or Path(place).suffix.removeprefix(".")).lower()
    if chosen in FORMATS:
        return chosen
    if name:
        raise FormatError(f"{name}: no such format; known are {known}")
    raise FormatError(f"{place}: the ending tells no format; name one with --format ({known})")


def save_alignment(
    alignment: Alignment, place: str | Path, form: str, min_confidence: float = 0.0
) -> None:
    """Write an alignment to a file, or to standard output for `-`; raises OutputError.

    Pairs below `min_confidence` are left out, but from bead files, which must be complete.
    """
    save(FORMATS[form](alignment, min_confidence), place)

"""Bead files in Vecalign's format: `[0]:[0, 1]:0.873`, one bead per line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from aligner.bounds import MAX_BEADS
from aligner.confidence import format_confidence
from aligner.errors import FormatError
from aligner.memory.source import lines_of
from aligner.types import Bead

# Nine digits hold any sentence number, and keep hostile ones from growing.
_NUMBERS = r"\[[ \t]*((?:[0-9]{1,9}(?:[ \t]*,[ \t]*[0-9]{1,9})*)?)[ \t]*\]"
_BEAD = re.compile(rf"{_NUMBERS}[ \t]*:[ \t]*{_NUMBERS}(?:[ \t]*:[ \t]*(\S+))?")


def bead_chunks(beads: Iterable[Bead]) -> Iterator[str]:
    """The text of a bead file, line by line."""
    for bead in beads:
        yield f"{list(bead.source)}:{list(bead.target)}:{format_confidence(bead.confidence, 3)}\n"


def read_beads(path: str | Path, sizes: tuple[int, int] | None = None) -> tuple[Bead, ...]:
    """Read a bead file; a third field is the confidence.

    `sizes` are the numbers of source and target sentences, if known. Raises ReadError, and
    FormatError with the number of a line that is not a bead, or has a sentence that is beyond the
    text or already in another line.
    """
    beads = []
    seen: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        bead = _bead(line.strip())
        if bead is None:
            raise FormatError(f"{path}: line {number}: not a bead such as [0]:[0, 1]: {line[:40]}")
        for side, sentences in enumerate((bead.source, bead.target)):
            what = f"{path}: line {number}: {('source', 'target')[side]} sentence"
            for k in sentences:
                if sizes and k >= sizes[side]:
                    raise FormatError(
                        f"{what} {k}, but the text has {sizes[side]}, counted from 0; "
                        "is it another text, or are source and target swapped?"
                    )
                if k in seen[side]:
                    raise FormatError(f"{what} {k} is already in line {seen[side][k]}")
                seen[side][k] = number
        beads.append(bead)
        if len(beads) + sum(map(len, seen)) > MAX_BEADS:
            raise FormatError(f"{path}: more than {MAX_BEADS:,} beads and sentences; split it")
    return tuple(beads)


def _bead(line: str) -> Bead | None:
    match = _BEAD.fullmatch(line)
    if match is None:
        return None
    source, target = (tuple(int(k) for k in match[side].split(",") if k) for side in (1, 2))
    try:
        return Bead(source, target, float(match[3]) if match[3] else 1.0)
    except ValueError:
        return None

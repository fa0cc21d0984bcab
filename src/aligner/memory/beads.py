"""Bead files in Vecalign's form: `[0]:[0, 1]:0.873`, one bead a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from aligner.errors import FormatError, ReadError
from aligner.types import Bead

_BEAD = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\](?:\s*:\s*([-+.\deE]+|nan|inf))?")


def bead_chunks(beads: Sequence[Bead]) -> Iterator[str]:
    """The text of a bead file, line by line."""
    for bead in beads:
        yield f"{list(bead.source)}:{list(bead.target)}:{bead.confidence:.3f}\n"


def read_beads(path: str | Path) -> tuple[Bead, ...]:
    """Read a bead file; a third field is the confidence.

    Raises ReadError, and FormatError with the number of a line that is no bead.
    """
    try:
        lines = Path(path).read_text("utf-8-sig").splitlines()
    except OSError as exc:
        raise ReadError(f"{path}: can't be read ({exc.strerror or exc})") from exc
    except UnicodeDecodeError as exc:
        raise FormatError(f"{path}: not a bead file: no text in UTF-8") from exc
    beads = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        match = _BEAD.fullmatch(line.strip())
        if match is None:
            raise FormatError(f"{path}: line {number}: not a bead such as [0]:[0, 1]: {line[:40]}")
        source, target = (tuple(map(int, re.findall(r"\d+", match[side]))) for side in (1, 2))
        confidence = float(match[3]) if match[3] else 1.0
        beads.append(Bead(source, target, confidence))
    return tuple(beads)

"""From beads to translation units and their files.

Merging, filters, statistics, differences and validation are separate modules, imported where
they are used: `merging`, `filters`, `stats`, `diff`, `tmx.validate`.
"""

from aligner.memory.beads import read_beads
from aligner.memory.formats import (
    FORMATS,
    format_of,
    is_alignment,
    least_confidence,
    open_units,
    save_alignment,
    save_parts,
    save_units,
)
from aligner.memory.jsonl import read_jsonl
from aligner.memory.moses import read_moses
from aligner.memory.output import check_place, save, writing
from aligner.memory.tmx import open_tmx, read_tmx, write_tmx
from aligner.memory.units import translation_units

__all__ = [
    "FORMATS",
    "check_place",
    "format_of",
    "is_alignment",
    "least_confidence",
    "open_tmx",
    "open_units",
    "read_beads",
    "read_jsonl",
    "read_moses",
    "read_tmx",
    "save",
    "save_alignment",
    "save_parts",
    "save_units",
    "translation_units",
    "write_tmx",
    "writing",
]

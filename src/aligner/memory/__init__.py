"""beads -> translation units and their files."""

from aligner.memory.beads import read_beads
from aligner.memory.formats import FORMATS, format_of, open_units, save_alignment, save_units
from aligner.memory.jsonl import read_jsonl
from aligner.memory.merging import Keep, Merge, merge
from aligner.memory.output import check_place, save, writing
from aligner.memory.tmx import open_tmx, read_tmx, write_tmx
from aligner.memory.units import translation_units

__all__ = [
    "FORMATS",
    "Keep",
    "Merge",
    "check_place",
    "format_of",
    "merge",
    "open_tmx",
    "open_units",
    "read_beads",
    "read_jsonl",
    "read_tmx",
    "save",
    "save_alignment",
    "save_units",
    "translation_units",
    "write_tmx",
    "writing",
]

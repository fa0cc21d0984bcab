"""beads -> translation units and their files."""

from aligner.memory.beads import read_beads
from aligner.memory.comparison import Difference, Opener, compare
from aligner.memory.filters import Limits, Report, choose_rules, filter_units
from aligner.memory.formats import FORMATS, format_of, open_units, save_alignment, save_units
from aligner.memory.jsonl import read_jsonl
from aligner.memory.merging import Keep, Merge, merge, open_memories
from aligner.memory.moses import read_moses
from aligner.memory.output import check_place, save, writing
from aligner.memory.stats import Stats, collect_stats
from aligner.memory.tmx import (
    Finding,
    Level,
    open_tmx,
    read_tmx,
    validate_tmx,
    write_tmx,
)
from aligner.memory.units import translation_units

__all__ = [
    "FORMATS",
    "Difference",
    "Finding",
    "Keep",
    "Level",
    "Limits",
    "Merge",
    "Opener",
    "Report",
    "Stats",
    "check_place",
    "choose_rules",
    "collect_stats",
    "compare",
    "filter_units",
    "format_of",
    "merge",
    "open_memories",
    "open_tmx",
    "open_units",
    "read_beads",
    "read_jsonl",
    "read_moses",
    "read_tmx",
    "save",
    "save_alignment",
    "save_units",
    "translation_units",
    "validate_tmx",
    "write_tmx",
    "writing",
]

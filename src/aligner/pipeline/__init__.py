"""The only place where the stages meet: from files to an alignment and its scores."""

from aligner.pipeline.align import (
    align_again,
    align_note,
    align_pair,
    align_segmented,
    align_sentences,
)
from aligner.pipeline.compare import evaluate, report_page
from aligner.pipeline.gold import find_gold, read_gold
from aligner.pipeline.leverage import leverage
from aligner.pipeline.lines import align_parts
from aligner.pipeline.segment import Segmented, segment_any, segment_note, segment_one, segment_pair
from aligner.pipeline.settings import Progress, Settings
from aligner.pipeline.store import import_files, search_meaning
from aligner.pipeline.translation import coverage, require_translation

__all__ = [
    "Progress",
    "Segmented",
    "Settings",
    "align_again",
    "align_note",
    "align_pair",
    "align_parts",
    "align_segmented",
    "align_sentences",
    "coverage",
    "evaluate",
    "find_gold",
    "import_files",
    "leverage",
    "read_gold",
    "report_page",
    "require_translation",
    "search_meaning",
    "segment_any",
    "segment_note",
    "segment_one",
    "segment_pair",
]

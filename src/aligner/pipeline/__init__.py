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
from aligner.pipeline.segment import Segmented, segment_any, segment_note, segment_pair
from aligner.pipeline.settings import Progress, Settings

__all__ = [
    "Progress",
    "Segmented",
    "Settings",
    "align_again",
    "align_note",
    "align_pair",
    "align_segmented",
    "align_sentences",
    "evaluate",
    "find_gold",
    "read_gold",
    "report_page",
    "segment_any",
    "segment_note",
    "segment_pair",
]

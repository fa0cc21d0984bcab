"""The only place where the stages meet: from files to an alignment and its scores."""

from aligner.pipeline.align import (
    align_again,
    align_note,
    align_pair,
    align_segmented,
    align_sentences,
)
from aligner.pipeline.evaluate import evaluate_beads, evaluate_notes, find_gold
from aligner.pipeline.leverage import leverage
from aligner.pipeline.segment import Segmented, segment_document, segment_note, segment_pair
from aligner.pipeline.settings import Progress, Settings
from aligner.pipeline.store import import_files, search_meaning

__all__ = [
    "Progress",
    "Segmented",
    "Settings",
    "align_again",
    "align_note",
    "align_pair",
    "align_segmented",
    "align_sentences",
    "evaluate_beads",
    "evaluate_notes",
    "find_gold",
    "import_files",
    "leverage",
    "search_meaning",
    "segment_document",
    "segment_note",
    "segment_pair",
]

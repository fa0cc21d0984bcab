"""The only place where the stages meet: from files to an alignment and its scores."""

from aligner.pipeline.align import (
    align_again,
    align_note,
    align_pair,
    align_segmented,
    align_sentences,
)
from aligner.pipeline.evaluate import evaluate_beads, evaluate_notes, find_gold
from aligner.pipeline.segment import Segmented, segment_note, segment_pair
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
    "evaluate_beads",
    "evaluate_notes",
    "find_gold",
    "segment_note",
    "segment_pair",
]

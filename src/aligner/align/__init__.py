"""The public entry point: from files to an alignment. The only module in which the stages meet."""

from aligner.align.aligner import Aligner
from aligner.align.coverage import coverage, require_translation
from aligner.align.functions import (
    align_note,
    align_pair,
    align_segmented,
    align_sentences,
    segment_note,
)
from aligner.align.segmenting import Segmented, segment_any, segment_one
from aligner.align.settings import Settings

__all__ = [
    "Aligner",
    "Segmented",
    "Settings",
    "align_note",
    "align_pair",
    "align_segmented",
    "align_sentences",
    "coverage",
    "require_translation",
    "segment_any",
    "segment_note",
    "segment_one",
]

"""Evaluation of alignments: gold, metrics, reports."""

from aligner.evaluation.as_json import values
from aligner.evaluation.assess import assess
from aligner.evaluation.gold import NoteGold, find_gold, note_reference, read_gold, read_note_gold
from aligner.evaluation.judging import count_beads, judge
from aligner.evaluation.metrics import Counts, Score
from aligner.evaluation.placing import (
    Prediction,
    System,
    place_alignment,
    place_beads,
    place_units,
)
from aligner.evaluation.reference import Reference, ReferenceSide, claims_of_beads
from aligner.evaluation.results import Evaluation
from aligner.evaluation.systems import evaluate, report_page
from aligner.evaluation.text import report_lines

__all__ = [
    "Counts",
    "Evaluation",
    "NoteGold",
    "Prediction",
    "Reference",
    "ReferenceSide",
    "Score",
    "System",
    "assess",
    "claims_of_beads",
    "count_beads",
    "evaluate",
    "find_gold",
    "judge",
    "note_reference",
    "place_alignment",
    "place_beads",
    "place_units",
    "read_gold",
    "read_note_gold",
    "report_lines",
    "report_page",
    "values",
]

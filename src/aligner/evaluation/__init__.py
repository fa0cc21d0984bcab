"""gold, metrics, report."""

from aligner.evaluation.gold import NoteGold, read_gold_header, read_note_gold
from aligner.evaluation.metrics import Counts, Score, count_beads, count_note
from aligner.evaluation.report import Result, as_json, report_lines

__all__ = [
    "Counts",
    "NoteGold",
    "Result",
    "Score",
    "as_json",
    "count_beads",
    "count_note",
    "read_gold_header",
    "read_note_gold",
    "report_lines",
]

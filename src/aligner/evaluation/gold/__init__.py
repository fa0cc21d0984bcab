"""Gold: hand-made alignments, found, read and written."""

from aligner.evaluation.gold.files import Gold, find_gold, read_gold
from aligner.evaluation.gold.note import NoteGold, note_reference, read_note_gold
from aligner.evaluation.gold.write import gold_chunks

__all__ = [
    "Gold",
    "NoteGold",
    "find_gold",
    "gold_chunks",
    "note_reference",
    "read_gold",
    "read_note_gold",
]

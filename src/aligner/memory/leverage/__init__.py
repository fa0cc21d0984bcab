"""Leverage: how much of new documents a memory covers, and pre-translation."""

from aligner.memory.leverage.analysis import Row, Segment, analysis, percent
from aligner.memory.leverage.lookup import leverage
from aligner.memory.leverage.pretranslation import check_ending, save_pretranslated

__all__ = [
    "Row",
    "Segment",
    "analysis",
    "check_ending",
    "leverage",
    "percent",
    "save_pretranslated",
]

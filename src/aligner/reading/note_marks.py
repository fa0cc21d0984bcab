"""Marks that lead to a note and back: raised figures and signs, no part of any sentence."""

from __future__ import annotations

import re

from aligner.scripts import CLOSING, STOPS, WIDE_COMMAS, WIDE_STOPS
from aligner.spacing import is_wide

# Arrows, as they lead back from a note, may be followed by the choice of their picture.
_MARK = re.compile(r"[\[(（〔]?\d{1,3}[\])）〕]?|[\u2190-\u21ff]\ufe0e?|[*†‡§①-⑳]|\^\d{1,3}")
_BRACKETED = re.compile(r"[\[〔]")
_MARKS = f"{STOPS}{WIDE_STOPS}{WIDE_COMMAS},;:：；{CLOSING}".replace(")", "").replace("]", "")
_WORD = re.compile(r"[^\W\d_]{4,}$")
_UNIT = re.compile(r"(?:[米里尺丈秒厘分]|(?<![A-Za-z])(?:feet|inch|mile|yard|foot))$")


def is_note_mark(text: str) -> bool:
    """Whether a text that leads to a note, or back, has the form of a mark."""
    return _MARK.fullmatch(text.strip()) is not None


def is_raised_mark(text: str, before: str) -> bool:
    """Whether a raised text that leads nowhere marks a note, rather than a power such as m².

    It follows a stop, a whole word or a Chinese character; powers follow figures and units.
    """
    if not is_note_mark(text) or not before.strip():
        return False
    before = before.rstrip()
    if _BRACKETED.match(text.strip()) or before[-1] in _MARKS:
        return True
    if _UNIT.search(before):
        return False
    return is_wide(before[-1]) or _WORD.search(before) is not None

"""Counting words as CAT tools do.

The rule is Trados Studio's (RWS, "How Studio counts words"), and with it that of word
processors: what stands between spaces is a word, hyphens, apostrophes, decimal points and all
(`state-of-the-art` is one, `$1.2` too); each ideogram or kana is a word of its own. Marks are
none, wide ones neither, where tools differ. Korean, which has spaces, counts by them.
"""

from __future__ import annotations

import re

from aligner.scripts import UNSPACED, WIDE_CLOSING, WIDE_MARKS, WIDE_OPENING, WIDE_SYMBOLS

_APART = f"{WIDE_MARKS}{WIDE_OPENING}{WIDE_CLOSING}{WIDE_SYMBOLS}"  # part words as spaces do
_WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}{_APART}]+")


def count_words(text: str) -> int:
    """The number of words of a text, whatever its language."""
    return sum(any(map(str.isalnum, word)) for word in _WORD.findall(text))

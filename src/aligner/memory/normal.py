"""When two texts count as the same."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from aligner.scripts import UNSPACED, WIDE_SYMBOLS
from aligner.types import TranslationUnit

_MARKS = str.maketrans("‘’‚‛“”„‟‐‑‒–—―−", "''''\"\"\"\"-------")
# White space beside a wide character, or a mark that follows one, means nothing.
_WIDE = f"[{UNSPACED}{WIDE_SYMBOLS}]"
_BESIDE_WIDE = re.compile(f" (?:(?<={_WIDE} )|(?={_WIDE}))")
_AFTER_MARK = re.compile(f" (?<={_WIDE}[,.;:!?)] )")


def normalise(text: str) -> str:
    """A text without what two typists would do differently: widths, quotes, dashes, spaces."""
    if text.isascii():
        return " ".join(text.split())
    text = " ".join(unicodedata.normalize("NFKC", text).translate(_MARKS).split())
    return _AFTER_MARK.sub("", _BESIDE_WIDE.sub("", text)) if " " in text else text


class Keys(NamedTuple):
    """Numbers of 64 bits that stand for a unit's texts, as they are normalised.

    They hold within one process, where a chance match is out of the question.
    """

    unit: int
    source: int
    target: int


def keys(unit: TranslationUnit) -> Keys:
    """What equal units, and units of the same source or target, share.

    Equal units say the same in all of their languages.
    """
    source, target = normalise(unit.source), normalise(unit.target)
    others = sorted(normalise(text) for _, text in unit.others)
    return Keys(hash((source, target, *others)), hash(source), hash(target))

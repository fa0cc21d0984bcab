"""When two texts count as duplicates."""

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
    """Return a text with normalised widths, quotes, dashes and spaces."""
    if text.isascii():
        return " ".join(text.split())
    text = " ".join(unicodedata.normalize("NFKC", text).translate(_MARKS).split())
    return _AFTER_MARK.sub("", _BESIDE_WIDE.sub("", text)) if " " in text else text


class DedupKeys(NamedTuple):
    """64-bit hashes of a unit's normalised texts.

    They are valid within one process; collisions are negligible.
    """

    unit: int
    source: int
    target: int


def keys(unit: TranslationUnit) -> DedupKeys:
    """Return the hashes by which units with the same texts, source or target are found.

    Duplicates have the same texts in all of their languages.
    """
    source, target = normalise(unit.source), normalise(unit.target)
    others = sorted(normalise(text) for _, text in unit.others)
    return DedupKeys(hash((source, target, *others)), hash(source), hash(target))

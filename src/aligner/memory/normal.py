"""When two texts count as the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from aligner.types import TranslationUnit

_MARKS = str.maketrans("‘’‚‛“”„‟‐‑‒–—―−", "''''\"\"\"\"-------")
# White space beside a wide character means nothing.
_WIDE_SPACE = re.compile(r"(?<=[⺀-鿿豈-﫿 -〿＀-￯]) | (?=[⺀-鿿豈-﫿 -〿＀-￯])")


def normalise(text: str) -> str:
    """A text without what two typists would do differently: widths, quotes, dashes, spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_MARKS)
        return _WIDE_SPACE.sub("", " ".join(text.split()))
    return " ".join(text.split())


def text_key(*texts: str) -> int:
    """A number of 64 bits that stands for texts, as they are normalised."""
    content = "\0".join(map(normalise, texts)).encode(errors="surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big")


def source_key(unit: TranslationUnit) -> int:
    """What units share that translate the same."""
    return text_key(unit.source)


def unit_key(unit: TranslationUnit) -> int:
    """What units share that say the same, in all of their languages."""
    return text_key(unit.source, unit.target, *(text for _, text in sorted(unit.others)))

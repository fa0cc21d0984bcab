"""When two texts count as the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from aligner.types import TranslationUnit

_MARKS = str.maketrans("‘’‚‛“”„‟‐‑‒–—―−", "''''\"\"\"\"-------")
# White space beside a wide character, or a mark that follows one, means nothing.
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff]"
_BESIDE_WIDE = re.compile(f"(?<={_WIDE}) | (?={_WIDE})")
_AFTER_MARK = re.compile(f"(?<={_WIDE}[,.;:!?)]) ")


def normalise(text: str) -> str:
    """A text without what two typists would do differently: widths, quotes, dashes, spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_MARKS)
        return _AFTER_MARK.sub("", _BESIDE_WIDE.sub("", " ".join(text.split())))
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

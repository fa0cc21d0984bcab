"""Plain text in the encodings that Chinese and English documents come in."""

from __future__ import annotations

import re

from aligner.byte_order import byte_order_mark
from aligner.errors import ReadError

# The commonest characters of modern Chinese, simplified and traditional: text decoded by
# the wrong table hardly ever holds them.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三"
    "已老从动两长民法权部政府关際國個這來們為時會說對過學發經頭長兩動從關無開當後裡麼還樣與點業機"
)
_LEGACY = ("gb18030", "big5hkscs")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes, name: str = "input") -> str:
    """Decode text whose encoding is not known; `name` stands in the error.

    A byte order mark decides; else UTF-8 if the bytes are valid UTF-8; else UTF-16 if zero
    bytes show it; else whichever of GB18030 and Big5 gives more common characters.
    """
    mark, encoding = byte_order_mark(data)
    if mark:
        return _checked(_decoded(data[mark:], encoding), name)
    text = _decoded(data, "utf-8")
    # A stray zero in UTF-8 is a mark of some converter; many are the other half of UTF-16.
    if b"\x00" in data and (text is None or 5 * data.count(0) > len(data)):
        return _checked(_decoded(data, _utf16_order(data)), name)
    if text is None:
        found = [text for text in (_decoded(data, e) for e in _LEGACY) if text is not None]
        text = max(found, key=_commonness, default=None)
        if text is not None and _commonness(text) < 0.02:
            text = None
    return _checked(text, name)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None, name: str) -> str:
    if text is None or len(_CONTROL.findall(text)) > 5 + len(text) // 100:
        raise ReadError(
            f"{name}: not text in UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8 text first"
        )
    return text.removeprefix("\ufeff")


def _utf16_order(data: bytes) -> str:
    # ASCII characters and line ends have a zero high byte: it comes second in little endian.
    return "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"


def _commonness(text: str) -> float:
    """Share of the non-ASCII characters that are among the commonest Chinese ones."""
    others = [c for c in text if c > "\x7f"]
    return sum(c in _COMMON for c in others) / max(1, len(others))

"""Byte order marks, which tell the encoding of a text."""

from __future__ import annotations

import codecs

# The order matters where two begin alike.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def byte_order_mark(data: bytes) -> tuple[int, str]:
    """The length of the mark that data begin with, and the encoding; 0 and "" for none."""
    return next(((len(m), encoding) for m, encoding in _MARKS if data.startswith(m)), (0, ""))

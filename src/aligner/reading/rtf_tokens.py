"""The tokens of RTF, and the code pages that its bytes are in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n\0]+)|.",
    re.S,
)
# The code pages of \fcharset, for bytes from 128 on.
_CHARSETS = {
    0: "cp1252",
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_WIDE = {"932": "cp932", "936": "gb18030", "949": "cp949", "950": "big5hkscs"}
_DOUBLE = frozenset({"cp932", "cp949", "johab", "gb18030", "big5hkscs"})


class Token(NamedTuple):
    """A piece of RTF: a control word or symbol, a brace, or bytes of text.

    `number` is a word's argument, None for none.
    """

    word: str = ""
    number: int | None = None
    text: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file, in order."""
    place = 0
    while match := _TOKEN.match(data, place):
        place = match.end()
        word, number, code, symbol, brace, text = match.groups()
        if word:
            found = Token(word.decode("ascii"), None if number is None else int(number))
            if found.word == "bin":
                place += max(0, found.number or 0)
            else:
                yield found
        elif code:
            yield Token(text=bytes.fromhex(code.decode("ascii")))
        elif symbol or brace:
            yield Token((symbol or brace).decode("latin-1"))
        elif text:
            yield Token(text=text)


def charset_encoding(number: int | None) -> str:
    """The code page of a font's character set, an empty string for none known."""
    return _CHARSETS.get(number or 0, "")


def page_encoding(number: int | None) -> str:
    """Python's name for the code page that a document names."""
    name = str(number or 1252)
    if name in _WIDE:
        return _WIDE[name]
    return (
        f"cp{name}" if name in ("437", "850", "1250", "1251", "1253", "1254", "1257") else "cp1252"
    )


def decoded(data: bytes, encodings: tuple[str, ...]) -> str:
    """Text in the first encoding that takes it; those of two bytes a character come first."""
    if data.isascii():
        return data.decode("ascii")
    known = [encoding for encoding in encodings if encoding]
    for encoding in sorted(known, key=lambda name: name not in _DOUBLE):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(known[0] if known else "cp1252", "replace")

"""Characters that some converter left behind, put right wherever the right one is certain."""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029\x0b]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
# Ligatures, and the radicals that PDF files hold in place of the characters alike.
_PRESENTATION = re.compile(r"[\ufb00-\ufb06\u2e80-\u2fd5]")
# What UTF-8 looks like when it was taken for Latin-1, Windows-1252 or GBK: Â§, â€™, é”, 锛.
_MOJIBAKE = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u2013-\u2122]")
_GBK_MOJIBAKE = re.compile("锛|銆|鐨|鍥|涓|锟斤拷")


def clean(text: str) -> str:
    """Text with line feeds alone, no control characters, no ligatures, and no mojibake."""
    text = _CONTROL.sub(" ", _LINE_END.sub("\n", text))
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _mended(text)


def _mended(text: str) -> str:
    """Undo a decoding by the wrong table, where it left traces that show it."""
    if len(_GBK_MOJIBAKE.findall(text)) * 20 > len(text):
        try:
            return text.encode("gb18030").decode("utf-8")
        except UnicodeError:
            return text
    if len(_MOJIBAKE.findall(text)) >= 2:
        import ftfy

        # Line by line: a good line in a bad document stays as it is.
        return "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))
    return text

"""Characters that some converter left behind, put right wherever the right one is certain."""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029\x0b]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
# Ligatures, and the radicals that PDF files hold in place of the characters alike.
_PRESENTATION = re.compile(r"[\ufb00-\ufb06\u2e80-\u2fd5]")
# What UTF-8 looks like when it was taken for Latin-1 or Windows-1252: Â§, â€™.
_MOJIBAKE = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u2013-\u2122]")

_ENOUGH = 4  # characters that a text must lose by the repair, lest a word or two be taken for more


def clean(text: str) -> str:
    """Text with line feeds alone, no control characters, no ligatures, and no mojibake."""
    text = _CONTROL.sub(" ", _LINE_END.sub("\n", text))
    text = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _mended(text)


def _mended(text: str) -> str:
    """Undo a decoding by the wrong table, where it left traces that show it."""
    if text.isascii():
        return text
    try:
        # Chinese that was encoded as such is hardly ever valid UTF-8, unless it was that before.
        taken_for_gbk = text.encode("gb18030").decode("utf-8")
    except UnicodeError:
        pass
    else:
        return taken_for_gbk if len(taken_for_gbk) + _ENOUGH < len(text) else text
    if len(_MOJIBAKE.findall(text)) >= 2:
        import ftfy

        # Line by line: a good line in a bad document stays as it is.
        return "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))
    return text

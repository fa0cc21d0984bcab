"""Where Chinese sentences end, beyond what sentencex knows."""

from __future__ import annotations

import re

# A stop inside brackets or after which brackets close ends the sentence too.
_AFTER_BRACKET = re.compile(r"[。！？][）】〕](?=[^。！？，、；：）】〕”’」』\s])")
# sentencex takes a stop before a digit for a decimal point.
_BEFORE_NUMBER = re.compile(r"[。！？][）】〕”’」』]*(?=[\dA-Za-z])")
# 他说“走！”就走了。: words before the quotation and words after it are one sentence.
_QUOTED_WITHIN = re.compile(r"[^：:\s“‘「『][“‘「『][^“‘「『”’」』]*[。！？!?…]+[”’」』]$")
_GOES_ON = re.compile(r"\s*[^\s“‘「『（【]")


def mend(text: str, cuts: list[int]) -> list[int]:
    """Add and remove cuts; `cuts` are the ends of the pieces, the last one `len(text)`."""
    wanted = {*cuts}
    for missed in (_AFTER_BRACKET, _BEFORE_NUMBER):
        wanted |= {match.end() for match in missed.finditer(text)}
    kept = []
    start = 0
    for cut in sorted(wanted):
        piece = text[start:cut].rstrip()
        if cut < len(text) and _QUOTED_WITHIN.search(piece) and _GOES_ON.match(text, cut):
            continue
        if cut not in cuts and piece.count("“") > piece.count("”"):
            continue
        kept.append(cut)
        start = cut
    return kept

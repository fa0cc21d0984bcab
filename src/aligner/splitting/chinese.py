"""Where Chinese sentences end, beyond what sentencex knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.numerals import ORDINARY
from aligner.scripts import STOPS, WIDE_MARKS, WIDE_STOPS

# A stop inside brackets or after which brackets close ends the sentence too.
_AFTER_BRACKET = re.compile(rf"[{WIDE_STOPS}][）】〕](?=[^{WIDE_MARKS}）】〕”’」』\s])")
# sentencex takes a stop before a digit for a decimal point.
_BEFORE_NUMBER = re.compile(rf"[{WIDE_STOPS}][）】〕”’」』]*(?=[\dA-Za-z])")
# 他说“走！”就走了。: words before the quotation and words after it are one sentence.
_QUOTED_WITHIN = re.compile(rf"[^：:\s“‘「『][“‘「『][^“‘「『”’」』]*[{WIDE_STOPS}!?…]+[”’」』]$")
# “我们同意。”他说。: who said it belongs to what was said.
_SAID = re.compile(
    r"(?:[^，。！？“”‘’\s]{1,6}?(?:说|說|[问問答喊叫笑]道|表示|指出|[称稱]|强调|強調|认为|認為)"
    r"|[^，。！？“”‘’\s]{1,3}?[问問答道喊])[。，！？.,!?]"
)
_QUOTED = re.compile(rf"[{WIDE_STOPS}{STOPS}…][”’」』\"]$")
# "1." or "（3）" alone is the mark of what follows, not a sentence.
_MARK = re.compile(rf"[（(]?(?:\d{{1,3}}|[{ORDINARY}]{{1,3}})[.．、)）]{{1,2}}")
# 答复如下：1.关于: such a mark within a paragraph; U.N. Doc. A/1: an abbreviation in Latin letters.
_INNER_MARK = re.compile(r"[：:；;，,\s（(]\d{1,3}[.．]$")
_ABBREVIATION = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,3}\.$")
_LATIN = re.compile(r"\s*[A-Za-z\d]")
# sync.Mutex: a stop within a name in Latin letters.
_NAME_STOP = re.compile(r"[A-Za-z\d)\]]\.$")
_BRACKETS = ("“”", "《》", "「」", "『』")
_GOES_ON = re.compile(r"\s*[^\s“‘「『（【]")


def missed(text: str) -> Iterator[int]:
    """Further places at which a sentence may end."""
    for pattern in (_AFTER_BRACKET, _BEFORE_NUMBER):
        yield from (match.end() for match in pattern.finditer(text))


def ends(text: str, start: int, cut: int, known: bool) -> bool:
    """Whether a sentence that began at `start` ends at a cut; `known` are sentencex's own."""
    piece = text[start:cut].strip()
    if _MARK.fullmatch(piece):
        return False
    if _INNER_MARK.search(piece):
        return False
    if _ABBREVIATION.search(piece) and _LATIN.match(text, cut):
        return False
    if _NAME_STOP.search(piece) and text[cut : cut + 1].isascii() and text[cut : cut + 1].isalnum():
        return False
    if _QUOTED_WITHIN.search(piece) and _GOES_ON.match(text, cut):
        return False
    if _QUOTED.search(piece) and _SAID.match(text, cut):
        return False
    # A title or quotation that is still open, or was closed after its own stop, goes on.
    if piece.endswith("》") and _GOES_ON.match(text, cut):
        return False
    pairs = _BRACKETS if not known else ("《》",)
    return all(piece.count(pair[0]) <= piece.count(pair[1]) for pair in pairs)

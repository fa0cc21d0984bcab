"""Marks whose width an engine mistook, put right by the characters beside them."""

from __future__ import annotations

import re
from dataclasses import replace

from aligner.reading.ocr.words import Line, Word
from aligner.scripts import HAN, LATIN
from aligner.spacing import is_wide

_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_WIDE_MARKS = tuple("，；：！？（）。")
_NARROW = str.maketrans("，；：！？（）", ",;:!?()")
_NEXT_TO_HAN = f"{HAN}“”‘’（）《》「」『』【】、。，；：！？"

# A half-width mark with Chinese on one side and nothing Latin on the other.
_AFTER = re.compile(rf"(?<=[{_NEXT_TO_HAN}])( ?[,;:!?])(?!\s*[{LATIN}])")
_BEFORE = re.compile(rf"(?<![{LATIN}\s])[,;:!?](?=[{HAN}])")
_FULL_STOP = re.compile(rf"(?<=[{HAN}])\.(?=\s*(?:[{_NEXT_TO_HAN}]|$))(?!\.)")
# Brackets are of one width, that of what is in them or about them.
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_OPEN = re.compile(rf"\((?=[{HAN}])|(?<=[{HAN}])\((?![^()（）]*\))")
_CLOSE = re.compile(rf"(?<=[{HAN}])\)(?!\s*[{LATIN}])")
# Full-width marks between Latin words.
_BETWEEN = re.compile(rf"(?<=[{LATIN})])[，；：](?=\s?[{LATIN}])|(?<=[{LATIN}])[！？]$")
_QUOTE = re.compile(rf'"(?=[{HAN}])|(?<=[{_NEXT_TO_HAN}])"')


def mended_line(line: Line) -> Line:
    """A line whose marks are as wide as their neighbours ask; no space is beside a wide one."""
    letters = iter(mended(line.text))
    words: list[Word] = []
    before = ""
    for word in line.words:
        apart = bool(words) and word.is_apart
        if apart:
            next(letters)
        text = "".join(next(letters) for _ in word.text)
        apart = apart and not (text != word.text and is_wide(text[0])) and before not in _WIDE_MARKS
        words.append(replace(word, text=text, is_apart=apart))
        before = text[-1]
    return replace(line, words=tuple(words))


def mended(line: str) -> str:
    """A line of the same length, with full-width marks beside Chinese and no others elsewhere."""
    text = _BRACKETS.sub(lambda match: _brackets(match, line), line)
    text = _CLOSE.sub("）", _OPEN.sub("（", text))
    text = _BEFORE.sub(_widened, _AFTER.sub(_widened, text))
    text = _BETWEEN.sub(lambda match: match[0].translate(_NARROW), _FULL_STOP.sub("。", text))
    return _quotes(text)


def _widened(match: re.Match[str]) -> str:
    return match[0].translate(_WIDE)


def _brackets(match: re.Match[str], line: str) -> str:
    about = line[max(match.start() - 1, 0) : match.start()] + line[match.end() : match.end() + 1]
    wide = re.search(f"[{HAN}]", about + match[1])
    opening, closing = "（）" if wide else "()"
    return opening + match[1] + closing


def _quotes(text: str) -> str:
    """Straight quotation marks beside Chinese are curved ones, in turn."""
    if not _QUOTE.search(text):
        return text
    is_open = False
    made = []
    for number, char in enumerate(text):
        if char in "“”":
            is_open = char == "“"
        elif char == '"' and _QUOTE.match(text, number):
            is_open = not is_open
            char = "“" if is_open else "”"
        made.append(char)
    return "".join(made)

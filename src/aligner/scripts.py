"""Scripts, stops and brackets: which characters they are, as ranges for regular expressions.

The ranges go inside of square brackets: `f"[{HAN}]"`. Those of scripts are of Unicode's
Scripts.txt, whole blocks where nothing else is in them.
"""

from __future__ import annotations

import re

from aligner.numerals import ORDINARY

# Radicals, 々〇, numerals of Suzhou, all ideographs: the planes beyond the basic one too (𠮷).
HAN = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
KANA = "\u3040-\u30ff\u31f0-\u31ff"
UNSPACED = HAN + KANA  # what is written without spaces between its words
HANGUL = "\uac00-\ud7af\u1100-\u11ff\u3130-\u318f"
LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
SCRIPTS = {
    "zh": HAN,
    "ja": UNSPACED,
    "ko": HANGUL,
    "ru": "\u0400-\u052f",
    "ar": "\u0600-\u06ff\u0750-\u077f",
    "th": "\u0e00-\u0e7f",
}

# What ends a sentence, and what parts one, in Chinese and in Latin scripts.
WIDE_STOPS, STOPS = "。！？", ".!?"
WIDE_COMMAS, COMMAS = "，、；", ",;"
WIDE_MARKS = WIDE_STOPS + WIDE_COMMAS + "："
WIDE_SYMBOLS = "\u3000-\u303f"  # the block of Chinese and Japanese marks, half of the above
WIDE_OPENING, WIDE_CLOSING = "（〔【《〈「『", "）〕】》〉」』"
CLOSING = '"”’»)]）】」』》'  # what may follow a stop

_AT_STOP = re.compile(rf"[{STOPS}{WIDE_STOPS}…:：;；]['{re.escape(CLOSING)}]*$")

# 一、 （一） 1. (a) • and the like begin a paragraph of their own.
_ITEM = re.compile(
    rf"(?:[（(]?(?:\d{{1,3}}|[a-z]|[ivxIVX]{{1,6}}|[{ORDINARY}]{{1,3}})[)）.、．]\s*(?!\d)"
    rf"|[•●▪■◆○·*–—-]\s+|第[{ORDINARY}百\d]+[章节節条條](?=[\s:：、]|$))"
)


def ends_with_stop(text: str) -> bool:
    """Whether a line ends as a sentence, a clause or an announcement does, quoted or not."""
    return _AT_STOP.search(text) is not None


def starts_item(text: str) -> bool:
    """Whether a text begins with the mark of a list or section."""
    return _ITEM.match(text) is not None

"""Numbers in Chinese and English text, and whether two texts agree on them.

A mention of a number may be read in several ways: `1980s` as 1980 or as the 80 of 八十年代,
15 o'clock as 3. Mentions in digits and numerals of some size are claims: a translation must
mention them as well. Others are only readings, such as the 3 of March or the 2 of twice,
without which too many good translations would seem to lack a number.

Two kinds of claims may stand on one side alone. A year goes without saying where the other
text has the month of the same date, or a word such as 今年. The number of a clause or item may
have a line of its own in the other text. Both must agree where both texts have them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from aligner.numerals import DIGITS, MONTHS, NONZERO, UNITS, parse_chinese

_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    **{word: k for k, word in enumerate(_ONES)},
    **{f"{word}th": k for k, word in enumerate(_ONES)},
    **{word: 10 * k for k, word in enumerate(_TENS, start=2)},
    **{f"{word[:-1]}ieth": 10 * k for k, word in enumerate(_TENS, start=2)},
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
}
_LOOSE = {
    "once": "1", "a": "1", "an": "1", "single": "1", "twice": "2", "double": "2", "both": "2",
    "couple": "2", "pair": "2", "triple": "3", "half": "2 50 0.5", "quarter": "3 4 25 0.25",
    "dozen": "12", "decade": "10", "decades": "10", "century": "100", "centuries": "100",
    "双": "2", "倍": "2", "半": "2 50 6 0.5", "元": "1", "首": "1", "俩": "2", "仨": "3",
}  # fmt: skip
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸", "一二三四五六七八九十百千二三六")
# They say something else: by all means, if ever, hundreds of, very, all sorts of.
_IDIOMS = frozenset(
    ("千万", "万一", "一一", "万万", "千百", "百千", "亿万", "千千万万", "万千", "百十", "十万八千")
)
# A number of one character is often no number (一致, 三明治), nor is one up to ten a claim.
_SMALL = 10
_MAX_NUMBER = 28  # characters of what is a number at all, and digits of a Decimal
_REPUBLIC = re.compile("民[国國]$")  # whose first year is 1912
_ABOUT = 12  # characters before and after a number that say how it is meant

# This year, last year: what stands for a year's number.
_THIS_YEAR = re.compile(
    r"[今去前明本当當同次翌]年"
    r"|\b(?:this|last|next|current|previous|following|same|that|the) year\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d|(?:一[五六七八九]|二[〇零○])[〇零○一二三四五六七八九]{2}")
# The number of a clause or an item, at the beginning of a sentence.
_BEGINNING = re.compile(
    r"(?:^|[。！？；:：.!?;])[\s(（]*(?:第|(?P<named>(?i:article|chapter|section|part|clause|rule|item))\s+)?$"
)
_CLAUSE = re.compile(r"\s*(?:[章条條节節款项項编編篇回卷]|部分)|[)）.、．:：](?!\d)")


class Role(Enum):
    """What a number is there for."""

    COUNT = "count"
    YEAR = "year"
    MONTH = "month"
    CLAUSE = "clause"


class Mention(NamedTuple):
    """A number in a text: what it may be read as, and whether a translation must keep it."""

    text: str
    values: frozenset[Decimal]
    claimed: bool
    role: Role = Role.COUNT


def missing_numbers(one: str, other: str) -> list[str]:
    """The claims of either text that the other can't be read as having, as they are written."""
    texts = one, other
    sides = [list(mentions(text)) for text in texts]
    known = [frozenset(value for mention in side for value in mention.values) for side in sides]
    missing = [
        [k for k, m in enumerate(side) if m.claimed and not m.values & readings]
        for side, readings in zip(sides, reversed(known), strict=True)
    ]
    return [
        sides[a][k].text
        for a, b in ((0, 1), (1, 0))
        for k in missing[a]
        if missing[b] or not _may_be_left_out(sides[a], k, sides[b], texts[b])
    ]


def _may_be_left_out(side: Sequence[Mention], k: int, other: Sequence[Mention], text: str) -> bool:
    """Whether a number that only one side has may stand there alone."""
    if side[k].role is Role.CLAUSE:
        return True
    if side[k].role is not Role.YEAR:
        return False
    near = {v for m in side[max(0, k - 2) : k + 2] if m.role is Role.MONTH for v in m.values}
    months = {v for m in other if m.role is Role.MONTH for v in m.values}
    return bool(near & months or _THIS_YEAR.search(text))


def mentions(text: str) -> Iterator[Mention]:
    """The numbers of a text, in order; full-width digits are digits."""
    text = unicodedata.normalize("NFKC", text).translate(_FINANCIAL)
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if len(match[kind]) > _MAX_NUMBER:
            continue
        values, claimed = _READERS[kind](match, text)
        if values:
            role = _role(match, text, kind)
            yield Mention(match[kind], frozenset(map(Decimal, values)), claimed, role)


def _role(match: re.Match[str], text: str, kind: str) -> Role:
    before, after = _about(match, text)
    if kind == "month" or (kind in ("digits", "han") and after.startswith("月")):
        return Role.MONTH
    if _YEAR.fullmatch(match[kind]):
        return Role.YEAR
    begins = _BEGINNING.search(before if match.start() > _ABOUT else text[: match.start()])
    is_clause = begins and (begins["named"] or _CLAUSE.match(after))
    return Role.CLAUSE if is_clause else Role.COUNT


_Found = tuple[Iterable[Decimal | int | str], bool]


def _read_digits(match: re.Match[str], text: str) -> _Found:
    """`1,234`, `3.5 million`, `12万`, `1980s`, `15时`, `80年代`."""
    written = match["digits"]
    number = Decimal(re.sub("[, ]", "", written))
    values = {number, *map(Decimal, re.split("[, ]", written))}
    before, after = _about(match, text)
    unit = re.match(rf"\s?([{''.join(UNITS)}]+)|\s({'|'.join(_SCALES)})\b", after)
    if unit:
        factor = _SCALES[unit[2]] if unit[2] else parse_chinese(unit[1])
        values = {number * factor}
    elif re.match(r"s\b", after):
        values |= {number % 100, number // 100 + 1}
    elif re.match("[时時点點:]", after) and number > 12:
        values.add(number - 12)
    elif _REPUBLIC.search(before):
        values.add(number + 1911)
    elif re.match("年代", after):
        values.add(number + 1900)
    name = re.search(r"[A-Za-z]-?$", before) or re.match(r"-?(?!st|nd|rd|th|s\b)[A-Za-z]", after)
    return values, not name


def _read_han(match: re.Match[str], text: str) -> _Found:
    """`二〇二一`, `二十三`, `三亿五千万`, `三点五`, `第三`; `十七八` is 17 or 18."""
    written = match["han"]
    whole, _, decimals = re.sub("[几多余来]", "", written).partition("点")
    values = {Decimal(parse_chinese(way)) for way in _ways(whole)}
    if decimals:
        values = {parse_chinese(whole) + Decimal("0." + "".join(str(DIGITS[c]) for c in decimals))}
    before, after = _about(match, text)
    several = len(values) > 1
    if after.startswith("年代"):
        values |= {value + 1900 for value in values}
    elif _REPUBLIC.search(before):
        values |= {value + 1911 for value in values}
    if len(whole) == 1:
        counted = before.endswith("第") or after[:1] in ("月", "日", "号", "届")
        return values, counted and whole in DIGITS and max(values) > 1
    about = several or before[-1:] in ("几", "数", "上") or after[:1] in ("几", "多", "余")
    bare = all(UNITS.get(c, 0) >= 100 for c in whole)
    return values, max(values) > _SMALL and not (about or bare or written in _IDIOMS)


def _about(match: re.Match[str], text: str) -> tuple[str, str]:
    """What stands just before and after."""
    start, end = match.span()
    return text[max(0, start - _ABOUT) : start], text[end : end + _ABOUT]


def _ways(text: str) -> list[str]:
    """`十七八` as `十七` and `十八`, `三五十` as `三十` and `五十`, else the text itself."""
    pair = re.search(f"[{NONZERO}]{{2}}", text)
    if pair is None or (len(text) > 2 and all(c in DIGITS for c in text)):
        return [text]
    return [text[: pair.start()] + digit + text[pair.end() :] for digit in pair[0]]


def _read_words(match: re.Match[str], _: str) -> _Found:
    """`twenty-five`, `two hundred and fifty thousand`, `twenty-first`."""
    words = [word for word in re.split(r"[\s-]+", match["words"].lower()) if word != "and"]
    total = section = 0
    for word in words:
        scale = _SCALES.get(word.removesuffix("s"))
        if scale is None:
            section += _word(word)
        elif scale == 100:
            section = (section or 1) * scale
        else:
            total += (section or 1) * scale
            section = 0
    number = total + section
    bare = all(word.removesuffix("s") in _SCALES for word in words)
    values = {number, *(_word(word) for word in words if word.removesuffix("s") not in _SCALES)}
    return values, number > _SMALL and not bare


def _word(word: str) -> int:
    return _WORDS[f"{word[:-3]}y" if word.endswith("ies") else word]


def _read_month(match: re.Match[str], _: str) -> _Found:
    return [MONTHS[match["month"].lower()]], False


def _read_roman(match: re.Match[str], _: str) -> _Found:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[c] for c in match["roman"]]
    signs = [-1 if a < b else 1 for a, b in zip(values, [*values[1:], 0], strict=True)]
    return [sum(sign * value for sign, value in zip(signs, values, strict=True))], False


def _read_loose(match: re.Match[str], _: str) -> _Found:
    return _LOOSE[match["loose"].lower()].split(), False


_READERS: dict[str, Callable[[re.Match[str], str], _Found]] = {
    "digits": _read_digits,
    "han": _read_han,
    "words": _read_words,
    "month": _read_month,
    "roman": _read_roman,
    "loose": _read_loose,
}


def _token() -> re.Pattern[str]:
    # 二十两 is a weight, 两百 a number.
    numeral = "".join({*DIGITS, *UNITS} - {"两", "兩"})
    some = f"(?<=[{numeral}])[几多余来](?=[千万萬亿億])"
    han = f"(?:[{numeral}]|[两兩](?=[百千万萬亿億])|{some})+|[两兩]"
    plurals = [f"{word[:-1]}ies" for word in _TENS]
    word = "|".join(sorted((*_WORDS, *_SCALES, *plurals), key=len, reverse=True))
    words = rf"(?:{word})(?:(?:\s+|-|\s+and\s+)(?:{word}))*"
    month = "|".join(rf"{name.capitalize()}\b" for name in MONTHS)
    latin = "|".join(key for key in _LOOSE if key.isascii())
    wide = "".join(key for key in _LOOSE if not key.isascii())
    return re.compile(
        r"(?P<digits>(?<![\d.,])\d{1,3}(?:[, ]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"|(?P<han>(?:{han})(?:点[{''.join(DIGITS)}]+)?)"
        rf"|\b(?P<words>(?i:{words}))s?\b|\b(?P<month>{month})|\b(?P<roman>[IVXLC]+)\b"
        rf"|(?P<loose>\b(?i:{latin})\b|[{wide}])"
    )


_TOKEN = _token()

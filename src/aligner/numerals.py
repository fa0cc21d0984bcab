"""Numerals and months, Chinese and English: how they are written, and what they mean."""

from __future__ import annotations

DIGITS = {c: k for k, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
OLD_TENS = {"廿": 20, "卅": 30}  # of days, and of little else
NONZERO = "一二三四五六七八九"
ORDINARY = f"{NONZERO}十"  # what sections and items are counted with

_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
# Whole and short names in small letters.
MONTHS = {
    **{name.lower(): number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name[:3].lower(): number for number, name in enumerate(_MONTH_NAMES, 1)},
    "sept": 9,
}


def parse_chinese(text: str) -> int:
    """The number that Chinese numerals write: 二〇二一, 二十三, 三亿五千万, 廿五.

    Raises KeyError for a character that is no numeral.
    """
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = number = 0
    for character in text:
        unit = UNITS.get(character) or OLD_TENS.get(character, 0)
        if not unit:
            number = DIGITS[character]
        elif unit < 10**4:
            section += (number or 1) * unit
            number = 0
        else:
            below = section + number
            # 三千万亿 multiplies what came before, 三亿五千万 adds to it.
            total = (total + below or 1) * unit if total < unit else total + below * unit
            section = number = 0
    return total + section + number

"""Days, as Chinese and English texts and the headers of files write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from aligner.numerals import DIGITS, MONTHS, OLD_TENS, ORDINARY, parse_chinese

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>\d{{4}})\b", re.I
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", re.I
)
_CHINESE = re.compile(
    rf"(?P<y>\d{{4}}|[{''.join(DIGITS)}]{{4}})\s*年\s*(?P<m>\d{{1,2}}|[{ORDINARY}]{{1,2}})\s*月\s*"
    rf"(?P<d>\d{{1,2}}|[{ORDINARY}{''.join(OLD_TENS)}]{{1,3}})\s*[日号號]"
)
_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})([-/.])(?P<m>\d{2})\2(?P<d>\d{2})(?!\d)")
_FORMS = (_DAY_FIRST, _MONTH_FIRST, _CHINESE, _ISO)
# As PDF files (D:20250220103000) and TMX have it, alone in its field.
_PACKED = re.compile(r"(?:D:)?(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?\d{2,6})?(?:\D.*)?")


def dates(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The days that a text names in full, as `yyyy-mm-dd`, each with its place."""
    for form in _FORMS:
        for match in form.finditer(text):
            day = _day(match)
            if day:
                yield day, match


def field_date(text: str) -> str:
    """The day that a field of a header holds, as `yyyy-mm-dd`; "" for none, or for several.

    The field may go on with a time of day. What can be read in two ways, such as 02/03/2025, is
    no day.
    """
    packed = _PACKED.fullmatch(text.strip())
    found = {_day(packed)} if packed else {day for day, _ in dates(text)}
    return found.pop() if len(found) == 1 else ""


def _day(match: re.Match[str]) -> str:
    try:
        year, month, day = (match[name] for name in "ymd")
        number = MONTHS.get(month.lower()) or _number(month)
        return date(_number(year), number, _number(day)).isoformat()
    except (ValueError, KeyError):
        return ""


def _number(text: str) -> int:
    return int(text) if text.isascii() else parse_chinese(text)

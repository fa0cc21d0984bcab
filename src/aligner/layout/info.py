"""What a note says of itself: its number, what it answers, its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from aligner.scripts import HAN
from aligner.types import NoteInfo

# CHN/HR/2025/34, GJ/26/2021, No. 12/2020, A/HRC/55/L.12, GE.24-01234: groups joined by marks.
_REFERENCE = re.compile(
    r"((?:No\.?|Ref\.?(?:erence)?|Note|编号|編號|文号|文號)?)[\s:：.]*"
    r"((?:[A-Z]{1,8}|\d{1,6})(?:[/.-](?:[A-Z]{1,8}|\d{1,6})){1,7})"
)
# AL CHN 3/2021, UA CHN 14/2019, JUA G/SO 217: a communication of the special procedures.
_COMMUNICATION = re.compile(
    r"(?<![A-Za-z])((?:J?[AU][LA]|J?OL)\s+[A-Z]{3}\s+\d{1,3}\s*/\s*\d{4})(?!\d)"
)
_MONTH_NAMES = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+(\d{{4}})\b", re.I)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
_CHINESE = re.compile(
    r"(\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*"
    r"(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*[日号號]"
)
_DIGITS = {c: n % 10 for n, c in enumerate("零一二三四五六七八九〇")} | {"○": 0}
_TENS = {"十": "一", "廿": "二", "卅": "三"}
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_OFFICE = (
    r"(?:Permanent\s+(?:Observer\s+)?(?:Mission|Delegation|Representation)|Embassy"
    r"|High\s+Commission|Consulate[\s-]General|Ministry|Government)"
)
_SENDER = re.compile(
    rf"({_OFFICE}\s(?:(?!\n\s*\n|{_OFFICE})[^.;]){{3,250}}?)\s+presents?\s+(?:its|their)\s+compliments",
    re.I,
)
_LETTERHEAD = re.compile(
    rf"(?:the\s+)?({_OFFICE}\s+of\s+[^.;:,，。；：]{{3,150}})|([{HAN}]{{2,40}}"
    r"(?:代表团|代表團|代表处|代表處|大使馆|大使館|总领事馆|總領事館|外交部))",
    re.I,
)


def read_info(text: str) -> NoteInfo:
    """Read who sends a note, its number, the communication that it answers, and its date.

    The sender is whoever presents compliments, or whose name alone stands on a line; the
    number must stand alone on a line, as letterheads have it.
    """
    lines = text.split("\n")
    reference = next(filter(None, map(reference_in, lines)), "")
    answers = _COMMUNICATION.search(text)
    own = [found for line in lines if _is_date_line(line) for found in _dates(line)]
    return NoteInfo(
        reference=reference,
        answers=re.sub(r"\s*/\s*", "/", " ".join(answers[1].split())) if answers else "",
        date=max(own or _dates(text), default=""),
        mission=_mission(text, lines),
    )


def reference_in(line: str) -> str:
    """The reference number that a line consists of, or an empty string."""
    match = _REFERENCE.fullmatch(line.strip())
    if match is None or not re.search(r"\d", match[2]):
        return ""
    return match[2] if match[1] or re.search(r"[A-Z]", match[2]) else ""


def _mission(text: str, lines: Sequence[str]) -> str:
    sender = _SENDER.search(text)
    if sender is None:
        heads = (_LETTERHEAD.fullmatch(line.strip()) for line in lines if len(line) < 200)
        sender = next(filter(None, heads), None)
    return " ".join((sender[1] or sender[2]).split()) if sender else ""


def _is_date_line(line: str) -> bool:
    """Whether a line consists of a date, at most with a place and a comma before it."""
    line = line.strip().rstrip(".")
    return any(
        match.end() == len(line) and re.fullmatch(r"(?:.{1,24}[,，]\s*)?", line[: match.start()])
        for pattern in (_DAY_FIRST, _MONTH_FIRST, _CHINESE, _ISO)
        for match in pattern.finditer(line)
    )


def _dates(text: str) -> list[str]:
    """The days that a text names."""
    found = [(year, _MONTHS[month.lower()], day) for day, month, year in _DAY_FIRST.findall(text)]
    found += [(y, _MONTHS[month.lower()], d) for month, d, y in _MONTH_FIRST.findall(text)]
    return [
        iso
        for year, month, day in [*found, *_CHINESE.findall(text), *_ISO.findall(text)]
        for iso in _date(year, month, day)
    ]


def _date(year: str, month: str | int, day: str) -> Iterator[str]:
    try:
        yield date(_number(year), _number(month), _number(day)).isoformat()
    except (ValueError, KeyError):
        return


def _number(text: str | int) -> int:
    """A number of a date in either script: 2021, 二〇二一, 三十, 二十五."""
    text = str(text)
    if text.isascii():
        return int(text)
    ten = next((c for c in text if c in _TENS), "")
    if not ten:
        return int("".join(str(_DIGITS[c]) for c in text))
    tens, _, ones = text.partition(ten)
    return 10 * _DIGITS[tens or _TENS[ten]] + (_DIGITS[ones] if ones else 0)

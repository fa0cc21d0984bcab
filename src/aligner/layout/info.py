"""What a note says of itself: its number, what it answers, its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from aligner.types import NoteInfo

# CHN/HR/2025/34, GJ/26/2021, No. 12/2020: groups joined by strokes, one of them a year.
_REFERENCE = re.compile(
    r"(?:No\.?|Ref\.?(?:erence)?|Note|编号|編號|文号|文號)?[\s:：.]*"
    r"((?:[A-Z]{1,8}|\d{1,5})(?:[/-][A-Z]{1,8}|[/-]\d{1,5}){1,5})",
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
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def read_info(text: str, before: date) -> NoteInfo:
    """Read a note's number, the communication that it answers, and its dates.

    The number must stand alone on a line, as letterheads have it. Dates after `before`
    are not the note's own and don't count.
    """
    reference = next(filter(None, map(reference_in, text.split("\n"))), "")
    answers = _COMMUNICATION.search(text)
    dates = {found.isoformat() for found in _dates(text) if found <= before}
    return NoteInfo(
        reference=reference,
        answers=re.sub(r"\s*/\s*", "/", " ".join(answers[1].split())) if answers else "",
        dates=tuple(sorted(dates)),
    )


def reference_in(line: str) -> str:
    """The reference number that a line consists of, or an empty string."""
    match = _REFERENCE.fullmatch(line.strip())
    return match[1] if match and re.search(r"[A-Z]", match[1]) else ""


def _dates(text: str) -> Iterator[date]:
    for day, month, year in _DAY_FIRST.findall(text):
        yield from _date(year, _MONTHS[month.lower()], day)
    for month, day, year in _MONTH_FIRST.findall(text):
        yield from _date(year, _MONTHS[month.lower()], day)
    for year, month, day in _CHINESE.findall(text):
        yield from _date(year, month, day)


def _date(year: str, month: str | int, day: str) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return

"""The day on which a document says that it was issued, told from days that it mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from aligner.dates import dates
from aligner.document import MARGINS, Document
from aligner.layout.reference import communication_in, reference_in
from aligner.scripts import HAN, ends_with_stop
from aligner.spacing import display_width

_LABEL = re.compile(
    r"(?:(?P<plain>date|日期)|date\s+(?:of\s+)?(?:issue|issued|publication|letter)|(?:issue|publication)"
    r"\s+date|(?:issued|published)(?:\s+(?:on|at))?|(?:发文|發文|签发|簽發|印发|印發|成文|发布|發布|發佈|公布"
    r"|公佈|发表|發表)(?:日期|时间|時間))\s*[:：]\s*",
    re.I,
)
# Beside these a date is that of an event.
_EVENT = re.compile(
    r"(?:time|venue|place|location|agenda|时间|時間|地点|地點|会议|會議)\b.{0,20}?[:：]", re.I
)
_WEEKDAY = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s*,?\s*)|[(（\s]*(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][)）\s]*$",
    re.I,
)
_NO_PLACE = r"(?i:\w*ed\b|(?:since|from|until|till|before|after|by|on|in|version|last)\b)"
_NAME = rf"(?!{_NO_PLACE})[^\W\d_a-z{HAN}][\w.'’-]{{1,20}}"
_NAMES = rf"{_NAME}(?:\s+(?:{_NAME}|of|the|de|la|am|sur|upon)){{0,3}}"
_PLACE = f"[{HAN}]{{2,12}}"
_PLACE_BEFORE = re.compile(
    rf"(?:(?i:done|given|issued)\s+(?:at|in)\s+)?{_NAMES}(?:\s*,\s*{_NAMES})?\s*[,，]\s*"
    rf"(?:on\s+|the\s+|this\s+)?|(?![截自从從至到]){_PLACE}\s*[,，]\s*"
)
_PLACE_AFTER = re.compile(rf"\s*[,，]?\s*[于於]\s*{_PLACE}|\s*,\s*(?:in\s+|at\s+)?{_NAMES}")
_LONGEST = 120  # characters of a line that says when
_SENTENCE = 30  # columns of a line that is one, where it ends with a stop
_PROSE = 60  # columns of a line that is no heading, address or signature
_RUNNING = 3  # times that a line of a page's margin comes back


class Kind(IntEnum):
    """How plainly a line says that its day is the document's own."""

    ALONE = 1
    PLACED = 2
    LABELLED = 3


class Dateline(NamedTuple):
    """A line that dates the document."""

    day: str
    kind: Kind
    in_head: bool
    in_prose: bool


class _Line(NamedTuple):
    text: str
    page: int

    @property
    def is_sentence(self) -> bool:
        return ends_with_stop(self.text) and display_width(self.text) > _SENTENCE

    @property
    def is_prose(self) -> bool:
        return ends_with_stop(self.text) or display_width(self.text) > _PROSE


def issue_date(document: Document) -> str:
    """The day on which a document says that it was issued, as `yyyy-mm-dd`, or "".

    A line says so that holds the day with a label (`Date:`), with a place or the document's
    number, or by itself beside lines of a letterhead or a signature. Labels go before places,
    places before days by themselves; what stands in the head goes before the rest. Where lines
    of one kind name several days, as in tables and chronicles, nothing is known.
    """
    found = list(_datelines(document))
    for kind in sorted(Kind, reverse=True):
        lines = [line for line in found if line.kind == kind]
        days = {line.day for line in lines}
        if kind == Kind.ALONE and all(line.in_prose for line in lines):
            return ""
        if kind != Kind.ALONE and len(days) > 1:
            days = {line.day for line in lines if line.in_head}
        if lines:
            return days.pop() if len(days) == 1 else ""
    return ""


def _datelines(document: Document) -> Iterator[Dateline]:
    lines = _lines(document)
    running = _running(lines)
    in_head = True
    for place, line in enumerate(lines):
        in_head = in_head and not line.is_sentence
        if line.text in running or len(line.text) > _LONGEST:
            continue
        kind, day = _read(line.text)
        near = lines[max(0, place - 2) : place + 3]
        label = _LABEL.match(line.text)
        if label and label["plain"] and any(_EVENT.match(other.text) for other in near):
            continue
        if kind:
            yield Dateline(day, kind, in_head, _is_within_prose(lines, place))


def _lines(document: Document) -> list[_Line]:
    """The lines with text, but what the format shows to be no main text."""
    lines = []
    for block in document.blocks:
        if block.kind in MARGINS:
            continue
        start = block.span.start
        for text in re.split("([\n\f])", document.text[slice(*block.span)]):
            if text.strip():
                lines.append(_Line(" ".join(text.split()), document.page(start)))
            start += len(text)
    return lines


def _running(lines: Sequence[_Line]) -> set[str]:
    """Lines that come back, and that stand at the same edge of two pages."""
    counts = Counter(line.text for line in lines)
    edges: Counter[tuple[str, bool]] = Counter()
    for place, line in enumerate(lines):
        first = place == 0 or lines[place - 1].page != line.page
        if first or place + 1 == len(lines) or lines[place + 1].page != line.page:
            edges[line.text, first] += 1
    return {text for text, count in counts.items() if count >= _RUNNING} | {
        text for (text, _), count in edges.items() if count > 1
    }


def _is_within_prose(lines: Sequence[_Line], place: int) -> bool:
    """Whether running text of the same page stands on both sides of a line."""
    page = lines[place].page
    sides = (lines[place - 1 : place], lines[place + 1 : place + 2])
    return all(side and side[0].page == page and side[0].is_prose for side in sides)


def _read(line: str) -> tuple[Kind | None, str]:
    """How a line dates its document, if it does, and the day."""
    text = line.strip(" .。")
    label = _LABEL.match(text)
    if label:
        text = text[label.end() :]
    found = list(dates(text))
    if len(found) != 1:
        return None, ""
    day, match = found[0]
    if label:
        is_first = match.start() == 0 or _PLACE_BEFORE.fullmatch(text[: match.start()])
        return (Kind.LABELLED, day) if is_first else (None, "")
    before = _WEEKDAY.sub("", text[: match.start()].lstrip("(（")).lstrip()
    after = _WEEKDAY.sub("", text[match.end() :].rstrip(")）")).rstrip()
    if not before and not after:
        return Kind.ALONE, day
    if not after and (_PLACE_BEFORE.fullmatch(before) or _is_number(before)):
        return Kind.PLACED, day
    if not before and (_PLACE_AFTER.fullmatch(after) or _is_number(after)):
        return Kind.PLACED, day
    return None, ""


def _is_number(text: str) -> bool:
    return bool(reference_in(text)) and not communication_in(text)

"""Running heads and feet of PDF pages: lines that stand at one place of several pages' edges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Sequence

from aligner.reading.runs import Row
from aligner.spacing import squeezed

_EDGE = 4  # lines from the top or the bottom of a page
_LONGEST = 200  # characters
_TOP, _FOOT = 1_000_001, -1_000_001  # no heights of lines: where a scan's line stands
_NUMBER = re.compile(r"\d+")
_Seen = tuple[int, list[int]]  # a page's number, and those in its line


def running_rows(pages: Sequence[Sequence[Row]], scans: Container[int] = ()) -> list[set[int]]:
    """The places of each page's running heads and feet among its lines.

    They stand at the same height of two pages or more, at the edge, and have the same text but
    for numbers that count as the pages do. `scans` are the numbers, from 0, of pages that did
    not lie alike under a scanner: the same edge is enough there.
    """
    seen: defaultdict[tuple[int, str], list[_Seen]] = defaultdict(list)
    for number, rows in enumerate(pages):
        for place in _at_edges(rows):
            key = _key(rows, place, number in scans)
            seen[key].append((number, _numbers(rows[place])))
    running = {key for key, found in seen.items() if _come_back(found)}
    return [
        {k for k in _at_edges(rows) if _key(rows, k, number in scans) in running}
        for number, rows in enumerate(pages)
    ]


def _at_edges(rows: Sequence[Row]) -> list[int]:
    """The places of the lines nearest to a page's top and bottom."""
    order = sorted(range(len(rows)), key=lambda k: -rows[k][0].baseline)
    edges = {*order[:_EDGE], *order[-_EDGE:]}
    return [k for k in edges if len(_text(rows[k])) <= _LONGEST]


def _text(row: Row) -> str:
    return " ".join(run.text for run in row)


def _key(rows: Sequence[Row], place: int, is_scan: bool) -> tuple[int, str]:
    row = rows[place]
    text = _NUMBER.sub("0", _text(row))
    if not is_scan:
        return round(row[0].baseline), text
    above = sum(other[0].baseline > row[0].baseline for other in rows)
    return (_TOP if above < len(rows) / 2 else _FOOT), squeezed(text)


def _numbers(row: Row) -> list[int]:
    return [int(number[:9]) for number in _NUMBER.findall(_text(row))]


def _come_back(found: Sequence[_Seen]) -> bool:
    """Whether some line's numbers are those of another page's, or count on with the pages."""
    first, numbers = found[0]
    return any(
        all(b in (a, a + page - first) for a, b in zip(numbers, others, strict=True))
        for page, others in found
        if page != first
    )

"""Running heads and feet of PDF pages: lines that stand at one place of several pages' edges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from aligner.reading.runs import LARGER, Row
from aligner.spacing import squeezed

_EDGE = 4  # lines from the top or the bottom of a page
_LONGEST = 200  # characters
_TITLE_PAGES, _TITLE_LINES = 20, 4
_TOP, _FOOT = 1_000_001, -1_000_001  # no heights of lines: where a scan's line stands
_NUMBER = re.compile(r"\d+")
_Seen = tuple[int, list[int]]  # a page's number, and those in its line


def running_rows(pages: Sequence[Sequence[Row]], scans: Container[int] = ()) -> list[set[int]]:
    """The places of each page's running heads and feet among its lines.

    They stand at the same height of two pages or more, at the edge, and have the same text but
    for numbers that count as the pages do. `scans` are the numbers, from 0, of pages that did
    not lie alike under a scanner: the same edge is enough there. A page's first or last line
    that has a title in smaller type is a head or foot too, as on the only page of a document.
    """
    seen: defaultdict[tuple[int, str], list[_Seen]] = defaultdict(list)
    for number, rows in enumerate(pages):
        for place in _at_edges(rows):
            key = _key(rows, place, number in scans)
            seen[key].append((number, _numbers(rows[place])))
    running = {key for key, found in seen.items() if _come_back(found)}
    titles: dict[str, float] = {}
    for rows in pages[:_TITLE_PAGES]:
        for text, size in _titles(rows):
            titles[text] = max(size, titles.get(text, 0.0))
    return [
        {k for k in _at_edges(rows) if _key(rows, k, number in scans) in running}
        | _heads(rows, titles)
        for number, rows in enumerate(pages)
    ]


def _heads(rows: Sequence[Row], titles: Mapping[str, float]) -> set[int]:
    """The first line of a page, if one of its runs has a title in smaller type."""
    top = max(range(len(rows)), key=lambda k: rows[k][0].baseline, default=0)
    runs = rows[top] if rows else []
    return {top for run in runs if titles.get(squeezed(run.text), 0.0) > LARGER * run.size}


def _titles(rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    """What a few successive lines in type of one size say together, and the size."""
    for start, row in enumerate(rows):
        text = ""
        for other in rows[start : start + _TITLE_LINES]:
            if other[0].size != row[0].size:
                break
            text += squeezed(_text(other))
            yield text, row[0].size


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

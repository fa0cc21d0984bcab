"""Running heads and feet of PDF pages: lines that stand at one place of several pages' edges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from aligner.reading.runs import Row

_EDGE = 4  # lines from the top or the bottom of a page
_LONGEST = 200  # characters
_NUMBER = re.compile(r"\d+")
_Seen = tuple[int, list[int]]  # a page's number, and those in its line


def running_rows(pages: Sequence[Sequence[Row]]) -> list[set[int]]:
    """The places of each page's running heads and feet among its lines.

    They stand at the same height of two pages or more, at the edge, and have the same text but
    for numbers that count as the pages do.
    """
    seen: defaultdict[tuple[int, str], list[_Seen]] = defaultdict(list)
    for number, rows in enumerate(pages):
        for place in _at_edges(rows):
            seen[_key(rows[place])].append((number, _numbers(rows[place])))
    running = {key for key, found in seen.items() if _come_back(found)}
    return [{k for k in _at_edges(rows) if _key(rows[k]) in running} for rows in pages]


def _at_edges(rows: Sequence[Row]) -> list[int]:
    """The places of the lines nearest to a page's top and bottom."""
    order = sorted(range(len(rows)), key=lambda k: -rows[k][0].baseline)
    edges = {*order[:_EDGE], *order[-_EDGE:]}
    return [k for k in edges if len(_text(rows[k])) <= _LONGEST]


def _text(row: Row) -> str:
    return " ".join(run.text for run in row)


def _key(row: Row) -> tuple[int, str]:
    return round(row[0].baseline), _NUMBER.sub("0", _text(row))


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

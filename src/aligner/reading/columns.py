"""Columns of a page, in reading order.

As in the XY-cut (Nagy and Seth, 1984), a strip that no character enters parts them; here it is
looked for over as many rows as leave it free.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.reading.fragments import Fragment
from aligner.spacing import is_wide

# In heights of a line of text.
_GUTTER = 0.9  # the least width of a strip between columns
_TABLE_GUTTER = 0.45  # between columns in different scripts
_NEXT_ROW = 1.8  # how far the rows of a column may lie apart

_MIN_ROWS = 3  # with text on both sides of a strip
_MIN_COLUMN = 0.15  # of the text's width

Row = list[Fragment]


def read_rows(fragments: Sequence[Fragment]) -> list[Row]:
    """Fragments that stand on one line, lines from top to bottom."""
    rows: list[Row] = []
    for fragment in sorted(fragments, key=lambda f: -(f.top + f.bottom)):
        if rows and rows[-1][0].beside(fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    for row in rows:
        row.sort(key=lambda fragment: fragment.left)
    return rows


def read_columns(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows cut into columns, in reading order; what is full width is a column of its own."""
    plain: list[Row] = []
    place = 0
    while place < len(rows):
        stop, strip = _free_strip(rows, place)
        if strip is None:
            plain.append(rows[place])
            place += 1
            continue
        # The rows above and below that stand on one side alone, their neighbour being shorter.
        while plain and _is_one_sided(plain[-1], rows[place], strip):
            place -= 1
            plain.pop()
        while stop < len(rows) and _is_one_sided(rows[stop], rows[stop - 1], strip):
            stop += 1
        if plain:
            yield plain
            plain = []
        parted = [_parted(row, strip) for row in rows[place:stop]]
        for side in (0, 1):
            yield from read_columns([parts[side] for parts in parted if parts[side]])
        place = stop
    if plain:
        yield plain


def _free_strip(rows: Sequence[Row], start: int) -> tuple[int, float | None]:
    """How far down a strip free of text reaches from a row on, and its middle; None if none."""
    taken: list[tuple[float, float]] = []
    best: tuple[int, float | None] = (start + 1, None)
    for stop in range(start, len(rows)):
        taken = _merged([*taken, *((f.left, f.right) for f in rows[stop])])
        height = rows[stop][0].height
        gaps = [
            (right[0] - left[1], (right[0] + left[1]) / 2)
            for left, right in pairwise(taken)
            if right[0] - left[1] > _TABLE_GUTTER * height
        ]
        if not gaps:
            break
        # A row on one side alone may be the beginning of what follows: only full ones count.
        for _, middle in sorted(gaps, reverse=True):
            if all(_parted(rows[stop], middle)) and _parts_columns(rows[start : stop + 1], middle):
                best = (stop + 1, middle)
                break
    return best


def _is_one_sided(row: Row, neighbour: Row, middle: float) -> bool:
    """Whether a row stands on one side of a strip, next to a row that the strip parts."""
    crosses = any(f.left < middle < f.right for f in row)
    left, right = _parted(row, middle)
    step = abs(neighbour[0].bottom - row[0].bottom)
    return not crosses and bool(left) != bool(right) and step < _NEXT_ROW * row[0].height


def _parts_columns(rows: Sequence[Row], middle: float) -> bool:
    sides = [[f for row in rows for f in _parted(row, middle)[k]] for k in (0, 1)]
    both = sum(all(_parted(row, middle)) for row in rows)
    shares = [_wide_share(side) for side in sides]
    edges = [(min(f.left for f in side), max(f.right for f in side)) for side in sides]
    # Two languages side by side are two columns, however short the one and near the other.
    if abs(shares[0] - shares[1]) < 0.5 and (
        both < _MIN_ROWS or edges[1][0] - edges[0][1] < _GUTTER * rows[-1][0].height
    ):
        return False
    whole = edges[1][1] - edges[0][0]
    widths = [right - left for left, right in edges]
    return min(widths) > _MIN_COLUMN * whole or _is_numbers(sides[widths.index(min(widths))])


def _is_numbers(fragments: Sequence[Fragment]) -> bool:
    return not any(c.isalpha() for fragment in fragments for c in fragment.text)


def _wide_share(fragments: Sequence[Fragment]) -> float:
    text = "".join(fragment.text for fragment in fragments)
    return sum(map(is_wide, text)) / len(text)


def _parted(row: Row, middle: float) -> tuple[Row, Row]:
    left = [f for f in row if f.right <= middle]
    return left, [f for f in row if f.right > middle]


def _merged(intervals: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted(intervals):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged

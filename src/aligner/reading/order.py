"""The reading order of a page: the file's own, wherever it is one that can be read.

Programs write a page as it is read: column by column, cell by cell. Two things stand out of
order: heads and feet, which many write first or last, and lines of columns that are written
right across. Both are seen by where they stand.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise

from aligner.document import Cell
from aligner.reading.across import is_next, unstretched, unzipped, whole
from aligner.reading.rules import NO_RULES, Box, Rules
from aligner.reading.runs import Row

_FRAME = 0.8  # of a page's lines that no cell holds
_SAME_EDGE = 3.0  # points between lines drawn along one edge
_NESTED = 4  # how often a page is looked through for what stands above what is before it

# In sizes of the type.
_BELOW = 0.3  # how much lower the next line is, at least


@dataclass(slots=True)
class Column:
    """Lines that stand one below the other, and the room that they have.

    `box` is the cell of a table that holds them, where lines are drawn about it, and `cell` its
    place there. `right` is where something else begins, or, in a cell, how far lines may reach.
    """

    rows: list[Row]
    right: float = math.inf
    box: Box | None = None
    cell: Cell | None = None


def read_columns(rows: Sequence[Row], rules: Rules = NO_RULES) -> Iterator[Column]:
    """Lines that stand one below the other, stretch by stretch, in the order of reading.

    The cells of a table come row by row. Tables are counted from 1.
    """
    columns = _stretches(_from_top(list(rows), _NESTED), _boxes(rows, rules))
    tables = 0
    beside = _neighbours([column.rows for column in columns])
    pairs = zip(columns, beside, strict=True)
    for is_table, group in groupby(pairs, lambda pair: pair[0].box is not None):
        if is_table:
            for table in _tables([column for column, _ in group]):
                tables += 1
                yield from _in_rows(table, tables)
            continue
        for column, near in group:
            for part in _same_width(column.rows, near):
                for lines in unzipped(unstretched(part)):
                    yield Column(lines, near.right)


def _boxes(rows: Sequence[Row], rules: Rules) -> dict[int, Box]:
    """The cells that lines stand in, by the lines' identities."""
    found = {}
    for row in rows:
        height = row[0].baseline + row[0].size / 3
        box = rules.box(row[0].left, row[-1].right, height)
        if box is not None:
            found[id(row)] = box
    counts = Counter(found.values())
    # A frame about the page's text is no cell.
    frames = {box for box, count in counts.items() if count > _FRAME * len(rows)}
    return {key: box for key, box in found.items() if box not in frames}


def _stretches(rows: Sequence[Row], boxes: Mapping[int, Box]) -> list[Column]:
    """Lines that stand one below the other, in the file's order; those of a cell together."""
    stretches: list[Column] = []
    cells: dict[Box, Column] = {}
    for row in rows:
        box = boxes.get(id(row))
        if box in cells:
            cells[box].rows.append(row)
            continue
        last = stretches[-1] if stretches else None
        if box is None and last and last.box is None and _continues(last.rows[-1], row):
            last.rows.append(row)
            continue
        stretches.append(Column([row], box=box))
        if box is not None:
            cells[box] = stretches[-1]
    return stretches


def _tables(cells: Iterable[Column]) -> Iterator[list[Column]]:
    """The cells of each table; one that goes on in the next column of a page is two."""
    table: list[Column] = []
    right = top = 0.0
    for cell in cells:
        if cell.box is None:
            continue
        if table and cell.box.left > right - _SAME_EDGE and cell.box.top > top + _SAME_EDGE:
            yield table
            table = []
        right = max(right, cell.box.right) if table else cell.box.right
        top = cell.box.top
        table.append(cell)
    if table:
        yield table


def _in_rows(cells: Sequence[Column], table: int) -> Iterator[Column]:
    """The cells of a table row by row, each with its place."""
    tops: list[float] = []
    lefts: list[float] = []
    for cell in cells:
        if cell.box is not None:
            _add_apart(tops, -cell.box.top)
            _add_apart(lefts, cell.box.left)
    paddings = [row[0].left - c.box.left for c in cells if c.box is not None for row in c.rows]
    for cell in cells:
        if cell.box is not None:
            row, column = _number(tops, -cell.box.top), _number(lefts, cell.box.left)
            cell.cell = Cell(table, row, column)
            ordered = sorted(cell.rows, key=lambda row: -row[0].baseline)
            cell.rows = [[whole(row)] for row in ordered]
            cell.right = cell.box.right - max(0.0, min(paddings))
    yield from sorted(cells, key=lambda cell: cell.cell or (0, 0, 0))


def _add_apart(places: list[float], place: float) -> None:
    """Put a place among others that are in order, unless it is one of them."""
    at = bisect_left(places, place - _SAME_EDGE)
    if at == len(places) or places[at] > place + _SAME_EDGE:
        insort(places, place)


def _number(places: Sequence[float], place: float) -> int:
    return bisect_left(places, place - _SAME_EDGE) + 1


def _from_top(rows: list[Row], depth: int) -> list[Row]:
    """Lines with those first that stand above all that the file has before them.

    Where neither of two stretches stands wholly above the other, as columns do, their order
    stays. So it does where that is no whole line: the cells of a row may be centred.
    """
    if depth == 0 or len(rows) < 2:
        return rows
    heights = [row[0].baseline for row in rows]
    least, most = list(accumulate(heights, min)), list(accumulate(heights, max))
    after_least = list(accumulate(reversed(heights), min))[::-1]
    after_most = list(accumulate(reversed(heights), max))[::-1]
    places = range(1, len(rows))
    falls = [k for k in places if least[k - 1] > after_most[k] + _BELOW * rows[k][0].size]
    rises = [k for k in places if most[k - 1] < after_least[k] - rows[k][0].size]
    cuts = [0, *(falls or rises), len(rows)]
    if len(cuts) == 2:
        return rows
    pieces = [rows[a:b] for a, b in pairwise(cuts)]
    ordered = pieces if falls else pieces[::-1]
    return [row for piece in ordered for row in _from_top(piece, depth - 1)]


def _continues(row: Row, following: Row) -> bool:
    """Whether a line stands below the one before, not beside or above it."""
    lower = row[0].baseline - following[0].baseline > _BELOW * following[0].size
    return lower and following[0].left < row[-1].right and row[0].left < following[-1].right


@dataclass(slots=True)
class _Beside:
    """What stands beside a stretch: how much room it leaves, and which lines it is next to."""

    left: float = -math.inf
    right: float = math.inf
    lines: set[int] = field(default_factory=set)

    def is_crossed(self, row: Row) -> bool:
        """Whether a line, which then stands above or below, reaches over the neighbours."""
        return row[0].left < self.left or row[-1].right > self.right


def _neighbours(stretches: Sequence[list[Row]]) -> list[_Beside]:
    found = [_Beside() for _ in stretches]
    rows = sorted(
        (
            (row, number, place)
            for number, stretch in enumerate(stretches)
            for place, row in enumerate(stretch)
        ),
        key=lambda item: item[0][0].baseline,
    )
    heights = [row[0].baseline for row, _, _ in rows]
    for row, number, place in rows:
        half = row[0].size / 2
        first = bisect_left(heights, row[0].baseline - half)
        stop = bisect_right(heights, row[0].baseline + half)
        beside = found[number]
        for other, owner, _ in rows[first:stop]:
            if owner != number and other[-1].right <= row[0].left:
                beside.left = max(beside.left, other[-1].right)
            elif owner != number and other[0].left >= row[-1].right:
                beside.right = min(beside.right, other[0].left)
            else:
                continue
            beside.lines.add(place)
    return found


def _same_width(stretch: list[Row], beside: _Beside) -> Iterator[list[Row]]:
    """A stretch cut into the column beside others, and what stands full width above and below."""
    in_column = [False] * len(stretch)
    for crosses, group in groupby(range(len(stretch)), lambda k: beside.is_crossed(stretch[k])):
        places = list(group)
        near = [place for place in places if place in beside.lines]
        if crosses or not near:
            continue
        first, last = near[0], near[-1]
        # Where the neighbour is shorter, the column goes on.
        while first > places[0] and is_next(stretch[first - 1], stretch[first]):
            first -= 1
        while last < places[-1] and is_next(stretch[last], stretch[last + 1]):
            last += 1
        in_column[first : last + 1] = [True] * (last + 1 - first)
    for _, group in groupby(range(len(stretch)), in_column.__getitem__):
        yield [stretch[place] for place in group]

"""Lines of several runs: justified ones, cells of a table, columns written right across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from aligner.reading.line_ends import is_full
from aligner.reading.runs import Row, Run

# In sizes of the type.
_GUTTER = 0.9  # the least width of a strip between columns
_NEXT_ROW = 1.8  # how far the lines of a column may lie apart
_INDENT = 3.0  # of a paragraph's first line, at most

_STRETCHED = 2.0  # times the usual gap of a line: wider ones are not its own
_MOST_RUNS = 20  # of a line that may be written across columns
_MIN_ROWS = 3  # with text on both sides of a strip


def is_next(row: Row, following: Row) -> bool:
    """Whether a line stands as near below another as the lines of a column do."""
    return row[0].baseline - following[0].baseline < _NEXT_ROW * row[0].size


def unstretched(rows: list[Row]) -> list[Row]:
    """Lines whose wide gaps are those of justified text made whole.

    Such gaps are alike, and the line reaches from edge to edge, as one does that has none.
    """
    full = [row[0] for row in rows if len(row) == 1]
    return [[whole(row)] if _is_stretched(row, full) else row for row in rows]


def _is_stretched(row: Row, full: Sequence[Run]) -> bool:
    gaps = [following.left - run.right for run, following in pairwise(row)]
    if not 0 < max(gaps, default=0.0) < _STRETCHED * row[0].gap:
        return False
    size = row[0].size
    return any(
        abs(row[-1].right - run.right) < size and abs(row[0].left - run.left) < _INDENT * size
        for run in full
    )


def whole(row: Row) -> Run:
    """The runs of a line as one."""
    return replace(row[0], text=" ".join(run.text for run in row), right=row[-1].right)


def unzipped(rows: list[Row]) -> Iterator[list[Row]]:
    """Lines written right across two columns, as the one column and then the other."""
    plain: list[Row] = []
    place = 0
    while place < len(rows):
        gaps = range(1, len(rows[place])) if len(rows[place]) < _MOST_RUNS else ()
        stop, strip = max((_strip(rows, place, gap) for gap in gaps), default=(place, 0.0))
        if stop == place:
            plain.append(rows[place])
            place += 1
            continue
        if plain:
            yield plain
            plain = []
        for side in (0, 1):
            parts = [_parted(row, strip)[side] for row in rows[place:stop]]
            yield from unzipped([part for part in parts if part])
        place = stop
    if plain:
        yield plain


def _strip(rows: Sequence[Row], start: int, gap: int) -> tuple[int, float]:
    """How far down a gap of a line is free of text, and its middle; no farther if no columns."""
    left, right = rows[start][gap - 1].right, rows[start][gap].left
    both = stop = start
    goes_on = False
    middle = (left + right) / 2
    for place in range(start, len(rows)):
        row = rows[place]
        sides = _parted(row, (left + right) / 2)
        if place > start and not all(sides) and not is_next(rows[place - 1], row):
            break
        inner = max([left, *(run.right for run in sides[0])])
        outer = min([right, *(run.left for run in sides[1])])
        if outer - inner < _GUTTER * row[0].size:
            break
        left, right, stop = inner, outer, place + 1
        middle = (left + right) / 2
        both += all(sides)
        # A cell of several lines beside one of a single line.
        goes_on = goes_on or not sides[0]
    if goes_on or (both - start >= _MIN_ROWS and _run_on(rows[start:stop], middle)):
        return stop, middle
    return start, 0.0


def _run_on(rows: Sequence[Row], middle: float) -> bool:
    """Whether the lines on either side of a strip are full, as those of a column are.

    The cells of a table, one line each, are as long as they happen to be.
    """
    for side in (0, 1):
        lines = [whole(part) for row in rows if (part := _parted(row, middle)[side])]
        right = max(line.right for line in lines)
        full = sum(is_full(line, following, right) for line, following in pairwise(lines))
        if full * 2 >= len(lines) - 1 > 0:
            return True
    return False


def _parted(row: Row, middle: float) -> tuple[Row, Row]:
    left = [run for run in row if run.left < middle]
    return left, row[len(left) :]

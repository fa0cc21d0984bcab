"""Lines on a picture in the order of reading: columns are seen by the strips between them.

A PDF file says in which order its lines were written; a picture doesn't.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from aligner.reading.line_ends import is_full
from aligner.reading.ocr.words import Line, Word, baseline, joined
from aligner.reading.runs import Row, Run
from aligner.scripts import starts_item
from aligner.spacing import is_wide

# In sizes of the type.
_SAME_ROW = 0.4  # between the middles of lines that stand beside each other
_APART = 1.8  # parts what stands on a line
_GUTTER, _BETWEEN_SCRIPTS = 1.2, 0.5  # the least width of a strip
_NEXT = 2.0  # how far the lines of a column may lie apart
_NARROW = 3.5  # a side that only holds the marks of items
_MARK = 3.0  # the widest gap after such a mark

_ALIKE = 0.14  # how far the usual type of two pages may be apart and be the same
_MIN_ROWS = 3  # on either side of a strip
_ALL, _MOST = 0.8, 0.5  # shares
_TALL = 1000  # rows; no page has more

Group = tuple[Word, ...]  # what no wide gap parts


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands beside each other on a page."""

    groups: tuple[Group, ...]
    size: float

    @property
    def middle(self) -> float:
        """The place from the top of the picture."""
        return median(word.middle for group in self.groups for word in group)


def ordered(lines: Sequence[Line]) -> list[Placed]:
    """What stands on a straight page, columns one after the other, as a PDF file has them."""
    rows = _side_by_side(lines)
    return [*_in_order(rows[:_TALL]), *rows[_TALL:]]


def in_points(row: Placed, scale: float, height: float) -> Placed:
    """What was placed in pixels, so many to the point; its middle counts from the page's foot."""
    groups = tuple(
        tuple(
            replace(
                word,
                left=word.left / scale,
                right=word.right / scale,
                middle=height - word.middle / scale,
            )
            for word in group
        )
        for group in row.groups
    )
    return Placed(groups, row.size / scale)


def evened(pages: Sequence[Sequence[Placed]]) -> list[list[Placed]]:
    """Pages with the size of most of their type made equal: each was measured by itself."""
    sizes = Counter[float]()
    for row in (row for page in pages for row in page):
        sizes[row.size] += sum(len(word.text) for group in row.groups for word in group)
    usual = max(sizes, key=sizes.__getitem__, default=0.0)
    return [
        [
            replace(row, size=usual) if abs(row.size - usual) < _ALIKE * usual else row
            for row in page
        ]
        for page in pages
    ]


def row_of(placed: Placed) -> Row:
    """What stands beside each other as a row of runs."""
    return [_run(group, placed) for group in placed.groups]


def _side_by_side(lines: Sequence[Line]) -> list[Placed]:
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        beside = found[-1] if found else []
        if beside and line.middle - beside[0].middle < _SAME_ROW * beside[0].size:
            beside.append(line)
        else:
            found.append([line])
    return [_placed(row) for row in found]


def _placed(lines: Sequence[Line]) -> Placed:
    size = max(lines, key=lambda line: len(line.text)).size
    groups: list[list[Word]] = []
    for line in sorted(lines, key=lambda line: line.words[0].left):
        groups.append([])
        for word in line.words:
            before = groups[-1]
            gap = (word.left - before[-1].right) / size if before else 0.0
            after_mark = gap < _MARK and starts_item(joined(before) + " ")
            if gap > _APART and not after_mark:
                groups.append([])
            groups[-1].append(word)
    return Placed(tuple(map(tuple, groups)), size)


def _in_order(rows: list[Placed]) -> Iterator[Placed]:
    """Rows, with those beside the longest strip on the page parted by it, and so on."""
    zone = _longest(rows)
    if zone is None:
        yield from rows
        return
    start, stop, strip = zone
    yield from _in_order(rows[:start])
    inside = rows[start:stop]
    sides = [_side(inside, strip, number) for number in (0, 1)]
    if _is_table(inside, sides):
        yield from (_parted(row, strip) for row in inside)
    else:
        for side in sides:
            yield from _in_order(side)
    yield from _in_order(rows[stop:])


def _longest(rows: Sequence[Placed]) -> tuple[int, int, float] | None:
    """The longest stretch of rows with a strip between its sides, and the strip's middle."""
    best = None
    for start, row in enumerate(rows):
        strips = _free(row)
        for stop in range(start + 1, len(rows) + 1):
            if stop - start > 1:
                strips = _common(strips, _free(rows[stop - 1]), row.size)
            if not strips:
                break
            if best is not None and stop - start <= best[1] - best[0]:
                continue
            for left, right in sorted(strips, key=lambda strip: strip[0] - strip[1]):
                zone = _zone(rows, start, stop, left, right)
                if zone and (best is None or zone[1] - zone[0] > best[1] - best[0]):
                    best = zone
                    break
    return best


def _free(row: Placed) -> list[tuple[float, float]]:
    """Where on a row nothing stands."""
    words = [word for group in row.groups for word in group]
    inner = [(word.right, following.left) for word, following in pairwise(words)]
    inner = [(left, right) for left, right in inner if right - left > _BETWEEN_SCRIPTS * row.size]
    return [(float("-inf"), words[0].left), *inner, (words[-1].right, float("inf"))]


def _common(
    strips: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]], size: float
) -> list[tuple[float, float]]:
    found = [
        (max(strip[0], other[0]), min(strip[1], other[1])) for strip in strips for other in others
    ]
    return [strip for strip in found if strip[1] - strip[0] > _BETWEEN_SCRIPTS * size]


def _zone(
    rows: Sequence[Placed], start: int, stop: int, left: float, right: float
) -> tuple[int, int, float] | None:
    """The part of a stretch that has columns at a strip, None for none."""
    if left == float("-inf") or right == float("inf"):
        return None
    strip = (left + right) / 2
    sides = [[], []]  # type: list[list[int]]
    for place in range(start, stop):
        for side, groups in enumerate(_halves(rows[place], strip)):
            if groups:
                sides[side].append(place)
    if min(map(len, sides)) < _MIN_ROWS:
        return None
    first, last = max(side[0] for side in sides), min(side[-1] for side in sides)
    while first > start and _follows(rows[first - 1], rows[first]):
        first -= 1
    while last + 1 < stop and _follows(rows[last], rows[last + 1]):
        last += 1
    inside = rows[first : last + 1]
    halves = [_side(inside, strip, number) for number in (0, 1)]
    if min(map(len, halves)) < _MIN_ROWS or not all(map(_is_column, halves)):
        return None
    wide = right - left > _GUTTER * rows[start].size
    return (first, last + 1, strip) if wide or _differ(halves) else None


def _follows(row: Placed, following: Placed) -> bool:
    return following.middle - row.middle < _NEXT * row.size


def _is_column(side: Sequence[Placed]) -> bool:
    widths = [row.groups[-1][-1].right - row.groups[0][0].left for row in side]
    return median(widths) > _NARROW * side[0].size


def _differ(halves: Sequence[Sequence[Placed]]) -> bool:
    """Whether one side is in wide characters and the other isn't."""
    shares = []
    for half in halves:
        letters = [c for row in half for group in row.groups for c in joined(group)]
        shares.append(sum(map(is_wide, letters)) / max(len(letters), 1))
    return min(shares) < 1 - _ALL and max(shares) > _MOST


def _halves(row: Placed, strip: float) -> tuple[list[Group], list[Group]]:
    """The groups on either side of a strip; one that goes across is cut."""
    halves: tuple[list[Group], list[Group]] = ([], [])
    for group in row.groups:
        left = tuple(word for word in group if word.left < strip)
        for half, part in zip(halves, (left, group[len(left) :]), strict=True):
            if part:
                half.append(part)
    return halves


def _side(rows: Sequence[Placed], strip: float, side: int) -> list[Placed]:
    halves = [(_halves(row, strip)[side], row.size) for row in rows]
    return [Placed(tuple(groups), size) for groups, size in halves if groups]


def _parted(row: Placed, strip: float) -> Placed:
    left, right = _halves(row, strip)
    return Placed((*left, *right), row.size)


def _is_table(rows: Sequence[Placed], sides: Sequence[Sequence[Placed]]) -> bool:
    """Whether rows on both sides stand beside each other, and hold no running text."""
    both = sum(map(len, sides)) - len(rows)
    beside = both > _ALL * min(map(len, sides))
    return beside and not any(map(_runs_on, sides))


def _runs_on(side: Sequence[Placed]) -> bool:
    lines = [_run(tuple(w for group in row.groups for w in group), row) for row in side]
    right = max(line.right for line in lines)
    full = sum(is_full(line, following, right) for line, following in pairwise(lines))
    return full > _MOST * (len(lines) - 1)


def _run(words: Group, row: Placed) -> Run:
    gaps = [
        following.left - word.right for word, following in pairwise(words) if following.is_apart
    ]
    first = next((k for k in range(1, len(words)) if _parts(words[k - 1], words[k])), len(words))
    return Run(
        joined(words),
        words[0].left,
        max(word.right for word in words),
        row.middle - baseline(joined(words)) * row.size,
        row.size,
        words[first - 1].right,
        median(gaps) if gaps else 0.0,
    )


def _parts(word: Word, following: Word) -> bool:
    """Whether a line may break between two words."""
    return following.is_apart or is_wide(word.text[-1]) or is_wide(following.text[0])

"""The lines drawn on a PDF page, and the cells of tables that they make."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_THIN = 3.0  # points: a filled box that is no thicker is a line
_LONG = 8.0  # points: the least length of a line that parts anything
_STRAIGHT = 0.5  # points that a line may lean
_REACH = 2.0  # points that lines of a table may miss each other by
_DOT = 1.5, 10.0  # points: the least and the greatest height and width of a dot
_DOT_LOW, _DOT_BEFORE = 0.1, 3.0  # sizes of the type that it may stand below and before a line
_MOST = 20_000  # lines of a page; a drawing has more


_Point = tuple[float, float]


class Rule(NamedTuple):
    """A level or an upright line: its place across its way, and from where to where it goes."""

    place: float
    start: float
    end: float


class Box(NamedTuple):
    """The room between four lines, in points."""

    left: float
    bottom: float
    right: float
    top: float


class Rules:
    """A page's drawn lines, looked up by place, and its drawn dots: middles, the height first."""

    def __init__(
        self, level: Sequence[Rule], upright: Sequence[Rule], dots: Sequence[_Point] = ()
    ) -> None:
        self._level, self._upright, self._dots = sorted(level), sorted(upright), sorted(dots)

    def between(self, left: float, right: float, height: float) -> bool:
        """Whether an upright line stands between two places of one height."""
        first = bisect_left(self._upright, (left,))
        stop = bisect_right(self._upright, (right,))
        return any(_reaches(rule, height) for rule in self._upright[first:stop])

    def box(self, left: float, right: float, height: float) -> Box | None:
        """The cell that holds a line of text at some height, None where none does.

        Lines stand above and below it and on its left or right: the outer ones of a table are
        not always drawn.
        """
        least, most = _around(self._upright, left, right, height)
        bottom, top = _around(self._level, height, height, (left + right) / 2)
        if math.isinf(bottom) or math.isinf(top) or (math.isinf(least) and math.isinf(most)):
            return None
        return Box(least, bottom, most, top)

    def has_bullet(self, left: float, baseline: float, size: float) -> bool:
        """Whether a dot stands before a line of text, as one does before an item of a list."""
        first = bisect_left(self._dots, (baseline - _DOT_LOW * size,))
        stop = bisect_right(self._dots, (baseline + size,))
        return any(left - _DOT_BEFORE * size < x < left for _, x in self._dots[first:stop])

    def under(self, upper: float, lower: float, left: float, right: float) -> bool:
        """Whether a level line parts two lines of text from each other.

        One that is no wider than the text is an underline or strikes text through.
        """
        first = bisect_left(self._level, (lower,))
        stop = bisect_right(self._level, (upper,))
        middle = (left + right) / 2
        return any(
            _reaches(rule, middle) and (rule.start < left - _REACH or rule.end > right + _REACH)
            for rule in self._level[first:stop]
        )


def _reaches(rule: Rule, place: float) -> bool:
    return rule.start - _REACH <= place <= rule.end + _REACH


def _around(rules: Sequence[Rule], low: float, high: float, across: float) -> tuple[float, float]:
    """The nearest lines on both sides of a stretch, which go past a place; infinite without."""
    before = bisect_right(rules, (low, math.inf, 0.0))
    after = bisect_left(rules, (high,))
    least = next((r.place for r in reversed(rules[:before]) if _reaches(r, across)), -math.inf)
    most = next((r.place for r in rules[after:] if _reaches(r, across)), math.inf)
    return least, most


NO_RULES = Rules((), ())


def page_rules(page: Any, turns: int) -> Rules:
    """The straight lines that are drawn on a page, seen after so many quarter turns.

    `turns` is how the page's text is read, in quarter turns from left to right.
    """
    level: list[Rule] = []
    upright: list[Rule] = []
    dots: list[_Point] = []
    for count, ends in enumerate(_segments(page)):
        if count == _MOST:
            return NO_RULES
        (x1, y1), (x2, y2) = (_turned(end, turns) for end in ends)
        if ends[0] == ends[1]:
            dots.append((y1, x1))
        elif abs(y1 - y2) <= _STRAIGHT and abs(x1 - x2) >= _LONG:
            level.append(Rule((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
        elif abs(x1 - x2) <= _STRAIGHT and abs(y1 - y2) >= _LONG:
            upright.append(Rule((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
    return Rules(level, upright, dots)


def _turned(point: _Point, turns: int) -> _Point:
    """A point of the page turned until its text stands upright."""
    x, y = point
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turns]


def _segments(page: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight lines of a page's drawings, and its dots as lines of no length."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=1):
        pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
        left, bottom, right, top = item.get_bounds()
        sides = sorted((right - left, top - bottom))
        if _DOT[0] <= sides[0] and sides[1] <= min(_DOT[1], 2 * sides[0]):
            middle = ((left + right) / 2, (bottom + top) / 2)
            yield middle, middle
        elif min(right - left, top - bottom) <= _THIN:
            if right - left > top - bottom:
                middle = (bottom + top) / 2
                yield (left, middle), (right, middle)
            else:
                middle = (left + right) / 2
                yield (middle, bottom), (middle, top)
        elif stroke.value:
            yield from _drawn(item)


def _drawn(item: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight segments of a path, where they come to stand on the page."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    matrix = item.get_matrix()
    begun = before = None
    for number in range(min(pdfium.FPDFPath_CountSegments(item.raw), _MOST)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
            yield before, point
        if begun is not None and pdfium.FPDFPathSegment_GetClose(segment):
            yield point, begun
        before = point

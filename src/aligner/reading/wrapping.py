"""Whether a line of a page was wrapped into the next, as its geometry shows."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from aligner.reading.line_ends import is_full
from aligner.reading.rules import Rules
from aligner.reading.runs import LARGER, Run, usual_size
from aligner.scripts import COMMAS, STOPS, WIDE_CLOSING, WIDE_MARKS, ends_with_stop, starts_item
from aligner.spacing import has_wide, is_wide

# In sizes of the type.
_INDENT = 0.8  # begins a paragraph
_SAME_LEFT = 0.3  # between lines of one column
_CENTRED = 0.5  # between the middles of centred lines

_WORD = 3.0  # of one that would not have fitted
_LEAST_WRAP, _LEAST_LONE_WRAP = 4, 16  # columns of lines that several others reach as far as
_SEVERAL = 3
_LINES_A_MARK = 6  # of running text, at most
_MARK = re.compile(f"[{STOPS}{COMMAS}{WIDE_MARKS}]")
_MOST_BESIDE = 200  # lines that begin at one place: more say no more
_OUTER = 2.0  # between a line at a page's edge and the text
_SAME_SIZE = 1.07  # of the larger type to the smaller
_STEP = 1.2  # of the distance of wrapped lines: more is a paragraph's
_GUESSED_STEP = 1.35  # of the usual distance of lines, where none is surely wrapped
_LEAST_SURE = 2  # wrapped lines that show how far such are apart
_FLOAT = 3.0  # the least distance of lines with a picture or a box between
_HANGING = WIDE_MARKS + WIDE_CLOSING + "”’"
_NEAR = 3.0  # sizes between lines that say anything of distances


class Border(Enum):
    """What two lines are to each other."""

    WRAPPED = "one paragraph"
    FLOATED = "one paragraph, with something else between"
    CUT = "two paragraphs, of which the first has a rest elsewhere"
    OPEN = "perhaps one paragraph"
    PARTED = "two paragraphs"


class _Edge(NamedTuple):
    """How far lines reach, whether more than one of them shows it, and whether in a cell."""

    right: float
    is_sure: bool
    is_cell: bool

    def is_nearly_reached(self, line: Run) -> bool:
        """Whether a line surely leaves no more room than an average word or two characters."""
        return self.is_sure and self.right - line.right < _WORD * line.size

    def is_reached(self, line: Run, following: Run) -> bool:
        """Whether a line left no room for the first word of the following one."""
        least = _LEAST_WRAP if self.is_sure else _LEAST_LONE_WRAP
        return is_full(line, following, self.right, least)


def _without_outer(stretches: Iterable[Sequence[Run]]) -> list[Run]:
    """The lines but for one far above and one far below all others: a head or a foot."""
    lines = sorted((run for part in stretches for run in part), key=lambda run: run.baseline)
    for outer, inner in ((0, 1), (-1, -2)):
        if len(lines) > 1:
            gap = abs(lines[outer].baseline - lines[inner].baseline)
            if gap > _OUTER * lines[outer].size:
                del lines[outer]
    return lines


def _reach(line: Run) -> float:
    """How far a line reaches but for a Chinese mark, which may hang over the edge."""
    return line.right - (line.size if line.text[-1] in _HANGING else 0.0)


class Wrapping:
    """What a page's lines tell together: how far they reach and how far apart they are."""

    def __init__(self, stretches: Iterable[Sequence[Run]], rules: Rules) -> None:
        self._rules = rules
        lines = [list(stretch) for stretch in stretches]
        self._lines = sorted(_without_outer(lines), key=lambda run: run.left)
        self._lefts = [run.left for run in self._lines]
        self._size = usual_size((line.size, len(line.text)) for line in self._lines)
        self._hangs = any(
            starts_item(line.text)
            and following.left - line.left > _INDENT * line.size
            and 0 < line.baseline - following.baseline < _NEAR * line.size
            for part in lines
            for line, following in pairwise(part)
        )
        self._step = math.inf
        self._step = self._usual_step(lines)

    def paragraphs(
        self, lines: Sequence[Run], right: float, in_table: bool, bounded: bool
    ) -> Iterator[tuple[list[Run], Border]]:
        """Lines put into paragraphs, each with its border to the next.

        `right` is where something else begins on their right, or, if they are `bounded`, how far
        they may reach; `in_table` says that they are a cell. The last one's border, to what is
        elsewhere, is `CUT` if its last line has no room left and ends no sentence.
        """
        if bounded and math.isfinite(right):
            edge = _Edge(right, is_sure=True, is_cell=True)
        else:
            edge = self._edge(lines, right, in_table)
        paragraph = [lines[0]]
        for following in lines[1:]:
            border = self._border(paragraph, following, edge)
            if border == Border.WRAPPED:
                paragraph.append(following)
            else:
                yield paragraph, border
                paragraph = [following]
        yield paragraph, Border.CUT if _is_cut(lines[-1], edge) else Border.PARTED

    def _border(self, paragraph: Sequence[Run], following: Run, edge: _Edge) -> Border:
        line = paragraph[-1]
        step = line.baseline - following.baseline
        if _differ(line.size, following.size):
            # A page's last line, with notes below.
            smaller = following.size < line.size
            return Border.CUT if smaller and _is_cut(line, edge) else Border.PARTED
        if _changes_script(line.text, following.text) or self._begins(paragraph, following):
            return Border.PARTED
        full = edge.is_reached(line, following)
        if full and step > _FLOAT * line.size and not ends_with_stop(line.text):
            return Border.FLOATED
        ruled = self._rules.under(
            line.baseline, following.baseline + following.size / 2, line.left, line.right
        )
        if ruled or step > self._step * line.size:
            return Border.PARTED
        if line.fixed != following.fixed and not full:
            return Border.PARTED
        if full or (line.size > LARGER * self._size and _is_centred(line, following)):
            return Border.WRAPPED
        if ends_with_stop(line.text):
            return Border.PARTED
        if not edge.is_cell:
            return Border.OPEN
        # A cell is one paragraph, in one language, unless something shows more of them.
        return Border.PARTED if has_wide(line.text) != has_wide(following.text) else Border.WRAPPED

    def _begins(self, paragraph: Sequence[Run], following: Run) -> bool:
        """Whether a line begins a paragraph by its indent or by the mark of a list."""
        line = paragraph[-1]
        if starts_item(following.text) and not line.text[-1].isalnum():
            return True
        if self._rules.has_bullet(following.left, following.baseline, following.size):
            return True
        indent = (following.left - line.left) / following.size
        if _is_centred(line, following):
            return False
        # The lines of an item hang under its first one's text.
        if not starts_item(paragraph[0].text):
            return indent > _INDENT
        if len(paragraph) > 1:
            return indent < -_INDENT
        return self._hangs and abs(indent) < _SAME_LEFT and ends_with_stop(line.text)

    def _edge(self, lines: Sequence[Run], right: float, is_cell: bool = False) -> _Edge:
        """How far lines reach, and others of the page that begin where they do."""
        reached = [_reach(line) for line in self._beside(lines, right)]
        most = max(reached)
        several = sum(reach > most - lines[0].size for reach in reached) >= _SEVERAL
        marks = sum(len(_MARK.findall(line.text)) for line in lines)
        is_sure = several or marks * _LINES_A_MARK >= len(lines) > 1
        return _Edge(most, is_sure, is_cell)

    def _beside(self, lines: Sequence[Run], right: float) -> Iterator[Run]:
        """The lines, and the others of the page that begin where they do, in type as large."""
        lefts = {(round(line.left), line.size) for line in lines}
        yield from lines
        owned = set(map(id, lines))
        for left, size in lefts:
            slack = max(_SAME_LEFT * size, 1.0)
            first = bisect_left(self._lefts, left - slack)
            stop = bisect_right(self._lefts, left + slack)
            for line in self._lines[first : min(stop, first + _MOST_BESIDE)]:
                if id(line) not in owned and line.right <= right and not _differ(line.size, size):
                    owned.add(id(line))
                    yield line

    def _usual_step(self, stretches: Sequence[Sequence[Run]]) -> float:
        """The most that wrapped lines are apart, in sizes of their type."""
        steps, sure = [], []
        for lines in stretches:
            edge = self._edge(lines, math.inf)
            for line, following in pairwise(lines):
                step = (line.baseline - following.baseline) / line.size
                if not 0 < step < _NEAR:
                    continue
                steps.append(step)
                ended = ends_with_stop(line.text) or starts_item(following.text)
                begun = following.text[0].islower() or is_wide(following.text[0])
                if not ended and begun and edge.is_reached(line, following):
                    sure.append(step)
        if len(sure) >= _LEAST_SURE:
            return _STEP * median(sure)
        return _GUESSED_STEP * median(steps) if steps else math.inf


def _is_cut(line: Run, edge: _Edge) -> bool:
    """Whether a line goes on elsewhere."""
    return edge.is_nearly_reached(line) and not ends_with_stop(line.text)


def _is_centred(line: Run, following: Run) -> bool:
    """Whether two lines have the same middle."""
    apart = line.left + line.right - following.left - following.right
    return abs(apart) < 2 * _CENTRED * following.size


def _differ(size: float, other: float) -> bool:
    """Whether two sizes of type are not the same, as those of a heading and its text."""
    return max(size, other) > _SAME_SIZE * min(size, other)


def _changes_script(text: str, following: str) -> bool:
    """Whether one line is all in wide characters and the other all in words, or the reverse."""
    pattern = [
        (has_wide(line), sum(w[0].isascii() and w[0].isalpha() for w in line.split()))
        for line in (text, following)
    ]
    return any(
        one == (True, 0) and not other[0] and other[1] > 2
        for one, other in (pattern, pattern[::-1])
    )

"""From the characters of a page and their boxes to text: lines, columns, paragraphs.

Columns are found as in the XY-cut (Nagy and Seth, 1984): a strip that no character enters
parts them, here over as many rows as leave it free.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from aligner.types import is_wide, join_text

# All in heights of a line of text.
_FRAGMENT_GAP = 0.45  # parts fragments of a line; justified words stand closer
_WIDE_GAP = 1.6  # is written as several spaces
_GUTTER = 0.9  # the least width of a strip between columns
_TABLE_GUTTER = 0.45  # between columns in different scripts
_PARAGRAPH_GAP = 1.35  # of the usual distance of lines

_MIN_ROWS = 3  # with text on both sides of a strip
_MIN_COLUMN = 0.15  # of the text's width
_MIN_WRAP = 24  # columns of a line that may be a wrapped one


class Glyph(NamedTuple):
    """A character and its box in points; the origin is at the bottom left."""

    char: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(slots=True)
class _Fragment:
    """A run of characters on one line; its first word ends at `word`."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    word: float = 0.0

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 0.1)

    def beside(self, other: _Fragment | Glyph) -> bool:
        """Whether two stand on one line."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return 2 * overlap > min(self.top - self.bottom, other.top - other.bottom)


_Row = list[_Fragment]


def page_text(glyphs: Sequence[Glyph]) -> str:
    """The text of a page: wrapped lines joined, paragraphs parted by a blank line.

    A hyphen at the end of a wrapped line is followed by a soft hyphen, for later judgement.
    """
    columns = _columns(_rows(_fragments(glyphs)))
    return "\n\n".join(filter(None, (_column_text(column) for column in columns)))


def _fragments(glyphs: Sequence[Glyph]) -> list[_Fragment]:
    fragments: list[_Fragment] = []
    space = False
    for glyph in glyphs:
        if glyph.char.isspace():
            space = True
            continue
        last = fragments[-1] if fragments else None
        if last is not None and last.beside(glyph):
            gap = (glyph.left - last.right) / last.height
            if -0.5 < gap < _FRAGMENT_GAP:
                wide = is_wide(last.text[-1]) and is_wide(glyph.char)
                parted = (space and not (wide and gap < 0.2)) or (gap > 0.3 and not wide)
                if not parted and " " not in last.text:
                    last.word = glyph.right
                last.text += " " + glyph.char if parted else glyph.char
                last.right = max(last.right, glyph.right)
                last.top, last.bottom = max(last.top, glyph.top), min(last.bottom, glyph.bottom)
                space = False
                continue
        fragments.append(_Fragment(*glyph, word=glyph.right))
        space = False
    return fragments


def _rows(fragments: Sequence[_Fragment]) -> list[_Row]:
    """Fragments that stand on one line, lines from top to bottom."""
    rows: list[_Row] = []
    for fragment in sorted(fragments, key=lambda f: -(f.top + f.bottom)):
        if rows and rows[-1][0].beside(fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    for row in rows:
        row.sort(key=lambda fragment: fragment.left)
    return rows


def _columns(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows cut into columns, in reading order; what is full width is a column of its own."""
    plain: list[_Row] = []
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
            yield from _columns([parts[side] for parts in parted if parts[side]])
        place = stop
    if plain:
        yield plain


def _free_strip(rows: Sequence[_Row], start: int) -> tuple[int, float | None]:
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
        middle = max(gaps)[1]
        # A row on one side alone may be the beginning of what follows: only full ones count.
        if all(_parted(rows[stop], middle)) and _parts_columns(rows[start : stop + 1], middle):
            best = (stop + 1, middle)
    return best


def _is_one_sided(row: _Row, neighbour: _Row, middle: float) -> bool:
    """Whether a row stands on one side of a strip, next to a row that the strip parts."""
    crosses = any(f.left < middle < f.right for f in row)
    left, right = _parted(row, middle)
    step = abs(neighbour[0].bottom - row[0].bottom)
    return not crosses and bool(left) != bool(right) and step < 1.8 * row[0].height


def _parts_columns(rows: Sequence[_Row], middle: float) -> bool:
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
    return min(widths) > _MIN_COLUMN * whole


def _wide_share(fragments: Sequence[_Fragment]) -> float:
    text = "".join(fragment.text for fragment in fragments)
    return sum(map(is_wide, text)) / len(text)


def _parted(row: _Row, middle: float) -> tuple[_Row, _Row]:
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


def _column_text(rows: Sequence[_Row]) -> str:
    lines = [_line(row) for row in rows]
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    # Chinese marks hang over the edge that Latin lines keep to.
    edges = {
        wide: max((ln.right for ln in lines if is_wide(ln.text[-1]) is wide), default=right)
        for wide in (False, True)
    }
    steps = [a.bottom - b.bottom for a, b in pairwise(lines)]
    near = [step for step, line in zip(steps, lines, strict=False) if step < 3 * line.height]
    usual = median(near) if near else 0.0
    text = lines[0].text
    for line, following, step in zip(lines, lines[1:], steps, strict=False):
        same = 0.8 < line.height / following.height < 1.25
        same = same and not _changes_script(line.text, following.text)
        close = same and step < _PARAGRAPH_GAP * usual
        indented = following.left - line.left > 0.8 * following.height
        if close and not indented and _is_full(line, following, edges[is_wide(line.text[-1])]):
            text = _glued(text, following.text)
        elif close and max(line.right, following.right) < left + 0.75 * (right - left):
            text += "\n" + following.text
        else:
            text += "\n\n" + following.text
    return text


def _line(row: _Row) -> _Fragment:
    first = row[0]
    line = replace(first)
    for fragment in row[1:]:
        gap = (fragment.left - line.right) / line.height
        if gap > _WIDE_GAP:
            line.text += "    " + fragment.text
        else:
            line.text = join_text([line.text, fragment.text])
        line.right = max(line.right, fragment.right)
    return line


def _is_full(line: _Fragment, following: _Fragment, right: float) -> bool:
    """Whether the first word of the following line would not have fitted on a line."""
    columns = sum(2 if is_wide(c) else 1 for c in line.text)
    if columns < _MIN_WRAP:
        return False
    # A mark must not begin a line, so that a wide character may be carried over with it.
    wide = is_wide(following.text[0])
    need = 2.2 * following.height if wide else following.word - following.left + line.height / 4
    return right - line.right < need


def _glued(text: str, following: str) -> str:
    if text[-1] == "-" and text[-2:-1].isalpha() and following[0].islower():
        return text + "\u00ad" + following
    return join_text([text, following])


def _changes_script(text: str, following: str) -> bool:
    """Whether one line is all in wide characters and the other all in words, or the reverse."""
    pattern = [
        (any(map(is_wide, line)), sum(w[0].isascii() and w[0].isalpha() for w in line.split()))
        for line in (text, following)
    ]
    return any(
        one[1] == 0 and not other[0] and other[1] > 2 for one, other in (pattern, pattern[::-1])
    )

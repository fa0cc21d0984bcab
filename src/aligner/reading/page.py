"""From the characters of a page and their boxes to text: lines, columns, paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from aligner.reading.columns import Row, read_columns, read_rows
from aligner.reading.fragments import Fragment, Glyph, read_fragments
from aligner.scripts import ends_with_stop
from aligner.spacing import display_width, is_wide, join_text

# In heights of a line of text.
_WIDE_GAP = 1.6  # is written as several spaces
_INDENT = 0.8  # begins a paragraph

_PARAGRAPH_GAP = 1.35  # of the usual distance of lines
_FILLED = 0.8  # of a column's width: a line that ends in mid-sentence
_MIN_WRAP = 16  # columns of a line that may be a wrapped one


def page_text(glyphs: Iterable[Glyph]) -> str:
    """The text of a page: wrapped lines joined, paragraphs parted by a blank line.

    A hyphen at the end of a wrapped line is followed by a soft hyphen, for later judgement.
    """
    columns = read_columns(read_rows(read_fragments(glyphs)))
    return "\n\n".join(filter(None, (_column_text(column) for column in columns)))


def _column_text(rows: Sequence[Row]) -> str:
    lines = [_line(row) for row in rows]
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    middle = left + 0.75 * (right - left)
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
        indented = following.left - line.left > _INDENT * following.height
        ended = ends_with_stop(line.text)
        wrapped = _is_full(line, following, edges[is_wide(line.text[-1])]) or (
            not ended and line.right - left > _FILLED * (right - left)
        )
        if close and not indented and wrapped:
            text = _glued(text, following.text)
        elif close and not ended and max(line.right, following.right) < middle:
            text += "\n" + following.text
        else:
            text += "\n\n" + following.text
    return text


def _line(row: Row) -> Fragment:
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


def _is_full(line: Fragment, following: Fragment, right: float) -> bool:
    """Whether the first word of the following line would not have fitted on a line."""
    if display_width(line.text) < _MIN_WRAP:
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

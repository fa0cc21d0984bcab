"""From the lines of a page to its text: wrapped lines joined, paragraphs parted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from aligner.document import BlockKind
from aligner.reading.characters import clean
from aligner.reading.extract import TextBlock
from aligner.reading.glyphs import Glyph
from aligner.reading.order import read_columns
from aligner.reading.runs import Row, Run, is_full, read_rows
from aligner.scripts import ends_with_stop, starts_item
from aligner.spacing import is_wide, join_text

_CELLS = "    "  # between what stands apart on a line

# In sizes of the type.
_INDENT = 0.8  # begins a paragraph

_PARAGRAPH_GAP = 1.35  # of the usual distance of lines
_FILLED = 0.8  # of a column's width: a line that ends in mid-sentence


def page_blocks(glyphs: Iterable[Glyph], turned: str) -> list[TextBlock]:
    """The blocks of a page, with what stands out of line last: turned text, marks of notes.

    A blank line parts paragraphs, four spaces the cells on a line. A hyphen at the end of a
    wrapped line is followed by a soft hyphen, for later judgement.
    """
    rows, marks = read_rows(glyphs)
    return row_blocks(rows, "\n".join(filter(None, (turned, marks))))


def row_blocks(rows: Sequence[Row], aside: str = "") -> list[TextBlock]:
    """The blocks of a page's lines in an order that read_columns understands; `aside` is last."""
    text = clean("\n\n".join(_column_text(column) for column in read_columns(rows)))
    blocks = [
        TextBlock(text, BlockKind.LINES, is_open=True),
        TextBlock(clean(aside), BlockKind.MENU),
    ]
    return [block for block in blocks if block.text]


def _column_text(rows: Sequence[Row]) -> str:
    lines = [_line(row) for row in rows]
    # Cells, and the parts of a running head, reach farther than the lines of a column.
    plain = [line for line in lines if _CELLS not in line.text] or lines
    left, right = min(line.left for line in plain), max(line.right for line in plain)
    middle = left + 0.75 * (right - left)
    # Chinese marks hang over the edge that Latin lines keep to.
    edges = {
        wide: max((ln.right for ln in plain if is_wide(ln.text[-1]) is wide), default=right)
        for wide in (False, True)
    }
    steps = [a.baseline - b.baseline for a, b in pairwise(lines)]
    near = [step for step, line in zip(steps, lines, strict=False) if step < 3 * line.size]
    usual = median(near) if near else 0.0
    text = lines[0].text
    for line, following, step in zip(lines, lines[1:], steps, strict=False):
        same = 0.8 < line.size / following.size < 1.25
        same = same and not _changes_script(line.text, following.text)
        close = same and step < _PARAGRAPH_GAP * usual
        # The lines of an item hang under its first one's text.
        indented = following.left - line.left > _INDENT * following.size
        indented = indented and not starts_item(line.text)
        ended = ends_with_stop(line.text)
        next_item = starts_item(following.text) and not line.text[-1].isalnum()
        wrapped = is_full(line, following, edges[is_wide(line.text[-1])]) or (
            not ended and line.right - left > _FILLED * (right - left)
        )
        cells = (_CELLS in line.text, _CELLS in following.text)
        if close and not indented and wrapped and not (any(cells) or next_item):
            text = _glued(text, following.text)
        elif close and (
            all(cells) or (not (ended or any(cells)) and max(line.right, following.right) < middle)
        ):
            text += "\n" + following.text
        else:
            text += "\n\n" + following.text
    return text


def _line(row: Row) -> Run:
    text = _CELLS.join(run.text for run in row)
    return replace(row[0], text=text, right=max(run.right for run in row))


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

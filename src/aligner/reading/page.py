"""From the lines of a page to its blocks: wrapped lines joined, paragraphs and cells parted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.document import BlockKind, Cell
from aligner.reading.characters import clean
from aligner.reading.extract import TextBlock
from aligner.reading.glyphs import Glyph
from aligner.reading.order import Column, read_columns
from aligner.reading.rules import NO_RULES, Rules
from aligner.reading.runs import Row, Run, read_rows
from aligner.reading.wrapping import Border, Wrapping
from aligner.spacing import join_text

# In sizes of the type.
_SAME_LEFT = 0.3  # between the lines of one cell
_NEXT_LINE = 1.8  # between their baselines


class PlacedBlock(NamedTuple):
    """A block, and the baseline and the size of its first line, in points.

    What is out of line has none.
    """

    block: TextBlock
    baseline: float | None = None
    size: float | None = None


@dataclass(slots=True)
class _Stretch:
    """Lines that stand one below the other, of a cell or of running text."""

    lines: list[Run]
    column: Column
    in_table: bool
    cell: Cell | None = None


def page_blocks(
    glyphs: Iterable[Glyph], turned: str = "", rules: Rules = NO_RULES
) -> list[PlacedBlock]:
    """The blocks of a page, with what stands out of line last: turned text, marks, numbers.

    A hyphen at the end of a wrapped line is followed by a soft hyphen, for later judgement.
    """
    rows, marks, numbers = read_rows(glyphs, rules)
    return rows_blocks(rows, "\n".join(filter(None, (turned, marks, numbers))), rules)


def rows_blocks(rows: Sequence[Row], aside: str = "", rules: Rules = NO_RULES) -> list[PlacedBlock]:
    """The blocks of lines with their places, with some text that stands out of line last."""
    stretches = [stretch for column in read_columns(rows, rules) for stretch in _stretches(column)]
    wrapping = Wrapping([stretch.lines for stretch in stretches], rules)
    placed = [block for stretch in stretches for block in _blocks(stretch, wrapping)]
    if clean(aside).strip():
        placed.append(PlacedBlock(TextBlock(clean(aside), BlockKind.MENU)))
    return placed


def _stretches(column: Column) -> Iterator[_Stretch]:
    """A column's lines, those of each cell apart; the rows of a table are lines of several runs."""
    if column.box is not None:
        lines = [run for row in column.rows for run in row]
        yield _Stretch(lines, column, in_table=True, cell=column.cell)
        return
    cells: list[_Stretch] = []  # of the last line of several runs
    stretch: _Stretch | None = None
    for place, row in enumerate(column.rows):
        if len(row) > 1:
            if stretch is not None:
                yield stretch
                stretch = None
            yield from cells
            near = column.rows[max(0, place - 1) : place + 2]
            in_table = sum(len(other) > 1 for other in near) > 1
            cells = [_Stretch([run], column, in_table) for run in row]
            continue
        above = next((cell for cell in reversed(cells) if _is_under(cell, row[0])), None)
        if above is not None:
            above.lines.append(row[0])
            continue
        yield from cells
        cells = []
        if stretch is None:
            stretch = _Stretch([], column, in_table=False)
        stretch.lines.append(row[0])
    if stretch is not None:
        yield stretch
    yield from cells


def _is_under(cell: _Stretch, run: Run) -> bool:
    """Whether a line goes on in a cell: just below its last line, with the same left edge."""
    last = cell.lines[-1]
    same_left = abs(last.left - run.left) < _SAME_LEFT * run.size
    return same_left and 0 < last.baseline - run.baseline < _NEXT_LINE * run.size


def _blocks(stretch: _Stretch, wrapping: Wrapping) -> Iterator[PlacedBlock]:
    """A stretch's paragraphs; the first may go on from elsewhere."""
    is_open = True
    column = stretch.column
    bounded = column.box is not None
    for paragraph, border in wrapping.paragraphs(stretch.lines, column.right, bounded):
        text = paragraph[0].text
        for line in paragraph[1:]:
            text = _glued(text, line.text)
        kind = BlockKind.CELL if stretch.in_table else BlockKind.PARAGRAPH
        is_cut = border == Border.CUT
        block = TextBlock(clean(text), kind, stretch.cell, is_open=is_open, is_cut=is_cut)
        yield PlacedBlock(block, paragraph[0].baseline, paragraph[0].size)
        is_open = border in (Border.OPEN, Border.CUT)


def _glued(text: str, following: str) -> str:
    if text[-1] == "-" and text[-2:-1].isalpha() and following[0].islower():
        return text + "\u00ad" + following
    return join_text([text, following])

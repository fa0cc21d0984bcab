"""From the lines of a page to its blocks: wrapped lines joined, paragraphs and cells parted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aligner.document import BlockKind, Cell
from aligner.reading.characters import clean
from aligner.reading.extract import TextBlock
from aligner.reading.order import Column, read_columns
from aligner.reading.rules import NO_RULES, Rules
from aligner.reading.runs import LARGER, Row, Run, usual_size
from aligner.reading.wrapping import Border, Wrapping
from aligner.spacing import SOFT_HYPHEN, has_wide, join_text

_NEAR = 50  # stretches before one that are looked at
_IN_TEXT = (BlockKind.PARAGRAPH, BlockKind.CELL)
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡])[\s.)]*[^\W\d_]")
_NOTE = 0.93  # of a note's type, in sizes of the usual one

# Between the lines of one cell, in sizes of the type: their left edges, their baselines.
_SAME_LEFT, _NEXT_LINE = 0.3, 1.8


class SizedBlock(NamedTuple):
    """A block, its first line's size of type in points, and whether all is in type of programs.

    The size is 0 for what is out of line.
    """

    block: TextBlock
    size: float = 0.0
    fixed: bool = False


@dataclass(slots=True)
class _Stretch:
    """Lines that stand one below the other, of a cell or of running text."""

    lines: list[Run]
    column: Column
    in_table: bool
    cell: Cell | None = None


def page_blocks(
    rows: Sequence[Row],
    aside: str = "",
    rules: Rules = NO_RULES,
    running: Container[int] = (),
) -> list[SizedBlock]:
    """The blocks of a page's lines, with the text that stands out of line last.

    `running` are the places among the lines of heads and feet. A hyphen at the end of a wrapped
    line is followed by a soft hyphen, for later judgement.
    """
    main = [row for place, row in enumerate(rows) if place not in running]
    stretches = [stretch for column in read_columns(main, rules) for stretch in _stretches(column)]
    wrapping = Wrapping([stretch.lines for stretch in stretches], rules)
    blocks = [
        block
        for number, stretch in enumerate(stretches)
        for block in _blocks(
            stretch, wrapping, not _is_below(stretch, stretches[max(0, number - _NEAR) : number])
        )
    ]
    heads: list[SizedBlock] = []
    feet: list[SizedBlock] = []
    top = max((row[0].baseline for row in main), default=0.0)
    for place in (k for k in range(len(rows)) if k in running):
        text = clean("    ".join(run.text for run in rows[place]))
        side = heads if rows[place][0].baseline > top else feet
        side.append(SizedBlock(TextBlock(text, BlockKind.RUNNING)))
    out_of_line = clean(aside)
    rest = [SizedBlock(TextBlock(out_of_line, BlockKind.MENU))] if out_of_line.strip() else []
    return heads + blocks + feet + rest


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


def _is_below(stretch: _Stretch, others: Sequence[_Stretch]) -> bool:
    """Whether a stretch is a cell under another, with a neighbour's between, and so no rest."""
    first = stretch.lines[0]
    above = [
        abs(other.lines[0].left - first.left) < first.size
        and other.lines[-1].baseline > first.baseline
        for other in others
    ]
    return any(above) and not above[-1]


def _blocks(stretch: _Stretch, wrapping: Wrapping, is_open: bool) -> Iterator[SizedBlock]:
    """A stretch's paragraphs; the first may go on from elsewhere if it is open."""
    column = stretch.column
    for paragraph, border in wrapping.paragraphs(
        stretch.lines, column.right, stretch.in_table, bounded=column.box is not None
    ):
        text = paragraph[0].text
        for line in paragraph[1:]:
            text = _glued(text, line.text)
        kind = BlockKind.CELL if stretch.in_table else BlockKind.PARAGRAPH
        is_cut = border in (Border.CUT, Border.FLOATED)
        block = TextBlock(clean(text), kind, stretch.cell, is_open=is_open, is_cut=is_cut)
        fixed = all(line.fixed for line in paragraph)
        yield SizedBlock(block, paragraph[0].size, fixed)
        is_open = border in (Border.OPEN, Border.FLOATED)


def _glued(text: str, following: str) -> str:
    if text[-1] == "-" and text[-2:-1].isalpha() and following[0].isalpha():
        return text + SOFT_HYPHEN + following
    # Two languages in one cell: no word of a Chinese sentence stands alone on its last line.
    if not (has_wide(text) and has_wide(following)) and has_wide(text + following):
        return f"{text} {following}"
    return join_text([text, following])


def named_blocks(pages: Sequence[Sequence[SizedBlock]]) -> Iterator[list[TextBlock]]:
    """The pages' blocks; paragraphs in larger type than most are headings, some smaller notes."""
    usual = usual_size((size, len(block.text)) for page in pages for block, size, _ in page)
    fixed: Counter[bool] = Counter()  # whole documents are typed in such fonts
    for page in pages:
        for block, _, is_fixed in page:
            fixed[is_fixed] += len(block.text)
    has_code = fixed[False] > fixed[True]
    for page in pages:
        yield [
            block._replace(kind=BlockKind.CODE)
            if is_fixed and has_code and block.kind in _IN_TEXT
            else _named(block, size / usual if usual else 1.0)
            for block, size, is_fixed in page
        ]


def _named(block: TextBlock, size: float) -> TextBlock:
    """A block with its kind as its type shows it, in sizes of the usual one."""
    if block.kind == BlockKind.PARAGRAPH and size > LARGER:
        return block._replace(kind=BlockKind.HEADING)
    if block.kind == BlockKind.PARAGRAPH and 0 < size < _NOTE and _NOTE_MARK.match(block.text):
        return block._replace(kind=BlockKind.NOTE)
    return block

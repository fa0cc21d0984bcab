"""From a text to what a page shows, in one of the arrangements of two languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from factory.text import LANGUAGES, Block, Pair, Text

REFERENCE = re.compile(r"\{(\d+)\}")
_SHORT = ("title", "heading", "caption")  # what one line may hold in both languages
_FACING = 420  # Chinese characters on a page that faces its translation


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph to be set: its kind, its text with `{1}` for a note's reference, its language.

    The language is "" where a line holds both.
    """

    kind: str
    text: str
    language: str
    mark: str = ""

    @property
    def marked(self) -> str:
        """The text after its mark."""
        space = " " if self.mark and self.mark[-1] not in "：，、）" else ""
        return self.mark + space + self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells of lines. `ruled` says whether it is a table of the text's own."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Break:
    """The beginning of a new page."""


Flow = list[Line | Grid | Break]


def _text(pairs: Sequence[Pair], side: int) -> str:
    return ("", " ")[side].join(pair.sides[side] for pair in pairs if pair.sides[side])


def _line(block: Block, side: int) -> list[Line]:
    text = _text(block.pairs, side)
    return [Line(block.kind, text, LANGUAGES[side], block.mark[side])] if text else []


def _cell(pair: Pair, sides: Sequence[int]) -> tuple[Line, ...]:
    if pair.is_neutral:
        return (Line("cell", pair.zh, ""),)
    return tuple(Line("cell", pair.sides[side], LANGUAGES[side]) for side in sides)


def _grid(block: Block, sides: Sequence[int]) -> Grid:
    return Grid(tuple(tuple(_cell(pair, sides) for pair in row) for row in block.rows))


def _in_turn(blocks: Sequence[Block], sides: Sequence[int]) -> Flow:
    """The blocks one after the other, each in these languages."""
    flow: Flow = []
    for block in blocks:
        flow += [_grid(block, sides)] if block.rows else [x for s in sides for x in _line(block, s)]
    return flow


def _one_after_another(blocks: Sequence[Block], order: Sequence[int]) -> Flow:
    first, second = (_in_turn(blocks, (side,)) for side in order)
    return [*first, Break(), *second]


def _by_line(blocks: Sequence[Block]) -> Flow:
    """Each pair on lines of its own, the mark before the first."""
    flow: Flow = []
    for block in blocks:
        if block.rows:
            flow.append(_grid(block, (0, 1)))
        for number, pair in enumerate(block.pairs):
            part = replace(block, pairs=(pair,), mark=block.mark if not number else ("", ""))
            flow += _line(part, 0) + _line(part, 1)
    return flow


def _headings_on_one_line(blocks: Sequence[Block]) -> Flow:
    """By paragraph, but headings and cells with Chinese and English on one line."""
    flow: Flow = []
    for item in _in_turn(blocks, (0, 1)):
        last = flow[-1] if flow else None
        if isinstance(item, Grid):
            rows = tuple(tuple(_merged(cell) for cell in row) for row in item.rows)
            flow.append(Grid(rows))
        elif (
            isinstance(item, Line)
            and isinstance(last, Line)
            and item.kind == last.kind
            and item.kind in _SHORT
            and (last.language, item.language) == LANGUAGES
        ):
            flow[-1] = Line(item.kind, f"{last.marked} {item.marked}", "")
        else:
            flow.append(item)
    return flow


def _merged(cell: tuple[Line, ...]) -> tuple[Line, ...]:
    return cell if len(cell) < 2 else (Line("cell", " ".join(line.text for line in cell), ""),)


def _table(blocks: Sequence[Block]) -> Flow:
    """Chinese on the left, English on the right, a row a block; a cell of a table has its own."""
    rows: list[tuple[tuple[Line, ...], ...]] = []
    for block in blocks:
        if block.rows:
            rows += [tuple(_cell(p, (s,)) for s in (0, 1)) for row in block.rows for p in row]
        else:
            rows.append((tuple(_line(block, 0)), tuple(_line(block, 1))))
    return [Grid(tuple(rows), ruled=False)]


def _facing(blocks: Sequence[Block]) -> Flow:
    """A page of Chinese, then its translation on the next."""
    flow: Flow = []
    group: list[Block] = []
    for number, block in enumerate(blocks, start=1):
        group.append(block)
        size = sum(len(pair.zh) for held in group for pair in held)
        if size > _FACING or number == len(blocks):
            flow += [*_in_turn(group, (0,)), Break(), *_in_turn(group, (1,)), Break()]
            group = []
    return flow[:-1]


ARRANGEMENTS: dict[str, Callable[[Sequence[Block]], Flow]] = {
    "chinese first": lambda blocks: _one_after_another(blocks, (0, 1)),
    "english first": lambda blocks: _one_after_another(blocks, (1, 0)),
    "by paragraph": lambda blocks: _in_turn(blocks, (0, 1)),
    "by line": _by_line,
    "headings on one line": _headings_on_one_line,
    "two-column table": _table,
    "facing pages": _facing,
}


def arrange(text: Text, arrangement: str) -> Flow:
    """What the pages show, in order; a letterhead always stands first and across."""
    two_sided = (bool(block.rows) or all(block.pairs[0].sides) for block in text.blocks)
    head = next(number for number, both in enumerate(two_sided) if both)
    return _in_turn(text.blocks[:head], (0, 1)) + ARRANGEMENTS[arrangement](text.blocks[head:])


def lines(flow: Flow) -> Iterator[Line]:
    """Every line, those of cells too."""
    for item in flow:
        if isinstance(item, Line):
            yield item
        elif isinstance(item, Grid):
            yield from (line for row in item.rows for cell in row for line in cell)


def notes(flow: Flow) -> dict[tuple[str, str], Line]:
    """The notes by language and number."""
    return {(line.language, line.mark): line for line in lines(flow) if line.kind == "note"}


def without_notes(flow: Flow) -> Flow:
    """The flow without the notes, for a program that sets them itself."""
    kept: Flow = []
    for item in flow:
        if isinstance(item, Grid):
            rows = [[tuple(x for x in c if x.kind != "note") for c in row] for row in item.rows]
            kept.append(replace(item, rows=tuple(tuple(row) for row in rows if any(row))))
        elif not isinstance(item, Line) or item.kind != "note":
            kept.append(item)
    return kept


def notes_last(flow: Flow) -> Flow:
    """The notes after the rest, for a program that has no notes."""
    return [*without_notes(flow), *notes(flow).values()]

"""The rows and columns of tables, while a walk goes over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aligner.document import Cell

_MOST = 1000  # columns or rows of one cell


@dataclass(slots=True)
class _Table:
    element: Any
    number: int
    row: int = 0
    column: int = 0
    end: int = 1  # the column after the cell
    # By column, the last row of a cell that began above.
    reserved: dict[int, int] = field(default_factory=dict)


class Tables:
    """Where in the tables of a document a walk stands."""

    def __init__(self) -> None:
        self._open: list[_Table] = []
        self._count = 0

    @property
    def cell(self) -> Cell | None:
        """The innermost cell that the walk is in."""
        table = self._open[-1] if self._open else None
        return Cell(table.number, table.row, table.column) if table and table.column else None

    def enter(self, element: Any) -> None:
        """Go into a table."""
        self._count += 1
        self._open.append(_Table(element, self._count))

    def next_row(self) -> None:
        """Go to the innermost table's next row."""
        if self._open:
            table = self._open[-1]
            table.row, table.column, table.end = table.row + 1, 0, 1

    def skip(self, columns: int) -> None:
        """Pass over columns that have no cell in this row."""
        if self._open:
            self._open[-1].end += min(columns, _MOST)

    def next_cell(self, columns: int = 1, rows: int = 1) -> None:
        """Go to the row's next cell, which takes so many columns and rows."""
        if not self._open:
            return
        table = self._open[-1]
        table.row = max(table.row, 1)  # a cell without a row, which the parser lets through
        while table.reserved.get(table.end, 0) >= table.row:
            table.end += 1
        table.column = table.end
        table.end += max(1, min(columns, _MOST))
        if rows > 1:
            last = table.row + min(rows, _MOST) - 1
            table.reserved |= dict.fromkeys(range(table.column, table.end), last)

    def leave(self, element: Any) -> None:
        """Go out of an element, a table or not."""
        if self._open and self._open[-1].element is element:
            self._open.pop()

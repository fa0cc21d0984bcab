"""The rows and columns of HTML tables, while a walk goes over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aligner.document import Cell

_FIGURES = 3  # of the rows or columns of one cell: HTML has 1,000 at most


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
    """Where in the tables of a page a walk stands."""

    def __init__(self) -> None:
        self._open: list[_Table] = []
        self._count = 0

    @property
    def cell(self) -> Cell | None:
        """The innermost cell that the walk is in."""
        table = self._open[-1] if self._open else None
        return Cell(table.number, table.row, table.column) if table and table.column else None

    def enter(self, element: Any, tag: str) -> None:
        """Go into an element."""
        if tag == "table":
            self._count += 1
            self._open.append(_Table(element, self._count))
        elif self._open and tag == "tr":
            table = self._open[-1]
            table.row, table.column, table.end = table.row + 1, 0, 1
        elif self._open and tag in ("td", "th"):
            table = self._open[-1]
            table.row = max(table.row, 1)  # a cell without a row, which the parser lets through
            while table.reserved.get(table.end, 0) >= table.row:
                table.end += 1
            table.column = table.end
            table.end += _spanned(element, "colspan")
            rows = _spanned(element, "rowspan")
            if rows > 1:
                last = table.row + rows - 1
                table.reserved |= dict.fromkeys(range(table.column, table.end), last)

    def leave(self, element: Any) -> None:
        """Go out of an element."""
        if self._open and self._open[-1].element is element:
            self._open.pop()


def _spanned(element: Any, name: str) -> int:
    value = element.get(name) or ""
    sound = value.isascii() and value.isdecimal() and len(value) <= _FIGURES
    return int(value) or 1 if sound else 1

"""CSV and TSV files as documents: the cells of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from aligner.bounds import MAX_COLUMNS, MAX_ROWS
from aligner.document import BlockKind, Cell
from aligner.errors import ReadError
from aligner.reading.characters import clean
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.text import decode

_DELIMITERS = ("\t", ",", ";", "|")
_LOOKED_AT = 50  # rows


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The cells of a file row by row, whatever mark parts them; raises ReadError."""
    text = clean(decode(data, name))
    try:
        rows = _rows(text, _delimiter(text))
    except csv.Error as exc:
        raise ReadError(f"{name}: not a table that can be read ({exc}); save it anew") from exc
    return Extract(cell_blocks(rows, name))


def cell_blocks(rows: Sequence[Sequence[str]], name: str, table: int = 1) -> tuple[TextBlock, ...]:
    """The cells with text of a table; raises ReadError for one with too many rows or columns."""
    if len(rows) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in rows):
        raise ReadError(
            f"{name}: over {MAX_ROWS:,} rows or {MAX_COLUMNS:,} columns; split it first"
        )
    return tuple(
        TextBlock(cell.strip(), BlockKind.CELL, Cell(table, row, column))
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if cell.strip()
    )


def _rows(text: str, delimiter: str, most: int = MAX_ROWS + 1) -> list[list[str]]:
    csv.field_size_limit(len(text) + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for _, row in zip(range(most), reader, strict=False)]


def _delimiter(text: str) -> str:
    """The mark that parts most rows into the same number of cells."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in _rows(text, delimiter, _LOOKED_AT) if row]
        common = max(set(widths), key=widths.count, default=0)
        if common > 1 and widths.count(common) > most:
            best, most = delimiter, widths.count(common)
    return best

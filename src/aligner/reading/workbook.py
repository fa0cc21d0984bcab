"""Workbooks in XLSX: the rows of their sheets within bounds, and as a document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import import_module
from typing import IO, Any

from aligner.bounds import MAX_COLUMNS, MAX_ROWS, check_unpacked, damage
from aligner.errors import FormatError, ReadError, needs_extra
from aligner.kinds import Kind, names_languages, no_document
from aligner.reading.delimited import cell_blocks
from aligner.reading.extract import Extract, TextBlock


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The cells with text of all sheets, row by row.

    Raises ReadError for a workbook that is a memory, is damaged, or unpacks to more than text
    does.
    """
    blocks: list[TextBlock] = []
    with damage(name, "an XLSX workbook", "save it as .xlsx again", ReadError):
        try:
            found = sheets(io.BytesIO(data), len(data), name, computed=True)
            for number, sheet in enumerate(found, start=1):
                rows = [[_text(cell) for cell in row] for row in sheet]
                if number == 1 and rows and names_languages(rows[0]):
                    raise ReadError(no_document(Kind.SHEET, name))
                blocks += cell_blocks(rows, name, number)
        except FormatError as exc:
            raise ReadError(str(exc)) from exc
    return Extract(tuple(blocks))


def sheets(
    file: str | IO[bytes], size: int, name: str, *, computed: bool = False
) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The rows of each sheet of a workbook of so many bytes, as openpyxl gives their values.

    A formula gives what it was when the workbook was saved if `computed` is set.
    Raises FormatError for one that passes the bounds, or where openpyxl isn't installed.
    """
    with zipfile.ZipFile(file) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    check_unpacked(name, size, unpacked)
    book = openpyxl().load_workbook(file, read_only=True, data_only=computed, keep_links=False)
    for sheet in book.worksheets:
        yield _rows(sheet, name)


def _rows(sheet: Any, name: str) -> Iterator[tuple[Any, ...]]:
    # What a sheet says of its size is not taken on trust.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True, max_row=MAX_ROWS)
    for number, row in enumerate(rows, start=1):
        if len(row) > MAX_COLUMNS:
            raise FormatError(f"{name}: row {number}: over {MAX_COLUMNS:,} columns; remove some")
        yield row


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).removesuffix(" 00:00:00") if isinstance(value, datetime) else str(value)


def openpyxl() -> Any:
    """The package; raises FormatError where it is not installed."""
    try:
        return import_module("openpyxl")
    except ModuleNotFoundError as exc:
        raise FormatError(needs_extra("XLSX needs the package openpyxl", "xlsx")) from exc

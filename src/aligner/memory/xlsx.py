"""Sheets for reviewers, written and read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from aligner.apart import file_size, results_apart
from aligner.bounds import MAX_ROWS, damage
from aligner.confidence import BAD, DOUBTFUL, format_confidence, parse_confidence
from aligner.errors import FormatError, unreadable
from aligner.memory.output import writing
from aligner.memory.properties import CHECKED, CONFIDENCE, YES, is_checked, shown_confidence
from aligner.memory.tables import make_unit
from aligner.memory.units import clean_text
from aligner.memory.xlsx_package import without_times
from aligner.reading.workbook import openpyxl, sheets
from aligner.types import TranslationUnit

_CHECK, _COMMENT, _CREATED = "check", "comment", "created"
_OK, _WRONG = "ok", "wrong"
_LARGEST_CELL = 32_767


def write_xlsx(units: Iterable[TranslationUnit], place: str | Path) -> None:
    """Write a sheet with a row for each unit, wrapped, filtered and coloured by confidence.

    The columns of texts are named by the first unit's languages. Column `check` takes `ok` or
    `wrong`, `comment` becomes the unit's note. Raises OutputError, and FormatError for no unit
    and for what a sheet can't hold.
    """
    rows = list(units)
    if not rows:
        raise FormatError("no translation units to write")
    known = dict.fromkeys(name for unit in rows for name, _ in unit.properties)
    extra = [name for name in known if name not in (CONFIDENCE, CHECKED)]
    languages = [rows[0].source_lang, rows[0].target_lang]
    names = [*languages, CONFIDENCE, _CHECK, _COMMENT, *extra, _CREATED]
    # All of it before a workbook is begun, which could not be left unfinished.
    contents: list[list[str | float]] = [
        [*names],
        *(_content(unit, extra) for unit in rows),
    ]
    _check(contents)
    book = openpyxl().Workbook(write_only=True)
    book.properties.creator = "aligner"
    _fill(book.create_sheet("pairs"), contents)
    # Whole before it is written, for a pipe that is closed would leave the workbook open.
    content = BytesIO()
    book.save(content)
    with writing(place) as file:
        file.write(without_times(content))


def _content(unit: TranslationUnit, extra: Sequence[str]) -> list[str | float]:
    given = dict(reversed(unit.properties))
    return [
        clean_text(unit.source),
        clean_text(unit.target),
        float(shown) if (shown := shown_confidence(unit)) else "",
        _OK if is_checked(given) else "",
        clean_text(unit.note),
        *(clean_text(given.get(name, "")) for name in extra),
        unit.created,
    ]


def _check(contents: Sequence[Sequence[str | float]]) -> None:
    """Raise FormatError for what no sheet can hold."""
    if len(contents) > MAX_ROWS:
        raise FormatError(
            f"{len(contents) - 1} units are more than a sheet holds; write .tsv or .tmx"
        )
    longest = max(len(value) for row in contents for value in row if isinstance(value, str))
    if longest > _LARGEST_CELL:
        raise FormatError(
            f"a text of {longest} characters is more than a cell holds ({_LARGEST_CELL}); "
            "write .tsv or .tmx"
        )


def _fill(sheet: Any, contents: Sequence[Sequence[str | float]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, name in enumerate(contents[0]):
        width = 60 if number < 2 else 30 if name == _COMMENT else 14
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(contents[0]))}{len(contents)}"
    _add_rules(sheet, len(contents))
    wrapped = Alignment(wrap_text=True, vertical="top")
    plain, bold = Font(), Font(bold=True)
    for number, row in enumerate(contents):
        cells = [WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            # A text that begins with = is no formula.
            cell.data_type = "s" if isinstance(cell.value, str) else "n"
            cell.number_format = "General" if isinstance(cell.value, str) else "0.00"
            cell.alignment = wrapped
            cell.font = plain if number else bold
        sheet.append(cells)


def _add_rules(sheet: Any, last: int) -> None:
    """Colours for doubtful, bad and checked rows, and the choice in `check`."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    for formula, colour in (
        (f'$D2="{_WRONG}"', "D9D9D9"),
        (f'$D2="{_OK}"', "E2F0D9"),
        (f"AND(ISNUMBER($C2),$C2<{BAD})", "F8CBAD"),
        (f"AND(ISNUMBER($C2),$C2<{DOUBTFUL})", "FFF2CC"),
    ):
        rule = FormulaRule([formula], fill=PatternFill("solid", bgColor=colour), stopIfTrue=True)
        sheet.conditional_formatting.add(f"A2:E{last}", rule)
    choice = DataValidation("list", formula1=f'"{_OK},{_WRONG}"', allow_blank=True)
    choice.add(f"D2:D{last}")
    sheet.data_validations.append(choice)


def read_xlsx(path: str | Path) -> Iterator[TranslationUnit]:
    """Read a sheet again after a reviewer worked in it.

    The first two columns are source and target, named by their languages; the others may
    stand in any order or be missing. Rows marked `wrong` and rows with an empty side are
    passed over; `ok` marks a unit as checked. Raises ReadError and FormatError, with the row.
    """
    rows = results_apart(
        "aligner.memory.xlsx:sheet_rows",
        [str(path)],
        name=path,
        error=FormatError,
        size=file_size(path),
    )
    _, names = next(rows, (1, []))
    if len(names) < 2 or not all(names[:2]):
        raise FormatError(f"{path}: row 1: should name two languages and the other columns")
    for number, cells in rows:
        given = dict(zip(names[2:], cells[2:], strict=False))
        if given.get(CONFIDENCE):
            given[CONFIDENCE] = format_confidence(parse_confidence(given[CONFIDENCE]))
        check = given.pop(_CHECK, "").lower()
        if check not in ("", _OK, _WRONG):
            raise FormatError(
                f"{path}: row {number}: {_CHECK} is {check[:20]}, not {_OK} or {_WRONG}"
            )
        note, created = given.pop(_COMMENT, ""), given.pop(_CREATED, "")
        if len(cells) < 2 or not all(cells[:2]) or check == _WRONG:
            continue
        if check == _OK:
            given[CHECKED] = YES
        yield make_unit(cells[:2], names[:2], given.items(), note, created)


def sheet_rows(path: str) -> Iterator[tuple[int, list[str]]]:
    """The child's part: the rows of a workbook's first sheet, with their numbers.

    The first one comes even if it is empty.
    """
    with damage(path, "an XLSX workbook", "save it as .xlsx again", FormatError):
        try:
            yield from _sheet_rows(path)
        except OSError as exc:
            raise unreadable(path, exc) from exc


def _sheet_rows(path: str) -> Iterator[tuple[int, list[str]]]:
    sheet = next(sheets(path, file_size(path), path))
    for number, row in enumerate(sheet, start=1):
        if number == 1 or any(row):
            yield number, [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.3f}" if isinstance(cell, float) else clean_text(str(cell))

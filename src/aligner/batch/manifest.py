"""Manifests: tables of documents and of pairs of documents, a row each."""

from __future__ import annotations

import csv
import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from aligner.batch.storage import inside, is_uri, local_copy
from aligner.batch.tasks import Task
from aligner.errors import FormatError, InputError, needs_extra, unreadable
from aligner.json_text import parse_json

COLUMNS = ("id", "document", "source", "target")
_MOST = 1 << 30  # bytes
_MAX_NAME = 200  # bytes of a part of a name: files' names end at 255
_Row = Mapping[str, Any]


def is_manifest(place: str) -> bool:
    """Whether a name is that of a manifest."""
    name = place.partition("?")[0] if is_uri(place) else place
    return PurePosixPath(name).suffix.lower() in _READERS


def read_manifest(place: str) -> list[Task]:
    """The tasks of a CSV, TSV, JSON Lines or Parquet file, or a URI of one.

    Each row has a `document`, or a `source` and a `target`, paths from the manifest's folder
    on, absolute ones or URIs; its `id` is that of the document or source unless given. Raises
    ReadError, and FormatError with the line for other columns, a row that is not complete, an
    id that comes twice or is not a file name, and a relative path that leads out of the folder.
    """
    tasks: dict[str, Task] = {}
    lines: dict[str, int] = {}
    base, mark, query = place.partition("?") if is_uri(place) else (place, "", "")
    folder = base.rpartition("/")[0] + mark + query
    with local_copy(place, _MOST) as path:
        for line, row in _READERS.get(path.suffix.lower(), _READERS[".csv"])(path):
            origin = f"{place}: line {line}"
            try:
                task = _task(row, folder, origin)
                if task.id in tasks:
                    raise ValueError(
                        f"the id {task.id} stands in line {lines[task.id]} already; "
                        "ids must be unique"
                    )
            except ValueError as exc:
                raise FormatError(f"{origin}: {exc}") from exc
            tasks[task.id] = task
            lines[task.id] = line
    if not tasks:
        raise FormatError(f"{place}: lists no documents")
    return list(tasks.values())


def _task(row: _Row, folder: str, origin: str) -> Task:
    for name, value in row.items():
        _check_column(name, origin)
        if value is not None and not isinstance(value, (str, int)):
            raise ValueError(f"{name} is not text")
    values = {name: str(value).strip() for name, value in row.items() if value is not None}
    document, source, target = (values.get(name, "") for name in COLUMNS[1:])
    named: tuple[str, ...]
    if document and not source and not target:
        named = (document,)
    elif source and target and not document:
        named = (source, target)
    else:
        raise ValueError("give a document, or a source and a target")
    inputs = tuple(_resolved(path, folder) for path in named)
    return Task(_checked_id(values.get("id") or _id_of(named[0])), inputs, origin)


def _check_column(name: str, origin: str) -> None:
    if name not in COLUMNS:
        known = ", ".join(COLUMNS)
        raise FormatError(f"{origin}: no column {name!r} is known; the columns are {known}")


def _resolved(path: str, folder: str) -> str:
    if "\0" in path:
        raise ValueError(f"{path!r} is not a path")
    if is_uri(path) or path.startswith("/") or Path(path).is_absolute():
        return path
    normal = posixpath.normpath(path)
    if normal.split("/")[0] == "..":
        raise ValueError(f"{path} leads out of the manifest's folder; give an absolute path")
    return inside(folder, normal)


def _id_of(path: str) -> str:
    """An id for what has none: its path, or just its name where the path is not relative."""
    return (
        path.rpartition("/")[2]
        if is_uri(path) or path.startswith("/")
        else posixpath.normpath(path)
    )


def _checked_id(text: str) -> str:
    parts = text.split("/")
    if (
        any(part in ("", ".", "..") or len(part.encode()) > _MAX_NAME for part in parts)
        or not text.isprintable()
        or "\\" in text
    ):
        raise ValueError(f"the id {text!r} can't be the name of a file; give another")
    return text


def _csv_rows(path: Path, delimiter: str) -> Iterator[tuple[int, _Row]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter, strict=True, restkey="more")
            names = reader.fieldnames or []
            if len(set(names)) < len(names):
                raise FormatError(f"{path}: line 1: a column is repeated")
            for name in names:
                _check_column(name, f"{path}: line 1")
            for row in reader:
                line = reader.line_num
                if "more" in row:
                    raise FormatError(f"{path}: line {line}: more cells than columns")
                yield line, row
    except csv.Error as exc:
        raise FormatError(f"{path}: line {reader.reader.line_num}: invalid CSV ({exc})") from exc
    except UnicodeDecodeError as exc:
        raise FormatError(f"{path}: not UTF-8; save it as UTF-8") from exc
    except OSError as exc:
        raise unreadable(path, exc) from exc


def _json_rows(path: Path) -> Iterator[tuple[int, _Row]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    row = parse_json(line)
                except ValueError as exc:
                    raise FormatError(f"{path}: line {number}: invalid JSON ({exc})") from exc
                if not isinstance(row, dict):
                    raise FormatError(f"{path}: line {number}: not an object of columns and values")
                yield number, row
    except OSError as exc:
        raise unreadable(path, exc) from exc


def _parquet_rows(path: Path) -> Iterator[tuple[int, _Row]]:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as exc:
        raise InputError(needs_extra(f"{path}: needs pyarrow", "batch")) from exc
    try:
        with path.open("rb") as data, ParquetFile(data) as file:
            rows = (row for batch in file.iter_batches() for row in batch.to_pylist())
            yield from enumerate(rows, start=1)
    except (ArrowException, ValueError) as exc:
        message = " ".join(str(exc).split())
        raise FormatError(f"{path}: not a Parquet file that can be read ({message})") from exc
    except OSError as exc:
        raise unreadable(path, exc) from exc


# By ending; each gives line numbers and rows, for Parquet the numbers of the rows.
_READERS: Mapping[str, Callable[[Path], Iterator[tuple[int, _Row]]]] = {
    ".csv": partial(_csv_rows, delimiter=","),
    ".tsv": partial(_csv_rows, delimiter="\t"),
    ".jsonl": _json_rows,
    ".parquet": _parquet_rows,
}

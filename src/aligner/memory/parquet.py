"""Apache Parquet: a memory as a table for data tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from aligner.apart import file_size, results_apart
from aligner.errors import FormatError, InputError, needs_extra, unreadable
from aligner.memory.output import writing
from aligner.memory.properties import DOCUMENT, confidence
from aligner.types import TranslationUnit

_ROWS = 10_000  # that are held at a time
_TEXTS = ("id", "source", "target", "source_lang", "target_lang", "created", "changed", "note")


def write_parquet(units: Iterable[TranslationUnit], place: str | Path) -> None:
    """Write a row for each unit: its texts, languages, confidence, document and properties.

    Raises OutputError, and InputError if pyarrow is missing.
    """
    pa, parquet = _pyarrow()
    schema = pa.schema(
        [
            *((name, pa.string()) for name in _TEXTS),
            ("confidence", pa.float32()),
            ("document", pa.string()),
            ("properties", pa.map_(pa.string(), pa.string())),
        ]
    )
    remaining = iter(units)
    with (
        writing(place) as file,
        parquet.ParquetWriter(file, schema, compression="zstd") as writer,
    ):
        while rows := [_row(unit) for unit in islice(remaining, _ROWS)]:
            writer.write_table(pa.Table.from_pylist(rows, schema))


def read_parquet(path: str | Path) -> Iterator[TranslationUnit]:
    """Read such a table; raises ReadError, FormatError, and InputError without pyarrow."""
    rows = results_apart(
        "aligner.memory.parquet:table_rows",
        [str(path)],
        name=path,
        error=FormatError,
        size=file_size(path),
    )
    for texts, properties in rows:
        facts = dict(zip(_TEXTS, texts, strict=True))
        pairs = tuple((name, value) for name, value in properties)
        yield TranslationUnit(**facts, properties=pairs)


def table_rows(path: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The child's part: of each row its texts, and its properties; raises FormatError."""
    pa, parquet = _pyarrow()
    try:
        # By its name Arrow opens none that is not UTF-8.
        with Path(path).open("rb") as data, parquet.ParquetFile(data) as file:
            columns = [*_TEXTS, "properties"]
            for batch in file.iter_batches(_ROWS, columns=columns, use_threads=False):
                for row in batch.to_pylist():
                    texts = [_checked(row[name]) for name in _TEXTS]
                    yield texts, [list(map(_checked, p)) for p in row["properties"] or ()]
    except (pa.ArrowException, KeyError, TypeError, ValueError) as exc:
        if isinstance(exc, MemoryError):
            raise
        raise FormatError(
            f"{path}: not a memory in Parquet ({' '.join(str(exc).split())})"
        ) from exc
    except OSError as exc:
        raise unreadable(path, exc) from exc


def _checked(value: object) -> str:
    if not isinstance(value, str | None):
        raise TypeError(f"{value!r:.40} is not text")
    return value or ""


def _row(unit: TranslationUnit) -> dict[str, Any]:
    return {
        **{name: getattr(unit, name) for name in _TEXTS},
        "confidence": confidence(unit),
        "document": unit.property(DOCUMENT),
        "properties": list(unit.properties),
    }


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as exc:
        raise InputError(needs_extra("Parquet needs pyarrow", "batch")) from exc
    return pa, parquet

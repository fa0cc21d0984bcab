"""Apache Parquet: a memory as a table for data tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from aligner.errors import FormatError, InputError, needs_extra, unreadable
from aligner.memory.output import writing
from aligner.memory.units import confidence
from aligner.types import TranslationUnit

_ROWS = 10_000  # that are held at a time
_TEXTS = ("id", "source", "target", "source_lang", "target_lang", "created", "changed", "note")
_DOCUMENT = "x-document"


def write_parquet(units: Iterable[TranslationUnit], place: str | Path) -> None:
    """Write a row for each unit: its texts, languages, confidence, document and properties.

    Raises OutputError, and InputError where pyarrow is missing.
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
    pa, parquet = _pyarrow()
    try:
        # By its name Arrow opens none that is not UTF-8.
        with Path(path).open("rb") as data, parquet.ParquetFile(data) as file:
            for batch in file.iter_batches(_ROWS, columns=[*_TEXTS, "properties"]):
                for row in batch.to_pylist():
                    properties = tuple(row.pop("properties") or ())
                    yield TranslationUnit(**row, properties=properties)
    except (pa.ArrowException, KeyError, TypeError) as exc:
        raise FormatError(f"{path}: no memory in Parquet ({' '.join(str(exc).split())})") from exc
    except OSError as exc:
        raise unreadable(path, exc) from exc


def _row(unit: TranslationUnit) -> dict[str, Any]:
    return {
        **{name: getattr(unit, name) for name in _TEXTS},
        "confidence": confidence(unit),
        "document": unit.property(_DOCUMENT),
        "properties": list(unit.properties),
    }


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as exc:
        raise InputError(needs_extra("Parquet needs pyarrow", "batch")) from exc
    return pa, parquet

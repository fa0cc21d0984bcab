"""Damaged memories: whatever they hold, one line tells of it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aligner.errors import AlignerError, FormatError, ReadError
from aligner.memory.store import (
    Scope,
    concordance,
    import_units,
    is_memory,
    open_memory,
    remove_document,
    replacements,
    similar,
    stored_changes,
    stored_documents,
    stored_units,
    vectors,
)
from aligner.types import TranslationUnit
from aligner.vectors import Vectors

pytestmark = pytest.mark.slow

UNITS = [
    TranslationUnit(f"第{k}句。", f"Sentence {k}.", "zh", "en", properties=(("x-document", "a"),))
    for k in range(60)
]
LATER = [*UNITS[:30], replace(UNITS[0], source="新句。", target="A new one.")]


def encode(texts: list[str]) -> Vectors:
    return np.full((len(texts), 4), 0.5, np.float32)


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("whole") / "m.db"
    with open_memory(place, create=True) as db:
        for units in (UNITS, LATER):
            import_units(db, [("x.tmx", units)], lambda *_: (), "x")
        list(vectors.add_vectors(db, "m", encode, Scope()))  # type: ignore[arg-type]
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return place


def used_in_every_way(place: Path) -> None:
    scope = Scope(history=True, language="zh")
    ways: tuple[Callable[[sqlite3.Connection], object], ...] = (
        stored_documents,
        stored_changes,
        lambda db: list(stored_units(db)),
        lambda db: list(replacements(db, "a")),
        lambda db: concordance(db, "sentence", Scope(document="a")),
        lambda db: concordance(db, "句", scope, 1_000_000),
        lambda db: similar(db, "第3句。", scope),
        lambda db: vectors.nearest(db, encode(["x"]), "m", scope),
        lambda db: list(vectors.add_vectors(db, "n", encode, Scope())),  # type: ignore[arg-type]
        lambda db: import_units(db, [("x", UNITS[:5])], lambda *_: (), "y"),
        lambda db: remove_document(db, "a"),
    )
    for way in ways:
        with suppress(AlignerError), open_memory(place) as db:
            way(db)


def test_a_whole_memory_is_used_in_every_way(memory: Path, tmp_path: Path) -> None:
    place = tmp_path / "m.db"
    shutil.copy(memory, place)
    with open_memory(place) as db:
        assert len(list(stored_units(db))) == 31
    used_in_every_way(place)
    with open_memory(place) as db:
        assert not list(stored_units(db))


@pytest.mark.parametrize("seed", range(30))
def test_mutated_files(memory: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    data = bytearray(memory.read_bytes())
    for _ in range(chance.choice([1, 5, 50, 500])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if seed % 4 == 0:
        del data[chance.randrange(len(data)) :]
    place = tmp_path / "m.db"
    place.write_bytes(data)
    used_in_every_way(place)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE {table}",
        "ALTER TABLE units RENAME COLUMN source TO text",
        "CREATE TRIGGER t AFTER INSERT ON units BEGIN DELETE FROM occurrences; END",
        "CREATE VIEW v AS SELECT 1",
        "DROP INDEX present",
    ],
)
@pytest.mark.parametrize("table", ["units", "occurrences", "terms", "vectors", "documents"])
def test_other_tables(memory: Path, tmp_path: Path, statement: str, table: str) -> None:
    place = tmp_path / "m.db"
    shutil.copy(memory, place)
    with closing(sqlite3.connect(place)) as db:
        db.execute(statement.format(table=table))
        db.commit()
    with pytest.raises(FormatError, match=r"m\.db: damaged; restore a copy"), open_memory(place):
        pass


HOSTILE = ["x'ff'", "cast(x'd6d0' AS TEXT)", "7", "'[]'", "'{\"note\": 1}'", "'{\"what\": 1}'",
           "'{\"properties\": [1]}'", "'{\"others\": [[1, 2]]}'", f"'{'[' * 100_000}'"]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:30])
@pytest.mark.parametrize(
    "column",
    ["units.source", "units.target", "units.source_key", "occurrences.details",
     "occurrences.confidence", "occurrences.position", "occurrences.added", "documents.name",
     "documents.reference", "changes.time", "changes.reason", "pairs.source_lang", "vectors.vector",
     "vectors.side"],
)  # fmt: skip
def test_other_contents(memory: Path, tmp_path: Path, column: str, value: str) -> None:
    place = tmp_path / "m.db"
    shutil.copy(memory, place)
    table, name = column.split(".")
    with closing(sqlite3.connect(place)) as db, suppress(sqlite3.IntegrityError):
        db.execute(f"UPDATE OR IGNORE {table} SET {name} = {value} WHERE rowid % 2")
        db.commit()
    used_in_every_way(place)


def test_details_that_are_no_json_are_told(memory: Path, tmp_path: Path) -> None:
    place = tmp_path / "m.db"
    shutil.copy(memory, place)
    with closing(sqlite3.connect(place)) as db:
        db.execute("UPDATE occurrences SET details = '['")
        db.commit()
    with (
        pytest.raises(FormatError, match=r"m\.db: damaged.*the details of a unit are invalid"),
        open_memory(place) as db,
    ):
        list(stored_units(db))


def test_a_pipe_is_no_memory_and_loses_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not is_memory(tmp_path / "pipe")  # without waiting for a writer
    for place in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(ReadError, match="not a regular file"), open_memory(place):
            pass
    (tmp_path / "loop").symlink_to("loop")
    for place in (tmp_path / "loop", tmp_path / ("long" * 100)):
        with pytest.raises(AlignerError), open_memory(place, create=True):
            pass

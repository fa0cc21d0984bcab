"""The SQLite file of a memory database: its tables, opening it, and its errors.

A unit is stored once, whichever documents it came from; an occurrence says that it stands in
a document. What a correction or a removal takes out stays, marked with the change that did
it, so nothing is ever deleted and the full-text index (whose own text is not kept) only grows.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from aligner.errors import AlignerError, FormatError, OutputError, ReadError, unreadable
from aligner.kinds import no_memory

_APPLICATION = 0x616C676E  # "algn": which program the file belongs to
_VERSION = 1
_MAGIC = b"SQLite format 3\0"
WAIT = 30.0  # seconds that a writer waits for another one
_PAUSE = 0.02  # seconds between two attempts at what SQLite doesn't wait for
CACHE = 64 * 1024  # KiB of pages in memory
TOKENIZER = "porter unicode61 remove_diacritics 2"

_TABLES = (
    "CREATE TABLE changes (id INTEGER PRIMARY KEY, time TEXT NOT NULL, reason TEXT NOT NULL)",
    """CREATE TABLE documents (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, reference TEXT NOT NULL,
        UNIQUE (name, reference))""",
    """CREATE TABLE pairs (
        id INTEGER PRIMARY KEY, source_lang TEXT NOT NULL, target_lang TEXT NOT NULL,
        UNIQUE (source_lang, target_lang))""",
    # The keys are hashes of the texts, for finding a text without an index as large as all texts.
    """CREATE TABLE units (
        id INTEGER PRIMARY KEY, pair INTEGER NOT NULL REFERENCES pairs,
        source TEXT NOT NULL, target TEXT NOT NULL,
        source_key INTEGER NOT NULL, target_key INTEGER NOT NULL,
        UNIQUE (source_key, target_key, pair))""",
    "CREATE INDEX units_by_target ON units (target_key)",
    # `details` is the rest of the unit as JSON; `removed` is null for what the memory holds now.
    """CREATE TABLE occurrences (
        id INTEGER PRIMARY KEY,
        unit INTEGER NOT NULL REFERENCES units, document INTEGER NOT NULL REFERENCES documents,
        position INTEGER NOT NULL, confidence REAL NOT NULL, details TEXT NOT NULL,
        added INTEGER NOT NULL REFERENCES changes, removed INTEGER REFERENCES changes)""",
    "CREATE UNIQUE INDEX present ON occurrences (unit, document) WHERE removed IS NULL",
    "CREATE INDEX occurrences_by_unit ON occurrences (unit)",
    "CREATE INDEX occurrences_by_document ON occurrences (document, position)",
    # `side` is source or target, `vector` a unit vector in little-endian float16.
    """CREATE TABLE vectors (
        model TEXT NOT NULL, side TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES units,
        vector BLOB NOT NULL, UNIQUE (model, side, unit))""",
    f"""CREATE VIRTUAL TABLE terms USING fts5 (
        source, target, content='', columnsize=0, tokenize='{TOKENIZER}')""",
)


class DamagedError(Exception):
    """A memory holds what no version of aligner writes; `open_memory` makes FormatError of it."""


def is_memory(path: str | Path) -> bool:
    """Whether a file is a database, so that it can only be a memory, whatever its name."""
    path = Path(path)
    try:
        if not path.is_file():  # of a pipe nothing must be taken
            return False
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


@contextmanager
def open_memory(path: str | Path, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a memory database; `create` makes one if there is none.

    Several processes may use one memory at a time: readers never wait, a writer waits half a
    minute for another one. Raises ReadError for a file that is missing or can't be opened,
    FormatError for one that is not a memory database, is damaged or was made by a newer
    version, and OutputError if a change can't be written; the database is then unchanged.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise ReadError(f"{path}: this is a folder; name a memory in it")
        if not create and not path.exists():
            raise ReadError(
                f"{path}: no such memory database; create it with `aligner tm import {path} FILE`"
            )
        if create and not path.parent.is_dir():
            raise OutputError(f"{path.parent}: no such folder; make it first, or choose another")
        if path.exists() and not path.is_file():
            raise ReadError(f"{path}: not a regular file")
    except OSError as exc:
        raise unreadable(path, exc) from exc
    with _translated(path), closing(_connect(path)) as db:
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute(f"PRAGMA cache_size = -{CACHE}")
        if create:
            _make_tables(db)
        _check(db, path)
        yield db


def texts_of(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Rows without bytes and nulls, which no version of aligner writes; raises DamagedError."""
    for row in rows:
        if any(value is None or isinstance(value, bytes) for value in row):
            raise DamagedError("bytes or nothing instead of text")
        yield row


@contextmanager
def changing(db: sqlite3.Connection) -> Iterator[None]:
    """One change of a memory, done wholly or not at all, after any other writer's."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def exact_key(text: str) -> int:
    """What stands for a text in the tables: a hash that fits SQLite's integers."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _connect(path: Path) -> sqlite3.Connection:
    uri = Path(os.path.realpath(path)).as_uri()
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        # SQLite wants to put its index of the log beside the file, unless nobody can write.
        logged = path.with_name(path.name + "-wal").exists()
        uri += "?mode=ro" if logged else "?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None)


def _make_tables(db: sqlite3.Connection) -> None:
    """Make the tables in a file that has none; a concurrent maker comes first or later."""
    if db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        return
    _keep_log(db)
    with changing(db):
        if not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            for statement in _TABLES:
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {_APPLICATION}")
            db.execute(f"PRAGMA user_version = {_VERSION}")


def _keep_log(db: sqlite3.Connection) -> None:
    """Give a new memory a log of its own: one process then reads while another one writes.

    Two processes that ask for it at once each hold what the other one needs, so SQLite refuses
    one of them without waiting.
    """
    deadline = time.monotonic() + WAIT
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE)


def _check(db: sqlite3.Connection, path: Path) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if not application and not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise FormatError(
            f"{path}: the memory database is empty; fill it with `aligner tm import {path} FILE`"
        )
    if application != _APPLICATION:
        raise FormatError(f"{path}: a database of another program, not a memory database")
    if version != _VERSION:
        raise FormatError(
            f"{path}: a memory of version {version}, made by a later aligner; this one reads "
            f"version {_VERSION}: update aligner"
        )
    if _schema(db) != _made_schema():
        raise DamagedError("its tables are not those of a memory database")


def _schema(db: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """The tables and what else a database has, but for what SQLite itself keeps in it."""
    return {
        (kind, name, " ".join(statement.split()))
        for kind, name, statement in db.execute("SELECT type, name, sql FROM sqlite_schema")
        if not name.startswith(("sqlite_", "terms_"))
    }


@cache
def _made_schema() -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(":memory:")) as db:
        for statement in _TABLES:
            db.execute(statement)
        return _schema(db)


_DAMAGED = "damaged; restore a copy, or import its files again"
_PROBLEMS: dict[int, tuple[type[AlignerError], str]] = {
    sqlite3.SQLITE_BUSY: (OutputError, "another process is writing to it; try again later"),
    sqlite3.SQLITE_LOCKED: (OutputError, "another process is writing to it; try again later"),
    sqlite3.SQLITE_READONLY: (OutputError, "can't be written to; copy it to another place"),
    sqlite3.SQLITE_FULL: (OutputError, "the disk is full; the memory is unchanged"),
    sqlite3.SQLITE_IOERR: (OutputError, "the disk failed or is full; the memory is unchanged"),
    sqlite3.SQLITE_CANTOPEN: (ReadError, "can't be opened; check the folder and its permissions"),
    sqlite3.SQLITE_PERM: (ReadError, "can't be opened; check its permissions"),
    sqlite3.SQLITE_AUTH: (ReadError, "can't be opened; check its permissions"),
}


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except (DamagedError, UnicodeDecodeError) as exc:  # the second of SQLite's own messages
        raise FormatError(f"{path}: {_DAMAGED} ({exc})") from exc
    except sqlite3.ProgrammingError:  # a defect here, whatever the memory holds
        raise
    except sqlite3.Error as exc:
        # The low byte of an error's code tells its kind.
        code = getattr(exc, "sqlite_errorcode", None) or sqlite3.SQLITE_CORRUPT
        if code & 0xFF == sqlite3.SQLITE_NOTADB:
            raise FormatError(no_memory(path)) from exc
        kind, problem = _PROBLEMS.get(code & 0xFF, (FormatError, _DAMAGED))
        raise kind(f"{path}: {problem} ({exc})") from exc

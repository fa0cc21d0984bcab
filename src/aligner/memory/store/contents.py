"""Import units into a memory database, and remove documents."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from aligner.errors import InputError
from aligner.memory.properties import DOCUMENT, REFERENCE, confidence
from aligner.memory.store.database import changing, exact_key, texts_of
from aligner.memory.store.details import details_of
from aligner.memory.store.history import MemoryChange
from aligner.memory.store.hits import Scope, find_documents, load_occurrences, require_pairs
from aligner.memory.store.terms import Cutter, index_terms
from aligner.memory.units import clean_text
from aligner.types import TranslationUnit


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of a memory database: its current number of units, and its last change."""

    name: str
    reference: str
    units: int
    changed: str


def import_units(
    db: sqlite3.Connection,
    sources: Iterable[tuple[str, Iterable[TranslationUnit]]],
    cut: Cutter,
    reason: str,
) -> MemoryChange:
    """Put units into a memory, in one change.

    `sources` are names of files with their units, `cut` cuts Chinese into words. A unit belongs
    to the document that its properties `x-document` and `x-reference` name, or else to the
    file. What the memory holds of each document that comes is replaced by what comes now: the
    same again changes nothing, a corrected document replaces its units, and what was replaced
    stays in the history. A unit with an empty side is passed over.
    """
    with changing(db):
        _collect(db, sources, cut)
        return _replace(db, reason)


def remove_document(db: sqlite3.Connection, name: str) -> MemoryChange:
    """Remove the document with this name or reference; the history keeps it.

    Raises InputError if there is none, or more than one.
    """
    with changing(db):
        found = [row for row in find_documents(db, name) if name in row[1:]]
        if len(found) != 1:
            known = ", ".join(" ".join(filter(None, row[1:])) for row in find_documents(db, name))
            raise InputError(
                f"{name}: not the full name or reference of one document; found: {known}"
            )
        number = _new_change(db, f"removed {name}")
        done = db.execute(
            "UPDATE occurrences SET removed = ? WHERE removed IS NULL AND document = ?",
            (number, found[0][0]),
        )
        return _finished(db, number, removed=done.rowcount, documents=1)


def stored_documents(db: sqlite3.Connection) -> list[StoredDocument]:
    """The documents that a memory holds units of, in the order in which they first came."""
    rows = db.execute(
        "SELECT d.name, d.reference, count(*), max(a.time) FROM occurrences o"
        " JOIN documents d ON d.id = o.document JOIN changes a ON a.id = o.added"
        " WHERE o.removed IS NULL GROUP BY d.id ORDER BY d.id"
    )
    return [StoredDocument(*row) for row in texts_of(rows)]


def stored_units(
    db: sqlite3.Connection,
    scope: Scope = Scope(),
    source_lang: str = "",
    target_lang: str = "",
) -> Iterator[TranslationUnit]:
    """The units of a memory, document by document, in text order, each wording once.

    Only those of language pairs with the source and the target that are asked for, "" for any;
    raises InputError if there is no such pair.
    """
    chosen = require_pairs(db, source_lang, target_lang)
    (most,) = db.execute("SELECT coalesce(max(id), 0) FROM units").fetchone()
    seen = bytearray(most + 1)
    for number, occurrence in load_occurrences(db, scope):
        unit = occurrence.unit
        if not seen[number] and (unit.source_lang, unit.target_lang) in chosen:
            seen[number] = True
            yield unit


def _collect(
    db: sqlite3.Connection, sources: Iterable[tuple[str, Iterable[TranslationUnit]]], cut: Cutter
) -> None:
    """Put what comes into a table of its own, and its new documents and wordings in theirs."""
    db.execute("DROP TABLE IF EXISTS temp.incoming")
    db.execute(
        "CREATE TEMP TABLE incoming (document INTEGER, unit INTEGER, position INTEGER,"
        " confidence REAL, details TEXT, PRIMARY KEY (document, unit)) WITHOUT ROWID"
    )
    documents: dict[tuple[str, str], int] = {}
    pairs: dict[tuple[str, str], int] = {}
    lengths: Counter[int] = Counter()
    for file, units in sources:
        for unit in units:
            texts = clean_text(unit.source), clean_text(unit.target)
            if not all(texts):
                continue
            properties = dict(reversed(unit.properties))
            place = properties.get(DOCUMENT) or file, properties.get(REFERENCE, "")
            languages = unit.source_lang, unit.target_lang
            if place not in documents:
                documents[place] = _numbered(db, "documents (name, reference)", place)
            if languages not in pairs:
                pairs[languages] = _numbered(db, "pairs (source_lang, target_lang)", languages)
            document = documents[place]
            lengths[document] += 1
            db.execute(
                "INSERT OR IGNORE INTO incoming VALUES (?, ?, ?, ?, ?)",
                (
                    document,
                    _unit(db, texts, languages, pairs[languages], cut),
                    lengths[document],
                    confidence(unit),
                    details_of(unit),
                ),
            )


def _replace(db: sqlite3.Connection, reason: str) -> MemoryChange:
    """Make the occurrences of the documents that came what they are in `incoming`."""
    number = _new_change(db, reason)
    (documents,) = db.execute("SELECT count(DISTINCT document) FROM incoming").fetchone()
    (came,) = db.execute("SELECT count(*) FROM incoming").fetchone()
    ended = db.execute(
        "UPDATE occurrences AS o SET removed = ? WHERE removed IS NULL"
        " AND document IN (SELECT DISTINCT document FROM incoming)"
        " AND NOT EXISTS (SELECT 1 FROM incoming i"
        "  WHERE i.document = o.document AND i.unit = o.unit AND i.details = o.details)",
        (number,),
    ).rowcount
    begun = db.execute(
        "INSERT INTO occurrences (unit, document, position, confidence, details, added)"
        " SELECT unit, document, position, confidence, details, ?1 FROM incoming i"
        " WHERE NOT EXISTS (SELECT 1 FROM occurrences o"
        "  WHERE o.document = i.document AND o.unit = i.unit AND o.removed IS NULL)"
        " ORDER BY position",
        (number,),
    ).rowcount
    (updated,) = db.execute(
        "SELECT count(*) FROM occurrences o JOIN incoming i USING (document, unit)"
        " WHERE o.removed = ?",
        (number,),
    ).fetchone()
    # What stays moves to where it stands in the text now.
    db.execute(
        "UPDATE occurrences AS o SET position = i.position FROM incoming i"
        " WHERE o.removed IS NULL AND o.document = i.document AND o.unit = i.unit"
        " AND o.position <> i.position"
    )
    return _finished(
        db,
        number,
        added=begun - updated,
        removed=ended - updated,
        updated=updated,
        unchanged=came - begun,
        documents=documents,
    )


def _new_change(db: sqlite3.Connection, reason: str) -> int:
    time = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    done = db.execute("INSERT INTO changes (time, reason) VALUES (?, ?)", (time, reason))
    return int(done.lastrowid or 0)


def _finished(db: sqlite3.Connection, number: int, **counts: int) -> MemoryChange:
    """The change of this number; one that changed nothing leaves no trace."""
    query = db.execute("SELECT time, reason FROM changes WHERE id = ?", (number,))
    time, reason = query.fetchone()
    change = MemoryChange(time, reason, **counts)
    if not (change.added or change.removed or change.updated):
        db.execute("DELETE FROM changes WHERE id = ?", (number,))
    return change


def _numbered(db: sqlite3.Connection, columns: str, values: tuple[str, str]) -> int:
    """Number of the row with these values, which is created if missing."""
    db.execute(f"INSERT OR IGNORE INTO {columns} VALUES (?, ?)", values)
    table, names = columns.split(" ", maxsplit=1)
    return int(db.execute(f"SELECT id FROM {table} WHERE {names} = (?, ?)", values).fetchone()[0])


def _unit(
    db: sqlite3.Connection,
    texts: tuple[str, str],
    languages: tuple[str, str],
    pair: int,
    cut: Cutter,
) -> int:
    """Number of a wording; a new one goes into the index, too."""
    keys = exact_key(texts[0]), exact_key(texts[1])
    found = db.execute(
        "SELECT id FROM units WHERE (source_key, target_key, pair) = (?, ?, ?)", (*keys, pair)
    ).fetchone()
    if found:
        return int(found[0])
    done = db.execute(
        "INSERT INTO units (source, target, source_key, target_key, pair) VALUES (?, ?, ?, ?, ?)",
        (*texts, *keys, pair),
    )
    number = int(done.lastrowid or 0)
    terms = (index_terms(*side, cut) for side in zip(texts, languages, strict=True))
    db.execute("INSERT INTO terms (rowid, source, target) VALUES (?, ?, ?)", (number, *terms))
    return number

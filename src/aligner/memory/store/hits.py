"""What searches of a memory give back, and which part of it they look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from aligner.document import Span
from aligner.errors import InputError
from aligner.languages import matches_language
from aligner.memory.pairs import named
from aligner.memory.store.database import DamagedError, texts_of
from aligner.memory.store.details import unit_of
from aligner.types import TranslationUnit


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A unit as it stands in a document of the memory.

    `added` and `removed` are the times of those changes, as `yyyy-mm-dd hh:mm:ss.ffffff` in UTC;
    `removed` is empty for what the memory holds now.
    """

    unit: TranslationUnit
    document: str
    reference: str
    added: str
    removed: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result: a unit and all its occurrences, the newest first.

    `number` is the unit's own in its memory. `score` is the similarity to what was searched
    for, 1.0 where the words are there; the marks are what matches in the source and the target.
    """

    number: int
    occurrences: tuple[Occurrence, ...]
    score: float = 1.0
    source_marks: tuple[Span, ...] = ()
    target_marks: tuple[Span, ...] = ()

    @property
    def unit(self) -> TranslationUnit:
        """The unit with the properties of its newest occurrence."""
        return self.occurrences[0].unit


@dataclass(frozen=True, slots=True)
class Scope:
    """Which units a search looks at.

    `document` is part of a document's name or reference, `language` that of the side which
    must match, `history` says to look at what was replaced or removed, too. A unit that
    says nothing of its confidence is taken for certain.
    """

    document: str = ""
    language: str = ""
    min_confidence: float = 0.0
    history: bool = False


def stored_pairs(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """The language pairs of a memory, as they first came."""
    rows = texts_of(db.execute("SELECT source_lang, target_lang FROM pairs ORDER BY id"))
    return [(source, target) for source, target in rows]


def stored_languages(db: sqlite3.Connection) -> list[str]:
    """The languages of a memory's texts, as they first came."""
    return list(dict.fromkeys(language for pair in stored_pairs(db) for language in pair))


def require_language(db: sqlite3.Connection, language: str) -> None:
    """Raise InputError for a language that no text of a memory is in, if it has texts."""
    known = stored_languages(db)
    if known and not any(matches_language(code, language) for code in known):
        raise InputError(f"{language}: no text in this language; the memory has {', '.join(known)}")


def require_pairs(
    db: sqlite3.Connection, source_lang: str, target_lang: str
) -> frozenset[tuple[str, str]]:
    """The language pairs of a memory from one language into another, "" for any.

    Raises InputError if there are pairs and none of these.
    """
    pairs = stored_pairs(db)
    chosen = [
        p
        for p in pairs
        if matches_language(p[0], source_lang) and matches_language(p[1], target_lang)
    ]
    if pairs and not chosen:
        wanted = f"{source_lang or 'any'}/{target_lang or 'any'}"
        known = named("/".join(pair) for pair in pairs)
        raise InputError(f"{wanted}: no unit of this language pair; the memory has {known}")
    return frozenset(chosen)


def condition(db: sqlite3.Connection, scope: Scope) -> str:
    """What an occurrence `o` must be to lie in the scope, with the fields as parameters.

    Raises InputError if no document has that name.
    """
    tests = ["o.confidence >= :min_confidence"]
    if not scope.history:
        tests.append("o.removed IS NULL")
    if scope.document:
        documents = [row[0] for row in find_documents(db, scope.document)]
        tests.append(f"o.document IN ({', '.join(map(str, documents))})")
    return " AND ".join(tests)


def present(unit: str, db: sqlite3.Connection, scope: Scope) -> str:
    """That a unit, named by an SQL expression for its number, lies in the scope."""
    return f"EXISTS (SELECT 1 FROM occurrences o WHERE o.unit = {unit} AND {condition(db, scope)})"


def sides(db: sqlite3.Connection, scope: Scope) -> list[tuple[str, str]]:
    """The sides on which texts in the scope's language stand: `source`, `target` or both.

    Each comes with the test that a unit `u` has such a text there.
    """
    found = []
    for side in ("source", "target"):
        pairs = list(texts_of(db.execute(f"SELECT id, {side}_lang FROM pairs")))
        chosen = [number for number, code in pairs if matches_language(code, scope.language)]
        if chosen:
            among = ", ".join(map(str, chosen))
            found.append((side, "TRUE" if len(chosen) == len(pairs) else f"u.pair IN ({among})"))
    return found


def find_documents(db: sqlite3.Connection, name: str) -> list[tuple[int, str, str]]:
    """Number, name and reference of the documents with this text in either.

    Raises InputError if there is none.
    """
    rows = db.execute(
        "SELECT id, name, reference FROM documents"
        " WHERE instr(lower(name), lower(?1)) OR instr(lower(reference), lower(?1)) ORDER BY id",
        (name,),
    )
    found = [(number, known, reference) for number, known, reference in texts_of(rows)]
    if not found:
        raise InputError(
            f"{name}: the memory has no such document; `aligner tm documents` lists them"
        )
    return found


def load_hits(db: sqlite3.Connection, units: Iterable[int], scope: Scope) -> Iterator[Hit]:
    """The units of these numbers as hits, in this order; those outside the scope fall out."""
    query = f"{_OCCURRENCES} WHERE u.id = :unit AND {condition(db, scope)} {_NEWEST}"
    values = asdict(scope)
    for unit in units:
        rows = texts_of(db.execute(query, values | {"unit": unit}))
        occurrences = tuple(map(_occurrence, rows))
        if occurrences:
            yield Hit(unit, occurrences)


def load_occurrences(db: sqlite3.Connection, scope: Scope) -> Iterator[tuple[int, Occurrence]]:
    """All occurrences in the scope, each after its unit's number, in the order of the texts."""
    order = "ORDER BY o.document, o.position, o.id"
    query = f"{_OCCURRENCES} WHERE {condition(db, scope)} {order}"
    for row in texts_of(db.execute(query, asdict(scope))):
        yield row[0], _occurrence(row)


_OCCURRENCES = """
    SELECT u.id, u.source, u.target, p.source_lang, p.target_lang, o.details,
           d.name, d.reference, a.time, coalesce(r.time, '')
    FROM occurrences o
    JOIN units u ON u.id = o.unit
    JOIN pairs p ON p.id = u.pair
    JOIN documents d ON d.id = o.document
    JOIN changes a ON a.id = o.added
    LEFT JOIN changes r ON r.id = o.removed"""
_NEWEST = "ORDER BY o.removed IS NOT NULL, o.id DESC"


def _occurrence(row: Sequence[Any]) -> Occurrence:
    _, source, target, source_lang, target_lang, details, *place = row
    try:
        unit = unit_of((source, target, source_lang, target_lang), details)
    except (ValueError, TypeError) as exc:
        raise DamagedError(f"the details of a unit are invalid: {exc}") from exc
    return Occurrence(unit, *place)

"""What has been done to a memory, and what was replaced by what."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.memory.store.database import texts_of
from aligner.memory.store.hits import Occurrence, Scope, load_occurrences


@dataclass(frozen=True, slots=True)
class MemoryChange:
    """What one import or removal did, counted in places where a unit stands in a document.

    `updated` units kept their texts but not what else is known of them, such as their
    confidence; `unchanged` ones were in the memory already. `held_back` units, too doubtful to
    be imported, are not kept in the history.
    """

    time: str
    reason: str
    added: int = 0
    removed: int = 0
    updated: int = 0
    unchanged: int = 0
    documents: int = 0
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a change made of a unit in a document: None before for a new one, after for none."""

    time: str
    before: Occurrence | None
    after: Occurrence | None


def stored_changes(db: sqlite3.Connection) -> list[MemoryChange]:
    """All that was done to a memory, the first change first."""
    rows = db.execute(
        "WITH came AS (SELECT added AS change, count(*) AS n, count(DISTINCT document) AS documents"
        "  FROM occurrences GROUP BY added),"
        " went AS (SELECT removed AS change, count(*) AS n, count(DISTINCT document) AS documents"
        "  FROM occurrences WHERE removed IS NOT NULL GROUP BY removed),"
        " stayed AS (SELECT went.removed AS change, count(*) AS n FROM occurrences went"
        "  JOIN occurrences came ON came.unit = went.unit AND +came.document = went.document"
        "   AND came.added = went.removed WHERE went.removed IS NOT NULL GROUP BY went.removed)"
        " SELECT c.time, c.reason, coalesce(came.n, 0), coalesce(went.n, 0),"
        "  coalesce(stayed.n, 0), max(coalesce(came.documents, 0), coalesce(went.documents, 0))"
        " FROM changes c LEFT JOIN came ON came.change = c.id LEFT JOIN went ON went.change = c.id"
        " LEFT JOIN stayed ON stayed.change = c.id ORDER BY c.id"
    )
    return [
        MemoryChange(time, reason, added - again, removed - again, again, documents=documents)
        for time, reason, added, removed, again, documents in texts_of(rows)
    ]


def replacements(db: sqlite3.Connection, document: str) -> Iterator[Replacement]:
    """What changed in documents since each first came, change by change, in text order.

    Before and after have the same source, or else the same target. Raises InputError if no
    document has this text in name or reference.
    """
    entered: dict[tuple[str, str, str], list[Occurrence]] = {}
    left: dict[tuple[str, str, str], list[Occurrence]] = {}
    first: dict[tuple[str, str], str] = {}
    for _, occurrence in load_occurrences(db, Scope(document=document, history=True)):
        place = occurrence.document, occurrence.reference
        first[place] = min(occurrence.added, first.get(place, occurrence.added))
        entered.setdefault((occurrence.added, *place), []).append(occurrence)
        if occurrence.removed:
            left.setdefault((occurrence.removed, *place), []).append(occurrence)
    for key in sorted({*entered, *left}):
        if key[0] != first[key[1:]]:
            yield from _paired(key[0], left.get(key, []), entered.get(key, []))


def _paired(time: str, left: list[Occurrence], entered: list[Occurrence]) -> Iterator[Replacement]:
    """What one change took out of a document and what it put in, those alike together."""
    waiting = list(entered)
    for before in left:
        after = next((o for o in waiting if o.unit.source == before.unit.source), None) or next(
            (o for o in waiting if o.unit.target == before.unit.target), None
        )
        if after:
            waiting.remove(after)
        yield Replacement(time, before, after)
    yield from (Replacement(time, None, after) for after in waiting)

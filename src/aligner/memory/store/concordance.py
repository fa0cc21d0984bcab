"""Search a memory database for words in either language."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, replace

from aligner.document import Span
from aligner.errors import UsageError
from aligner.memory.store.database import TOKENIZER
from aligner.memory.store.hits import Hit, Scope, condition, load_hits, present, sides
from aligner.memory.store.terms import (
    APART,
    characters_apart,
    marking_expression,
    pieces,
    substring_expression,
    word_expression,
)

_MARKED = 20_000  # characters of a text; the time that SQLite takes grows with the square
_OPEN, _CLOSE = "\x02", "\x03"  # no text of a unit has them


def concordance(
    db: sqlite3.Connection, query: str, scope: Scope = Scope(), limit: int = 20
) -> list[Hit]:
    """Return at most `limit` units that contain all words of a query, with the words marked.

    English is found in any inflection and case, a phrase in quotation marks exactly, `employ*`
    with any continuation; Chinese is found anywhere in the text. Units with the Chinese as a whole
    word come before those with it inside other words; otherwise the newest come first.

    Raises UsageError for a query without a letter or digit.
    """
    parts = pieces(query)
    if not parts:
        raise UsageError(f"{query!r}: nothing to search for; give a word or a phrase")
    found: dict[int, None] = {}
    for expression in (word_expression(parts), substring_expression(parts)):
        if expression and len(found) < limit:
            # What was found as a word is found again as a substring.
            numbers = _matching(db, expression, scope, limit + len(found))
            found.update(dict.fromkeys(numbers))
    hits = list(load_hits(db, list(found)[:limit], scope))
    return _marked(hits, marking_expression(parts))


def _matching(db: sqlite3.Connection, expression: str, scope: Scope, limit: int) -> list[int]:
    """Numbers of the newest units that match an expression of the index."""
    if not scope.language:
        return _newest(db, expression, "TRUE", scope, limit)
    numbers = {
        number
        for side, spoken in sides(db, scope)
        for number in _newest(db, f"{side} : ({expression})", spoken, scope, limit)
    }
    return sorted(numbers, reverse=True)[:limit]


def _newest(
    db: sqlite3.Connection, expression: str, test: str, scope: Scope, limit: int
) -> list[int]:
    tests = [test, present("terms.rowid", db, scope)]
    if scope.document:
        # The index need not be read beyond the units of the documents.
        reach = f"FROM occurrences o WHERE {condition(db, scope)}"
        tests.append(
            f"terms.rowid BETWEEN (SELECT min(unit) {reach}) AND (SELECT max(unit) {reach})"
        )
    rows = db.execute(
        "SELECT terms.rowid FROM terms JOIN units u ON u.id = terms.rowid"
        f" WHERE terms MATCH :expression AND {' AND '.join(tests)}"
        " ORDER BY terms.rowid DESC LIMIT :limit",
        asdict(scope) | {"expression": expression, "limit": limit},
    )
    return [number for (number,) in rows]


def _marked(hits: Sequence[Hit], expression: str) -> list[Hit]:
    """Hits with marks, which SQLite sets itself in a small index of these texts alone."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f"CREATE VIRTUAL TABLE shown USING fts5(source, target, tokenize='{TOKENIZER}')")
        db.executemany(
            "INSERT INTO shown (rowid, source, target) VALUES (?, ?, ?)",
            (
                (place, *(characters_apart(text[:_MARKED]) for text in sides))
                for place, sides in enumerate((hit.unit.source, hit.unit.target) for hit in hits)
            ),
        )
        rows = db.execute(
            "SELECT rowid, highlight(shown, 0, ?1, ?2), highlight(shown, 1, ?1, ?2)"
            " FROM shown WHERE shown MATCH ?3",
            (_OPEN, _CLOSE, expression),
        )
        marks: list[tuple[tuple[Span, ...], ...]] = [((), ())] * len(hits)
        for place, *sides in rows:
            marks[place] = tuple(tuple(_spans(side)) for side in sides)
    return [
        replace(hit, source_marks=source, target_marks=target)
        for hit, (source, target) in zip(hits, marks, strict=True)
    ]


def _spans(highlighted: str) -> Iterator[Span]:
    """Where the marks stand in the text as it was."""
    start = end = 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", highlighted.replace(APART, "")):
        if piece == _OPEN:
            start = end
        elif piece == _CLOSE:
            yield Span(start, end)
        else:
            end += len(piece)

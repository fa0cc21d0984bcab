"""Searching a memory by meaning: vectors of its texts, kept in it, and the nearest of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace

import numpy as np

from aligner.memory.store.database import DamagedError, changing, texts_of
from aligner.memory.store.hits import Hit, Scope, load_hits, present, sides
from aligner.threads import single_threaded
from aligner.vectors import Vectors

_AT_ONCE = 2048  # texts encoded and kept together; vectors compared together
_STORED = np.dtype("<f2")

Encode = Callable[[Sequence[str]], Vectors]
"""Makes unit vectors of texts, one a row."""


def without_vectors(db: sqlite3.Connection, model: str, scope: Scope) -> int:
    """How many texts of the scope have no vector of this model yet."""
    values = asdict(scope) | {"model": model}
    return sum(
        int(db.execute(f"SELECT count(*) {_bare(db, *side, scope)}", values).fetchone()[0])
        for side in sides(db, scope)
    )


def add_vectors(
    db: sqlite3.Connection,
    model: str,
    encode: Encode,
    scope: Scope,
) -> Iterator[int]:
    """Give the texts of the scope that have none a vector of this model, as they are asked for.

    Yields the number of each text's unit. The vectors are kept lot by lot, so that what an
    interrupted run has made stays. Raises OutputError.
    """
    values = asdict(scope) | {"model": model}
    for side, spoken in sides(db, scope):
        bare = _bare(db, side, spoken, scope)
        lot = f"SELECT u.id, u.{side} {bare} AND u.id > :last ORDER BY u.id LIMIT {_AT_ONCE}"
        last = 0
        while rows := db.execute(lot, values | {"last": last}).fetchall():
            last = rows[-1][0]
            vectors = encode([text for _, text in texts_of(rows)]).astype(_STORED)
            with changing(db):
                db.executemany(
                    "INSERT OR IGNORE INTO vectors (model, side, unit, vector) VALUES (?, ?, ?, ?)",
                    [
                        (model, side, number, vector.tobytes())
                        for (number, _), vector in zip(rows, vectors, strict=True)
                    ],
                )
            yield from (number for number, _ in rows)


def nearest(
    db: sqlite3.Connection,
    wanted: Vectors,
    model: str,
    scope: Scope = Scope(),
    least: float = 0.0,
    limit: int = 20,
) -> list[list[Hit]]:
    """For each unit vector the units with the nearest texts of the scope, at most `limit`.

    The score is the cosine, which must be `least`. Every stored vector of the model is
    compared, in one pass for all that are wanted.
    """
    best: list[dict[int, float]] = [{} for _ in wanted]
    with single_threaded():
        for numbers, vectors in _stored(db, model, scope, wanted.shape[1]):
            for found, cosines in zip(best, wanted @ vectors.T, strict=True):
                _keep_nearest(found, numbers, cosines, least, limit)
    return [
        [
            replace(hit, score=min(found[hit.number], 1.0))
            for hit in load_hits(db, sorted(found, key=lambda n: -found[n]), scope)
        ]
        for found in best
    ]


def _keep_nearest(
    found: dict[int, float], numbers: Sequence[int], cosines: Vectors, least: float, limit: int
) -> None:
    """Put the nearest of some units, `least` or more, among those found so far."""
    worst = min(found.values(), default=least) if len(found) >= limit else least
    for place in np.flatnonzero(cosines >= max(worst, least)).tolist():
        number, cosine = numbers[place], float(cosines[place])
        found[number] = max(cosine, found.get(number, cosine))
    for number in sorted(found, key=lambda n: -found[n])[limit:]:
        del found[number]


def _bare(db: sqlite3.Connection, side: str, spoken: str, scope: Scope) -> str:
    """What follows SELECT for the units whose text on a side has no vector of `:model`."""
    return (
        f"FROM units u WHERE {spoken} AND {present('u.id', db, scope)}"
        " AND NOT EXISTS (SELECT 1 FROM vectors v"
        f" WHERE (v.model, v.side, v.unit) = (:model, '{side}', u.id))"
    )


def _stored(
    db: sqlite3.Connection, model: str, scope: Scope, dimension: int
) -> Iterator[tuple[list[int], Vectors]]:
    """The vectors of the scope's texts with their units' numbers, some thousands at a time."""
    size = dimension * _STORED.itemsize
    for side, spoken in sides(db, scope):
        rows = db.execute(
            "SELECT v.unit, v.vector FROM vectors v JOIN units u ON u.id = v.unit WHERE v.model ="
            f" :model AND v.side = '{side}' AND {spoken} AND {present('v.unit', db, scope)}",
            asdict(scope) | {"model": model},
        )
        while lot := rows.fetchmany(_AT_ONCE):
            if any(type(v) is not bytes or len(v) != size for _, v in lot):
                raise DamagedError("the vectors have a different length from the model's")
            flat = np.frombuffer(b"".join(vector for _, vector in lot), dtype=_STORED)
            yield [number for number, _ in lot], flat.reshape(len(lot), -1).astype(np.float32)

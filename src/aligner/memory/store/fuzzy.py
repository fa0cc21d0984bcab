"""Search a memory database for similar texts.

The index proposes candidates that share uncommon words, or many common ones, with the text;
only those are compared with it, token by token.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from rapidfuzz.distance import Levenshtein

from aligner.document import Span
from aligner.languages import matches_language
from aligner.memory.store.database import exact_key, texts_of
from aligner.memory.store.hits import Hit, Scope, load_hits
from aligner.memory.store.terms import retrieval_terms, token_spans, tokens
from aligner.memory.units import clean_text

_TERMS = 48  # of a text are looked up, at most
_UNITS = 400  # with a run of terms are looked at, the newest
_COMPARED = 200  # candidates, those that share most


def similar(
    db: sqlite3.Connection,
    text: str,
    scope: Scope = Scope(),
    least: float = 0.5,
    limit: int = 20,
) -> list[Hit]:
    """Return the units with a side that is similar to a text, the closest match first, with marks.

    The score is 1 less the Levenshtein distance over the length of the longer text, both
    counted in words, marks and Chinese characters without regard to case; 1.0 means that the
    texts are the same, character by character. `scope.language` says which side is compared.
    The marks are the tokens that both texts have.
    """
    text = clean_text(text)
    wanted = tokens(text)
    found = []
    for number, *sides in _texts(db, _candidates(db, text)):
        scores = [
            _score(text, wanted, side, least) if matches_language(language, scope.language) else 0.0
            for side, language in zip(sides[:2], sides[2:], strict=True)
        ]
        if max(scores) >= least:
            found.append((max(scores), number, scores))
    found.sort(key=lambda item: (-item[0], -item[1]))
    sides_of = {number: scores for _, number, scores in found}
    hits = load_hits(db, [number for _, number, _ in found], scope)
    return [_scored(hit, wanted, sides_of[hit.number]) for hit in islice(hits, limit)]


def _score(text: str, wanted: Sequence[str], other: str, least: float) -> float:
    if text == other:
        return 1.0
    alike = Levenshtein.normalized_similarity(wanted, tokens(other), score_cutoff=least)
    return min(float(alike), 0.99)


def _scored(hit: Hit, wanted: Sequence[str], scores: Sequence[float]) -> Hit:
    source, target = (
        _shared(wanted, side) if score else ()
        for side, score in zip((hit.unit.source, hit.unit.target), scores, strict=True)
    )
    return replace(hit, score=max(scores), source_marks=source, target_marks=target)


def _shared(wanted: Sequence[str], text: str) -> tuple[Span, ...]:
    """The stretches of a text whose tokens are wanted in this order."""
    spans = list(token_spans(text))
    blocks = Levenshtein.opcodes(wanted, tokens(text))
    return tuple(
        Span(spans[block.dest_start][0], spans[block.dest_end - 1][1])
        for block in blocks
        if block.tag == "equal"
    )


def _texts(
    db: sqlite3.Connection, numbers: Sequence[int]
) -> Iterator[tuple[int, str, str, str, str]]:
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        "SELECT u.id, source, target, source_lang, target_lang FROM units u"
        f" JOIN pairs p ON p.id = u.pair WHERE u.id IN ({marks})",
        numbers,
    )
    yield from ((number, *texts) for number, *texts in texts_of(rows))


def _candidates(db: sqlite3.Connection, text: str) -> list[int]:
    """Numbers of the units that have a text as it is, and of those that share most with it."""
    same = [
        number
        for side in ("source", "target")
        for (number,) in db.execute(
            f"SELECT id FROM units WHERE {side}_key = ? ORDER BY id DESC LIMIT ?",
            (exact_key(text), _COMPARED),
        )
    ]
    shared: Counter[int] = Counter()
    terms = retrieval_terms(text)
    for weight, numbers in _looked_up(db, terms[:: -(-len(terms) // _TERMS) or 1]):
        for number in numbers:
            shared[number] += weight
    likely = (number for number, _ in shared.most_common(_COMPARED))
    return list(dict.fromkeys((*same, *likely)))


def _looked_up(db: sqlite3.Connection, terms: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Units that have all of a run of terms, with the length of the run.

    The runs are all terms, then half of them, a quarter and so on to single ones, overlapping,
    as long as there are not more units with a run than can be looked at.
    """
    waiting = [range(len(terms))]
    known = set(waiting)
    for run in waiting:
        numbers = _newest_with(db, " AND ".join(terms[run.start : run.stop])) if run else []
        yield len(run), numbers
        half = (len(run) + 1) // 2
        if len(run) > 1 and len(numbers) < _UNITS:
            parts = {run[:half], run[len(run) - half :], run[half // 2 :][:half]}
            waiting += sorted(parts - known, key=lambda part: part.start)
            known |= parts


def _newest_with(db: sqlite3.Connection, expression: str) -> list[int]:
    rows = db.execute(
        "SELECT rowid FROM terms WHERE terms MATCH ? ORDER BY rowid DESC LIMIT ?",
        (expression, _UNITS),
    )
    return [number for (number,) in rows]

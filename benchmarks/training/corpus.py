"""Texts with their gold beads, as training and the other benchmarks take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import formal
from aligner.document import Span
from aligner.memory import read_beads
from aligner.types import Bead, Sentence


@dataclass(frozen=True)
class Document:
    """Two texts and their gold beads, in text order."""

    source: list[str]
    target: list[str]
    beads: list[Bead]


def read_chapters(folder: Path) -> list[Document]:
    """The chapters of a folder, nulls of the gold put in their place."""
    chapters = []
    for gold in sorted(folder.glob("*.beads")):
        source, target = (
            gold.with_suffix(end).read_text("utf-8").splitlines() for end in (".zh", ".en")
        )
        beads = in_order(read_beads(gold), len(source), len(target))
        chapters.append(Document(source, target, beads))
    return chapters


def in_order(beads: Iterable[Bead], rows: int, columns: int) -> list[Bead]:
    """Beads that cover both texts once, in order: nulls one by one, crossing beads joined."""
    spans: list[tuple[int, int, int, int]] = []
    pairs = [b for b in beads if not b.is_null]
    for pair in sorted(pairs, key=lambda b: (min(b.source), min(b.target))):
        span = min(pair.source), max(pair.source) + 1, min(pair.target), max(pair.target) + 1
        while spans and (span[0] < spans[-1][1] or span[2] < spans[-1][3]):
            last = spans.pop()
            span = (
                min(last[0], span[0]),
                max(last[1], span[1]),
                min(last[2], span[2]),
                max(last[3], span[3]),
            )
        spans.append(span)
    done: list[Bead] = []
    i = j = 0
    for start, stop, first, last_one in [*spans, (rows, rows, columns, columns)]:
        done += [Bead((k,), ()) for k in range(i, start)]
        done += [Bead((), (k,)) for k in range(j, first)]
        if start < stop:
            done.append(Bead(tuple(range(start, stop)), tuple(range(first, last_one))))
        i, j = stop, last_one
    return done


def rebuild(document: Document, beads: Sequence[Bead]) -> Document:
    """The document of some of its beads, sentences numbered anew, nulls put in their place."""
    source = [k for bead in beads for k in bead.source]
    target = [k for bead in beads for k in bead.target]
    ours = {k: place for place, k in enumerate(source)}
    theirs = {k: place for place, k in enumerate(target)}
    new = (
        Bead(tuple(ours[k] for k in b.source), tuple(theirs[k] for k in b.target)) for b in beads
    )
    return Document(
        [document.source[k] for k in source],
        [document.target[k] for k in target],
        in_order(new, len(source), len(target)),
    )


def formal_texts(seeds: Iterable[int], kinds: Iterable[str] = formal.KINDS) -> list[Document]:
    """Formal texts that were made."""
    return [Document(*formal.formal_text(kind, seed)) for kind in kinds for seed in seeds]


def sentences(texts: Sequence[str], language: str) -> list[Sentence]:
    return [Sentence(t, language, Span(0, len(t)), k, 1) for k, t in enumerate(texts, 1)]

"""Memories that live: files go into them, and they are searched by meaning."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from aligner.confidence import LEAST_CONFIDENCE
from aligner.embedding import load_encoder
from aligner.memory import open_units, store
from aligner.memory.store import vectors
from aligner.memory.units import confidence
from aligner.printable import printable_name
from aligner.splitting import cut_words
from aligner.types import TranslationUnit
from aligner.vectors import Encoder, Vectors

_Item = TypeVar("_Item")


class Watch(Protocol):
    """Lets things through one by one and may show how many they are, and what is being done."""

    def __call__(self, items: Iterable[_Item], doing: str, /) -> Iterable[_Item]:
        """The same things in the same order."""


def unwatched(items: Iterable[_Item], _: str, /) -> Iterable[_Item]:
    """Show nothing."""
    return items


def import_files(
    place: str | Path,
    files: Sequence[str | Path],
    document: str = "",
    watch: Watch = unwatched,
    min_confidence: float = LEAST_CONFIDENCE,
) -> store.Change:
    """Put the units of files into a memory, which is made where there is none.

    A unit that doesn't name its document belongs to `document`, or else to its file, which
    goes by its name without folders. All files go in or none: `import_units` tells what
    is replaced. Units below `min_confidence` stay out; the change says how many. Raises
    ReadError, FormatError and OutputError.
    """
    for file in files:
        next(open_units(file)[1], None)  # a file that is none is found out first
    held_back = 0

    def likely(file: str | Path) -> Iterator[TranslationUnit]:
        nonlocal held_back
        for unit in watch(open_units(file)[1], "importing"):
            if confidence(unit) < min_confidence:
                held_back += 1
            else:
                yield unit

    names = [printable_name(Path(file).name) for file in files]
    sources = ((document or name, likely(file)) for name, file in zip(names, files, strict=True))
    with store.open_memory(place, create=True) as db:
        change = store.import_units(db, sources, cut_words, f"imported {', '.join(names)}")
    return replace(change, held_back=held_back)


def search_meaning(
    db: sqlite3.Connection,
    texts: Sequence[str],
    scope: store.Scope,
    least: float = 0.0,
    limit: int = 20,
    encoder: Encoder | None = None,
    watch: Watch = unwatched,
) -> list[list[store.Hit]]:
    """For each text the units nearest to it in meaning, in the scope's language if it has one.

    The texts may be in any language that the encoder covers. What they are compared with gets
    vectors first where it has none. Raises ModelError and OutputError.
    """
    encoder = encoder or load_encoder()

    def encode(sentences: Sequence[str]) -> Vectors:
        return encoder.encode(sentences).runs(1)

    missing = vectors.without_vectors(db, encoder.name, scope)
    added = vectors.add_vectors(db, encoder.name, encode, scope)
    deque(watch(added, f"giving vectors to {missing:,}"), maxlen=0)
    return vectors.nearest(db, encode(texts), encoder.name, scope, least, limit)

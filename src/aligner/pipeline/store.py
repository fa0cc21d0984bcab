"""Memories that live: files go into them, and they are searched by meaning."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from aligner.embedding import load_encoder
from aligner.memory import open_units, store
from aligner.memory.store import vectors
from aligner.printable import printable_name
from aligner.splitting import cut_words
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
) -> store.Change:
    """Put the units of files into a memory, which is made where there is none.

    A unit that doesn't name its document belongs to `document`, or else to its file, which
    goes by its name without folders. All files go in or none: `import_units` tells what
    is replaced. Raises ReadError, FormatError and OutputError.
    """
    for file in files:
        next(open_units(file)[1], None)  # a file that is none is found out first
    sources = (
        (document or printable_name(Path(file).name), watch(open_units(file)[1], "importing"))
        for file in files
    )
    names = ", ".join(printable_name(Path(file).name) for file in files)
    with store.open_memory(place, create=True) as db:
        return store.import_units(db, sources, cut_words, f"imported {names}")


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

"""Memories that live: files go into them, and they are searched by meaning."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from aligner import layout
from aligner.embedding import load_encoder
from aligner.memory import open_units, store
from aligner.memory.store import vectors
from aligner.splitting import cut_words
from aligner.types import Encoder, TranslationUnit, Vectors

Count = Callable[[int], object]
"""Is told how many more are done."""

Bar = Callable[[int], Count]
"""Is told how many things are to do, and gives what is told how many more are done."""

_TOLD = 1000  # units at once


def import_files(
    place: str | Path,
    files: Sequence[str | Path],
    document: str = "",
    progress: Count | None = None,
) -> store.Change:
    """Put the units of files into a memory, which is made where there is none.

    A unit that doesn't name its document belongs to `document`, or else to its file, which
    goes by its name without folders. All files go in or none: `import_units` tells what
    is replaced. Raises ReadError, FormatError and OutputError.
    """
    for file in files:
        next(open_units(file)[1], None)  # a file that is none is found out first
    sources = (
        (document or Path(file).name, _counted(open_units(file)[1], progress)) for file in files
    )
    names = ", ".join(Path(file).name for file in files)
    with store.open_memory(place, create=True) as db:
        return store.import_units(db, sources, cut_words, f"imported {names}")


def search_meaning(
    db: sqlite3.Connection,
    texts: Sequence[str],
    scope: store.Scope,
    least: float = 0.0,
    limit: int = 20,
    encoder: Encoder | None = None,
    progress: Bar | None = None,
) -> list[list[store.Hit]]:
    """For each text the units nearest to it in meaning, in the scope's language if it has one.

    The texts may be in any language that the encoder covers. What they are compared with gets
    vectors first where it has none; `progress` is called with the number of those, and gives
    what is told how many more are done. Raises ModelError and OutputError.
    """
    encoder = encoder or load_encoder()

    def encode(sentences: Sequence[str]) -> Vectors:
        return encoder.encode(sentences).runs(1)

    missing = vectors.without_vectors(db, encoder.name, scope)
    if missing:
        done = progress(missing) if progress else None
        vectors.add_vectors(db, encoder.name, encode, scope, done)
    return vectors.nearest(db, encode(texts), encoder.name, scope, least, limit)


def language_of(text: str, languages: Sequence[str]) -> str:
    """Which of some languages, given by their codes, a text is in; "" where that can't be told.

    Among those written alike it is the first.
    """
    return layout.base_language(layout.detect_language(text, languages) or "")


def _counted(units: Iterator[TranslationUnit], progress: Count | None) -> Iterator[TranslationUnit]:
    for number, unit in enumerate(units, start=1):
        yield unit
        if progress and number % _TOLD == 0:
            progress(_TOLD)

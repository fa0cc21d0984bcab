"""Look up the sentences of new documents in a memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from aligner.align import Aligner, segment_one
from aligner.errors import FormatError
from aligner.languages import base_language
from aligner.memory import open_units
from aligner.memory.leverage.analysis import LEAST, NEW, Segment, best, target_languages
from aligner.memory.store import (
    Scope,
    import_units,
    is_memory,
    open_memory,
    similar,
    stored_languages,
    stored_pairs,
)
from aligner.memory.store.meaning import search_meaning
from aligner.printable import printable_name

MEANING = 0.55  # least cosine of what counts as near in meaning; the same subject has that, too
_LOOKED_AT = 20  # matches of a sentence, for one into the wanted language


def leverage(
    memory: str | Path,
    documents: Sequence[str | Path],
    source_lang: str = "",
    target_lang: str = "",
    meaning: bool = False,
    aligner: Aligner | None = None,
) -> list[Segment]:
    """Look up each sentence of new documents in a memory database or a memory file.

    The documents are in one of the memory's languages: `source_lang`, or the one that matches
    their script. Matches without a translation into `target_lang` are skipped. With `meaning`, a
    sentence without a match is also compared by its vector from the aligner's model. Raises
    ReadError, FormatError, LanguageError, ModelError and OutputError.
    """
    aligner = aligner or Aligner()
    with _opened(memory) as db:
        languages = list(dict.fromkeys(map(base_language, stored_languages(db))))
        if not languages:
            raise FormatError(f"{memory}: no units in this memory; import files first")
        pairs = stored_pairs(db)
        found: list[Segment] = []
        seen: set[str] = set()
        for path in documents:
            name, sentences = segment_one(path, languages, source_lang)
            for sentence in aligner.progress.track(sentences, name):
                into = target_languages(pairs, sentence.language, target_lang)
                scope = Scope(language=sentence.language)
                hits = similar(db, sentence.text, scope, LEAST, _LOOKED_AT)
                hit = best(hits, sentence.language, target_lang)
                found.append(Segment(name, sentence, hit, sentence.text in seen, target_langs=into))
                seen.add(sentence.text)
        if meaning:
            found = _with_meaning(db, found, target_lang, aligner)
        return found


@contextmanager
def _opened(memory: str | Path) -> Iterator[sqlite3.Connection]:
    """Open a memory database, or a temporary one made from a file, without its words."""
    if is_memory(memory):
        with open_memory(memory) as db:
            yield db
        return
    with (
        TemporaryDirectory(prefix="aligner-") as folder,
        open_memory(Path(folder, "memory.db"), create=True) as db,
    ):
        import_units(
            db, [(printable_name(Path(memory).name), open_units(memory)[1])], lambda *_: (), ""
        )
        yield db


def _with_meaning(
    db: sqlite3.Connection,
    segments: Sequence[Segment],
    target_lang: str,
    aligner: Aligner,
) -> list[Segment]:
    """The segments, those that are new with the unit that is nearest in meaning, if it is near."""
    done = list(segments)
    for language in {segment.sentence.language for segment in segments}:
        scope = Scope(language=language)
        new = [
            place
            for place, segment in enumerate(segments)
            if segment.kind == NEW and segment.sentence.language == language
        ]
        texts = [segments[place].sentence.text for place in new]
        found = search_meaning(db, texts, scope, MEANING, _LOOKED_AT, aligner)
        for place, hits in zip(new, found, strict=True):
            hit = best(hits, language, target_lang)
            done[place] = replace(segments[place], hit=hit, near=hit is not None)
    return done

"""Search a memory database by meaning."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Sequence

from aligner.align import Aligner
from aligner.memory.store import vectors
from aligner.memory.store.hits import Hit, Scope


def search_meaning(
    db: sqlite3.Connection,
    texts: Sequence[str],
    scope: Scope,
    least: float = 0.0,
    limit: int = 20,
    aligner: Aligner | None = None,
) -> list[list[Hit]]:
    """Return for each text the units closest to it in meaning, in the scope's language if given.

    The texts may be in any language that the aligner's model covers. Missing vectors
    of the memory's texts are computed first. Raises ModelError and OutputError.
    """
    aligner = aligner or Aligner()
    model = aligner.encoder.name
    missing = vectors.without_vectors(db, model, scope)
    added = vectors.add_vectors(db, model, aligner.embed, scope)
    deque(aligner.progress.track(added, f"encoding {missing:,}"), maxlen=0)
    return vectors.nearest(db, aligner.embed(texts), model, scope, least, limit)

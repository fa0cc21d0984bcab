"""Any function from sentences to vectors as an encoder."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from aligner.embedding.additive import PooledText, mean
from aligner.errors import ModelError
from aligner.scripts import COMMAS, UNSPACED, WIDE_MARKS
from aligner.vectors import Vectors, unit

# A clause with the marks that end it; within it, a wide character or a word is a token.
_MARK = f"{WIDE_MARKS}{COMMAS}:!?"
_CLAUSE = re.compile(rf"[^{_MARK}]+[{_MARK}.]*|[{_MARK}]+")
_WIDE = rf"{UNSPACED}\u2e80-\uffef"
_TOKEN = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+")


class PlainEncoder:
    """An encoder of whole texts, which tells nothing of their tokens.

    `function` maps a list of texts to as many vectors. Sentences have its vectors, runs of
    sentences their mean weighted by length; for what needs parts of sentences, each clause is
    encoded by itself and its vector stands for each of its tokens.
    """

    def __init__(self, function: Callable[[list[str]], Any], name: str = "custom") -> None:
        self.name = name
        self._function = function

    def encode(self, sentences: Sequence[str]) -> PooledText:
        """Encode sentences; raises ModelError for vectors of the wrong shape or with NaN."""
        clauses, owners, lengths = [], [], []
        for number, sentence in enumerate(sentences):
            for clause in _CLAUSE.findall(sentence) or [sentence]:
                clauses.append(clause)
                owners.append(number)
                lengths.append(max(1, len(_TOKEN.findall(clause))))
        vectors = self._vectors([*sentences, *clauses])
        count = len(sentences)
        tokens = np.repeat(unit(vectors[count:]), lengths, axis=0)
        sizes = np.bincount(owners, lengths, minlength=count).astype(np.int64)
        nothing = np.zeros((count, vectors.shape[1]), dtype=np.float32)
        return PooledText(
            tokens,
            np.concatenate([[0], np.cumsum(sizes)]),
            nothing,
            nothing,
            np.cumsum(lengths),
            mean,
            marker_count=0,
            sentences=vectors[:count],
        )

    def _vectors(self, texts: list[str]) -> Vectors:
        try:
            vectors = np.asarray(self._function(texts), dtype=np.float32)
        except (TypeError, ValueError) as exc:
            raise ModelError(f"{self.name}: the encoder gave no array of vectors ({exc})") from exc
        if vectors.ndim != 2 or len(vectors) != len(texts) or not vectors.shape[1]:
            raise ModelError(
                f"{self.name}: the encoder gave an array of shape {vectors.shape} for "
                f"{len(texts)} texts; it must be ({len(texts)}, dimension)"
            )
        if not np.isfinite(vectors).all():
            raise ModelError(f"{self.name}: the encoder's vectors hold NaN or infinity")
        return vectors

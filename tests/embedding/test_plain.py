"""A user's own function as an encoder."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aligner import PlainEncoder, align_note, align_sentences
from aligner.errors import ModelError
from aligner.vectors import Encoder
from notes import NOTES, mistakes


def test_a_function_aligns_the_notes(encoder: Encoder) -> None:
    plain = PlainEncoder(lambda texts: encoder.encode(texts).runs(1), "mine")
    for note in NOTES:
        alignment = align_note(note, encoder=plain)
        assert alignment.model == "mine"
        assert mistakes(note, alignment) == (set(), set())


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda texts: np.zeros(len(texts)), "shape"),
        (lambda texts: np.zeros((len(texts) - 1, 8)), "shape"),
        (lambda texts: np.zeros((len(texts), 0)), "shape"),
        (lambda texts: np.full((len(texts), 8), np.nan), "NaN"),
        (lambda texts: [["a"]] * len(texts), "no array"),
        (lambda _: None, "no array|shape"),
    ],
)
def test_wrong_vectors_are_refused(answer: Any, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        align_sentences(["你好。", "再见。"], ["Hello.", "Goodbye."], encoder=PlainEncoder(answer))


def test_zero_vectors_and_blank_sentences_give_an_alignment() -> None:
    zero = PlainEncoder(lambda texts: np.zeros((len(texts), 4)))
    alignment = align_sentences(["你好。", "", "再见。"], ["Hello.", "Bye."], encoder=zero)
    assert sum(len(bead.source) for bead in alignment.beads) == 3
    assert all(0 <= bead.confidence <= 1 for bead in alignment.beads)

"""Sentences without a counterpart: a few in a text that is nearly all 1-1, or nearly all."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from aligner import align_note, align_sentences
from aligner.matching.band import Band
from aligner.matching.decode import MAX_BEAD
from aligner.matching.evidence import share_evidence
from aligner.matching.lattice import BEADS, SIZES, TYPES, Edges, Lattice
from aligner.vectors import Encoder
from notes import NOTES

SAMPLES = Path(__file__).parent.parent / "samples"
PEOPLE = (
    "old man",
    "neighbour",
    "brother",
    "teacher",
    "aunt",
    "captain",
    "stranger",
    "boy",
    "cook",
)
DEEDS = ("sold", "carried", "forgot", "painted", "hid", "mended", "lost", "found", "borrowed")
THINGS = ("umbrella", "kitchen table", "letter", "boat", "horse", "gate", "clock", "shoe", "lamp")


def story() -> list[str]:
    """Several hundred sentences of usual length."""
    clauses = [f"the {who} {did} a {what}" for did, what, who in product(DEEDS, THINGS, PEOPLE)]
    others = zip(clauses, clauses[7:], clauses[341:], strict=False)
    return [f"In the morning {a}, although {b} and {c}." for a, b, c in others]


def test_three_sentences_find_their_places_among_a_thousand(encoder: Encoder) -> None:
    alignment = align_note(NOTES[1], encoder=encoder)
    texts = [(alignment.source_text(b), alignment.target_text(b)) for b in alignment.pairs]
    target = [*story(), *(theirs for _, theirs in texts), *story()]
    found = align_sentences([ours for ours, _ in texts[7:10]], target, encoder=encoder)
    places = [target.index(theirs) for _, theirs in texts[7:10]]
    assert [b.target for b in found.pairs] == [(place,) for place in places]
    assert min(b.confidence for b in found.beads) > 0.5


def test_omissions_in_a_text_that_is_nearly_all_1_1(encoder: Encoder) -> None:
    """Each sentence of a report in its turn is missing on either side."""
    rows = (SAMPLES / "paper.pairs.tsv").read_text("utf-8").splitlines()
    found = 0
    for number in range(len(rows)):
        for side in (0, 1):
            texts = [list(column) for column in zip(*(x.split("\t") for x in rows), strict=True)]
            del texts[side][number]
            beads = align_sentences(texts[0], texts[1], encoder=encoder).beads
            lost = ((), (number,)) if side == 0 else ((number,), ())
            found += lost in [(b.source, b.target) for b in beads]
    assert found >= 0.85 * 2 * len(rows)


def test_evidence_of_the_share_of_larger_beads() -> None:
    band = Band(np.zeros(4, dtype=np.int64), np.full(4, 3))
    edges = Edges.chosen(band, Lattice(band).edges(MAX_BEAD))
    larger = edges.is_bead & (SIZES[edges.type].sum(axis=1) > 2)

    def column(one: float, two: float) -> float:
        expected = np.zeros(TYPES)
        expected[[0, 1, BEADS]] = one, two, 50.0
        (found,) = share_evidence(edges, expected).values()
        assert not found[~larger].any()
        (value,) = set(found[larger].tolist())
        return float(value)

    assert column(630, 370) == pytest.approx(0, abs=0.01)
    assert column(950, 50) == pytest.approx(math.log(5 / 95) - math.log(37 / 63), abs=0.02)
    assert column(500, 500) > 0.5
    # What a short text has weighs less, and so does none.
    assert column(950, 50) < column(19, 1) < column(0, 0) < 0

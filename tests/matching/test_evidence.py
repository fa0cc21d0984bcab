"""The columns of each kind of evidence: named once, and what the trained weights go by."""

from __future__ import annotations

import re

from aligner.matching import evidence
from aligner.matching.decode import candidates, closer_evidence
from aligner.matching.lattice import Lattice
from aligner.matching.scorer import trained_scorers
from aligner.vectors import Encoder
from notes import ROOT
from training.corpus import Document
from training.fitting import FINE, compare

CLOSER = (
    *(*evidence.BORDERS, *evidence.LINKS, *evidence.MARKS, *evidence.NUMBERS, *evidence.SHARE),
)


def test_every_kind_gives_the_columns_that_it_names(encoder: Encoder) -> None:
    texts = (
        ["中国政府重视。", "他说：“好。”", "共5415人。"],
        ["The Government.", '"Fine."', "5,415."],
    )
    comparison = compare(Document(*texts, []), encoder)
    basic = evidence.basic_evidence(comparison)
    assert sorted(basic) == sorted(evidence.BASIC)
    lattice = Lattice(comparison.band)
    edges, expected = candidates(comparison, basic, trained_scorers().coarse, lattice)
    closer = closer_evidence(comparison, edges, expected)
    assert sorted(closer) == sorted(CLOSER)
    assert {values.shape for values in closer.values()} == {(len(edges),)}


def test_the_weights_are_of_these_columns() -> None:
    scorers = trained_scorers()
    assert (*scorers.coarse.weights,) == evidence.BASIC
    assert (*scorers.fine.weights,) == (*FINE, *evidence.SHARE, *evidence.NUMBERS)


def test_names_of_columns_stand_in_one_place() -> None:
    """Code quotes them where the kind of evidence names them, and nowhere else."""
    quoted = re.compile("|".join(f'"{name}"' for name in (*evidence.BASIC, *CLOSER)))
    found = [
        match[0]
        for folder in ("src/aligner/matching", "benchmarks/training")
        for path in (ROOT / folder).rglob("*.py")
        for match in quoted.finditer(path.read_text("utf-8"))
    ]
    assert len(found) == len(set(found))

"""Scores, against counts made by hand and against Vecalign's own way of counting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import alignments, beads, reference

from aligner.document import Span
from aligner.evaluation import Counts, Score, count_beads
from aligner.evaluation.judging import Verdict, judge
from aligner.evaluation.reference import Claim
from aligner.evaluation.spans import length, merged, shared
from aligner.types import Bead

CASES = [
    # gold, system, strict precision, strict recall, lax precision, lax recall
    ("0-0 1-1", "0-0 1-1", 1, 1, 1, 1),
    ("0-0 1-1,2", "0-0 1-1 -2", 1 / 3, 1 / 2, 2 / 3, 1),
    ("0-0 1- 2-1", "0-0 1- 2-1", 1, 1, 1, 1),
    ("0-0 1- 2-1", "0-0 1,2-1", 1 / 2, 1 / 2, 1, 1),
    ("0-0 1-1", "0-1 1-0", 0, 0, 0, 0),
    ("0-0", "", 0, 0, 0, 0),
    # A null of two sentences is not two nulls of one.
    ("0-0 1,2-", "0-0 1- 2-", 1 / 3, 1, 1 / 3, 1),
    ("0-0 1- -1", "0-0 1-1", 1 / 2, 1, 1 / 2, 1),
    ("0-1 1-0", "0-1 1-0", 1, 1, 1, 1),
    ("0,1-0,1", "0-0 1-1", 0, 0, 1, 1),
]


@pytest.mark.parametrize(("gold", "system", "sp", "sr", "lp", "lr"), CASES)
def test_counts(gold: str, system: str, sp: float, sr: float, lp: float, lr: float) -> None:
    counts = count_beads(beads(gold), beads(system))
    assert (counts.strict.precision, counts.strict.recall) == pytest.approx((sp, sr))
    assert (counts.lax.precision, counts.lax.recall) == pytest.approx((lp, lr))


def vecalign(test: Sequence[Bead], gold: Sequence[Bead]) -> tuple[int, int, int]:
    """Beads of `test` that are right strictly and laxly, and all, as its score.py counts."""
    tested = {(b.source, b.target) for b in test if b.source or b.target}
    wanted = {(b.source, b.target) for b in gold if b.source or b.target}
    linked: dict[int, set[int]] = defaultdict(set)
    for source, target in wanted:
        for k in source:
            linked[k].update(target)
    strict = lax = 0
    for source, target in tested:
        if (source, target) in wanted:
            strict += 1
            lax += 1
        elif {t for k in source for t in linked[k]} & set(target):
            lax += 1
    return strict, lax, len(tested)


@given(alignments())
def test_counts_are_vecaligns(pair: tuple[list[Bead], list[Bead]]) -> None:
    gold, system = pair
    counts = count_beads(gold, system)
    strict, lax, total = vecalign(system, gold)
    assert (counts.strict.right, counts.lax.right, counts.strict.predicted) == (strict, lax, total)
    pairs = [[bead for bead in side if not bead.is_null] for side in pair]
    strict, lax, total = vecalign(pairs[0], pairs[1])
    assert (counts.strict.found, counts.lax.found, counts.strict.gold) == (strict, lax, total)


@given(alignments())
def test_links_are_pairs_of_sentences_as_sets(pair: tuple[list[Bead], list[Bead]]) -> None:
    links = [{(s, t) for bead in side for s in bead.source for t in bead.target} for side in pair]
    score = count_beads(*pair).characters
    assert score.numbers == (
        len(links[0] & links[1]),
        len(links[1]),
        len(links[0] & links[1]),
        len(links[0]),
    )


@given(alignments())
def test_bounds_and_sums(pair: tuple[list[Bead], list[Bead]]) -> None:
    counts = count_beads(*pair)
    for score in counts.scores.values():
        assert 0 <= score.right <= score.predicted
        assert 0 <= score.found <= score.gold
        assert 0 <= score.f1 <= max(score.precision, score.recall) + 1e-12 <= 1 + 1e-12
    assert counts.strict.right <= counts.lax.right
    assert sum(score.predicted for score in counts.types.values()) == counts.strict.predicted
    assert sum(score.right for score in counts.types.values()) == counts.strict.right
    assert counts + Counts() == Counts() + counts == counts


@given(alignments())
def test_order_does_not_matter(pair: tuple[list[Bead], list[Bead]]) -> None:
    again = [sorted(side, key=lambda bead: (bead.target, bead.source)) for side in pair]
    assert count_beads(*pair) == count_beads(*again)


@given(alignments())
def test_gold_against_itself_is_perfect(pair: tuple[list[Bead], list[Bead]]) -> None:
    gold, _ = pair
    counts = count_beads(gold, gold)
    for score in counts.scores.values():
        assert (score.right, score.found) == (score.predicted, score.gold)
    if any(not bead.is_null for bead in gold):
        assert {score.f1 for score in counts.scores.values()} == {1.0}


def test_by_type() -> None:
    counts = count_beads(beads("0-0 1-1 2-2,3 3-"), beads("0-0 1,2-1,2,3 3-"))
    assert counts.types == {
        "1-1": Score(1, 1, 1, 2),
        "1-2": Score(0, 0, 0, 1),
        "2-3": Score(0, 1, 0, 0),
        "1-0": Score(1, 1, 1, 1),
    }


def test_characters_weigh_beads_by_their_text() -> None:
    gold = reference("0-0 1-1", ["甲 乙", "丙"], ["abc", "d e"])
    (whole,) = claims = [Claim((Span(0, 3),), (Span(0, 5),), "2-2")]
    score = judge(gold.claims, claims).counts.characters
    assert whole.links == 15
    assert score.numbers == (2 * 3 + 1 * 2, 15, 8, 8)


def test_own_sentences_make_nulls_divisible() -> None:
    gold = reference("0-0 1,2- -1")
    half = [Claim((Span(0, 1),), (Span(0, 1),), "1-1"), Claim((Span(2, 3),), (), "1-0")]
    strictly = judge(gold.claims, half)
    assert [judged.verdict for judged in strictly.system] == [Verdict.RIGHT, Verdict.WRONG]
    assert [judged.verdict for judged in strictly.gold][1:] == [Verdict.WRONG, Verdict.WRONG]
    freely = judge(gold.claims, half, own_sentences=True)
    assert [judged.verdict for judged in freely.system] == [Verdict.RIGHT, Verdict.RIGHT]
    assert {judged.verdict for judged in freely.gold} == {Verdict.RIGHT}


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6))), st.integers(0, 30))
def test_stretches_are_sets_of_places(spans: list[tuple[int, int]], start: int) -> None:
    stretch = merged(Span(a, a + n) for a, n in spans)
    places = {k for a, n in spans for k in range(a, a + n)}
    assert length(stretch) == len(places)
    assert shared(stretch, (Span(start, start + 5),)) == len(places & set(range(start, start + 5)))
    assert all(a.end < b.start for a, b in pairwise(stretch))

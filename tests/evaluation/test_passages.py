"""Cutting documents where alignments agree, and naming what differs between."""

from __future__ import annotations

import pytest
from hypothesis import given
from made import alignments, beads, reference

from aligner.evaluation import Counts, judge, place_beads
from aligner.evaluation.error_types import Kind, kind_of
from aligner.evaluation.passages import passages
from aligner.types import Bead


@given(alignments(), alignments())
def test_passages_hold_everything_once_and_share_nothing(
    pair: tuple[list[Bead], list[Bead]], other: tuple[list[Bead], list[Bead]]
) -> None:
    made = [side for side in (*pair, other[0]) if side]
    if len(made) < 2:
        return
    text = " ".join(
        f"{','.join(map(str, b.source))}-{','.join(map(str, b.target))}" for b in made[0]
    )
    gold = reference(text, ["x"] * 12, ["y"] * 12)
    judgements = [judge(gold.claims, place_beads(gold, system).claims) for system in made[1:]]
    found = passages(judgements)
    for k, judgement in enumerate(judgements):
        assert sum((p[k].counts for p in found), Counts()) == judgement.counts
    for side in ("source", "target"):
        places: set[int] = set()
        for passage in found:
            mine = {
                place
                for part in passage
                for judged in (*part.gold, *part.system)
                for span in getattr(judged.claim, side)
                for place in range(*span)
            }
            assert not places & mine
            places |= mine


@pytest.mark.parametrize(
    ("gold", "system", "kinds"),
    [
        ("0-0 1-1 2-2", "0-0 1-1 2-2", []),
        ("0-0 1-1 2-2", "0,1-0,1 2-2", [Kind.MERGED]),
        ("0,1-0,1 2-2", "0-0 1-1 2-2", [Kind.SPLIT]),
        ("0-0 1- 2-1", "0-0 1,2-1", [Kind.NULL_MISSED]),
        ("0-0 1,2-1", "0-0 1- 2-1", [Kind.NULL_INVENTED]),
        ("0-0 1,2-1", "0,1-0 2-1", [Kind.BORDERS]),
        ("0-0 1-1", "1-1", [Kind.MISSING]),
        ("0-0 1-1 2-2 3-3", "0,1-0,1 2-2 3-", [Kind.MERGED, Kind.NULL_INVENTED]),
        ("0-0 2-2", "0-0 1-1 2-2", [Kind.FOREIGN]),
    ],
)
def test_kinds_of_errors(gold: str, system: str, kinds: list[Kind]) -> None:
    made = reference(gold)
    found = passages([judge(made.claims, place_beads(made, beads(system)).claims)])
    told = [kind_of(passage) for (passage,) in found]
    assert [kind for kind in told if kind] == kinds

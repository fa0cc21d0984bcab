"""Scores, against counts made by hand after Vecalign's definition."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import FormatError
from aligner.evaluation import Counts, count_beads, count_note, read_note_gold
from aligner.types import Alignment, Bead, Sentence, Span


def beads(text: str) -> list[Bead]:
    """`0-0 1-1,2 3-` as beads."""
    sides = [pair.split("-") for pair in text.split()]
    return [
        Bead(*(tuple(int(n) for n in side.split(",") if n) for side in pair))  # type: ignore[arg-type]
        for pair in sides
    ]


CASES = [
    # gold, system, strict precision, strict recall, lax precision, lax recall
    ("0-0 1-1", "0-0 1-1", 1, 1, 1, 1),
    ("0-0 1-1,2", "0-0 1-1 -2", 1 / 3, 1 / 2, 2 / 3, 1),
    ("0-0 1- 2-1", "0-0 1- 2-1", 1, 1, 1, 1),
    ("0-0 1- 2-1", "0-0 1,2-1", 1 / 2, 1 / 2, 1, 1),
    ("0-0 1-1", "0-1 1-0", 0, 0, 0, 0),
    ("0-0", "", 0, 0, 0, 0),
]


@pytest.mark.parametrize(("gold", "system", "sp", "sr", "lp", "lr"), CASES)
def test_counts(gold: str, system: str, sp: float, sr: float, lp: float, lr: float) -> None:
    counts = count_beads(beads(gold), beads(system))
    assert (counts.strict.precision, counts.strict.recall) == pytest.approx((sp, sr))
    assert (counts.lax.precision, counts.lax.recall) == pytest.approx((lp, lr))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=20))
def test_gold_against_itself_is_perfect(sizes: list[tuple[int, int]]) -> None:
    i = j = 0
    made = []
    for m, n in sizes:
        made.append(Bead(tuple(range(i, i + m)), tuple(range(j, j + n))))
        i, j = i + m, j + n
    counts = count_beads(made, made)
    assert counts.predicted == counts.predicted_strict
    assert counts.gold == counts.gold_strict == counts.gold_lax
    assert counts + Counts() == counts


NOTE = "Head\n甲乙。丙。\n\nA B.  C.\nOnly English. And more.\n"


def write_gold(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    header = {"document": "note.txt", "source_lang": "zh", "target_lang": "en"}
    path.write_text("\n".join(json.dumps(row) for row in [header, *rows]), "utf-8")
    return path


def item(text: str, start: int | None = None) -> dict[str, object]:
    start = NOTE.index(text) if start is None else start
    return {"start": start, "end": start + len(text), "text": text}


ROWS = [
    {"kind": "optional", "source": [], "target": [item("Head")]},
    {"kind": "pair", "source": [item("甲乙。")], "target": [item("A B.")]},
    {"kind": "pair", "source": [item("丙。", start=0)], "target": [item("C.")]},
    {"kind": "null", "source": [], "target": [item("Only English. And more.")]},
]


def sentence(text: str) -> Sentence:
    start = NOTE.index(text)
    return Sentence(text, "", Span(start, start + len(text)), 1, 1)


def align(source: list[str], target: list[str], made: str) -> Alignment:
    return Alignment(
        tuple(map(sentence, source)), tuple(map(sentence, target)), tuple(beads(made)), "zh", "en"
    )


def test_note_gold_is_by_characters_and_finds_moved_quotations(tmp_path: Path) -> None:
    gold = read_note_gold(write_gold(tmp_path / "g.jsonl", ROWS), NOTE)
    assert gold.beads[2].source == (Span(NOTE.index("丙"), NOTE.index("丙") + 2),)
    english = ["A B.", "C.", "Only English.", "And more."]
    right = count_note(gold, align(["甲乙。", "丙。"], english, "0-0 1-1 -2 -3"))
    assert (right.strict.f1, right.predicted, right.gold) == (1.0, 4, 2)
    # A splitter that cuts otherwise is right where the beads cover the same text.
    finer = count_note(gold, align(["甲", "乙。", "丙。"], english, "0,1-0 2-1"))
    assert finer.strict.f1 == 1.0
    merged = count_note(gold, align(["甲乙。", "丙。"], english, "0,1-0,1 -2 -3"))
    assert (merged.strict.recall, merged.lax.recall) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"kind": "pair", "source": [item("甲乙。")]}, "line 2"),
        ({"kind": "what", "source": [], "target": []}, "kind"),
        (
            {"kind": "null", "source": [{"start": 0, "end": 1, "text": "没有"}], "target": []},
            "once",
        ),
    ],
)
def test_broken_gold(tmp_path: Path, row: dict[str, object], told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read_note_gold(write_gold(tmp_path / "g.jsonl", [row]), NOTE)

"""The gold of notes: spans and quotations."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from made import beads

from aligner.document import Span
from aligner.errors import FormatError
from aligner.evaluation import (
    Counts,
    Reference,
    judge,
    note_reference,
    place_alignment,
    read_note_gold,
)
from aligner.types import Alignment, Sentence

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


@pytest.fixture
def gold(tmp_path: Path) -> Reference:
    return note_reference(read_note_gold(write_gold(tmp_path / "g.jsonl", ROWS)), NOTE)


def counts(gold: Reference, alignment: Alignment) -> Counts:
    prediction = place_alignment(gold, alignment)
    return judge(gold.claims, prediction.claims, prediction.own_sentences).counts


ENGLISH = ["A B.", "C.", "Only English.", "And more."]


def test_gold_finds_moved_quotations(gold: Reference) -> None:
    assert gold.source.texts == ("甲乙。", "丙。")
    assert gold.source.offsets == tuple(NOTE.index("甲") + k for k in range(5))


def test_a_note_is_judged_by_characters(gold: Reference) -> None:
    right = counts(gold, align(["甲乙。", "丙。"], ENGLISH, "0-0 1-1 -2 -3"))
    assert (right.strict.f1, right.strict.predicted, right.strict.gold) == (1.0, 4, 2)
    # A splitter that cuts otherwise is right where the beads cover the same text.
    finer = counts(gold, align(["甲", "乙。", "丙。"], ENGLISH, "0,1-0 2-1"))
    assert finer.strict.f1 == finer.pairs.f1 == finer.characters.f1 == 1.0
    merged = counts(gold, align(["甲乙。", "丙。"], ENGLISH, "0,1-0,1 -2 -3"))
    assert (merged.strict.recall, merged.lax.recall) == (0.0, 1.0)
    assert merged.characters.numbers == (3 * 3 + 2 * 2, 5 * 5, 13, 13)


def test_what_is_optional_counts_neither_way(gold: Reference) -> None:
    found = counts(gold, align(["甲乙。", "丙。"], ["Head", *ENGLISH], "-0 0-1 1-2 -3 -4"))
    missed = counts(gold, align(["甲乙。", "丙。"], ENGLISH, "0-0 1-1 -2 -3"))
    assert found == missed


def test_text_of_the_wrong_side_is_wrong(gold: Reference) -> None:
    wrong = counts(gold, align(["Head", "丙。"], ENGLISH, "0-0 1-1"))
    assert wrong.strict.right == 1
    assert wrong.characters.numbers == (4, 4 * 3 + 4, 4, 13)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"kind": "pair", "source": [item("甲乙。")]}], "line 2: not a gold bead"),
        ([{"kind": "what", "source": [], "target": []}], "line 2: kind"),
        ([{"kind": "pair", "source": [item("甲乙。")], "target": []}], "line 2: a pair has"),
        ([{"kind": "null", "source": [], "target": []}], "line 2: a pair has"),
        ([{**ROWS[1], "kind": "null"}], "line 2: a pair has"),
        ([ROWS[1], {**ROWS[3], "source": [item("乙。")], "kind": "pair"}], "3: shares .* line 2"),
        (
            [{"kind": "null", "source": [{"start": 0, "end": 1, "text": "没有"}], "target": []}],
            "line 2: .*once",
        ),
        ([{"kind": "null", "source": [{"start": 3, "end": 3, "text": ""}], "target": []}], "once"),
        ([{"kind": "null", "source": [{"start": "x", "end": 3, "text": "C"}], "target": []}], "2"),
        ([], "has no beads"),
    ],
)
def test_broken_gold(tmp_path: Path, rows: list[dict[str, object]], told: str) -> None:
    gold = read_note_gold(write_gold(tmp_path / "g.jsonl", rows))
    with pytest.raises(FormatError, match=told):
        note_reference(gold, NOTE)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is empty"),
        ("{}", "line 1: .*'document'"),
        ("[1]", "line 1: not a JSON object"),
        ('{"type": "document"}', "GOLD SYSTEM"),
        ("{\n", "line 1: not JSON"),
        ("[" * 100_000, "line 1: not JSON"),
        ('{"document": ' + "9" * 5000 + "}", "line 1: not JSON"),
    ],
)
def test_what_is_no_gold(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "g.jsonl").write_text(content)
    with pytest.raises(FormatError, match=told):
        read_note_gold(tmp_path / "g.jsonl")

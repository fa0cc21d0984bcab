"""Analyses of new documents, and the documents pre-translated."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.align import Aligner
from aligner.errors import FormatError, LanguageError
from aligner.memory import read_tmx, write_tmx
from aligner.memory.leverage.analysis import BANDS, EXACT, KINDS, NEAR, NEW, REPETITION, analysis
from aligner.memory.leverage.lookup import leverage
from aligner.memory.leverage.pretranslation import save_pretranslated
from aligner.memory.store.files import import_files
from aligner.memory.xliff import read_xliff
from aligner.types import TranslationUnit
from aligner.vectors import Encoder

PAIRS = [
    (
        "中国高度重视儿童保护工作。",
        "China attaches great importance to the protection of children.",
    ),
    ("谢谢各位代表。", "I thank all delegates."),
    ("下列人员出席了在日内瓦举行的会议。", "These persons attended the meeting held at Geneva."),
]
# Words: 9, 9 (one replaced of 10 tokens), 4, 4, 5, 3.
NEW_TEXT = """China attaches great importance to the protection of children.

China attaches great weight to the protection of children.

We shall meet again tomorrow.

We shall meet again tomorrow.

I thank all of the delegates.

It rains.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_tmx(
        [
            TranslationUnit(*pair, "zh-CN", "en-US", properties=(("x-document", "old.txt"),))
            for pair in PAIRS
        ],
        tmp_path / "memory.tmx",
    )
    import_files(tmp_path / "memory.db", [tmp_path / "memory.tmx"])
    (tmp_path / "new.txt").write_text(NEW_TEXT, "utf-8")
    return tmp_path


@pytest.mark.parametrize("memory", ["memory.tmx", "memory.db"])
def test_analysis(folder: Path, memory: str) -> None:
    segments = leverage(folder / memory, [folder / "new.txt"])
    assert [s.kind for s in segments] == [EXACT, "85-94%", NEW, REPETITION, "50-74%", NEW]
    rows = {row.kind: row for row in analysis(segments)}
    assert list(rows) == [*KINDS, "all"]
    assert rows["85-94%"].segments == 1
    assert [rows[kind].words for kind in (EXACT, "85-94%", REPETITION, "all")] == [9, 9, 5, 36]
    assert rows["all"].characters == sum(not c.isspace() for c in NEW_TEXT)
    assert sum(row.words for kind, row in rows.items() if kind != "all") == rows["all"].words
    assert rows["all"].share == 1
    assert sum(rows[kind].share for kind in KINDS) == pytest.approx(1)


def test_bands_are_those_of_cat_tools() -> None:
    assert [name for name, _ in BANDS] == ["95-99%", "85-94%", "75-84%", "50-74%"]
    assert all(name.startswith(f"{least * 100:.0f}") for name, least in BANDS)


def test_chinese_and_repetitions_between_documents(folder: Path) -> None:
    (folder / "a.txt").write_text("谢谢各位代表。\n\n今天下雨了，很冷。\n", "utf-8")
    (folder / "b.txt").write_text("今天下雨了，很冷。\n", "utf-8")
    segments = leverage(folder / "memory.db", [folder / "a.txt", folder / "b.txt"])
    assert [(s.document, s.kind) for s in segments] == [
        ("a.txt", EXACT),
        ("a.txt", NEW),
        ("b.txt", REPETITION),
    ]
    assert segments[0].match is not None
    assert segments[0].match.target == "I thank all delegates."
    assert segments[0].words == 6


def test_near_in_meaning(folder: Path, encoder: Encoder) -> None:
    (folder / "near.txt").write_text("Child protection is very important to China.\n", "utf-8")
    (segment,) = leverage(
        folder / "memory.db", [folder / "near.txt"], meaning=True, aligner=Aligner(encoder=encoder)
    )
    assert segment.kind == NEAR
    assert segment.match is not None
    assert segment.match.target == PAIRS[0][0]
    (plain,) = leverage(folder / "memory.db", [folder / "near.txt"])
    assert plain.kind == NEW


def test_pretranslated_tmx(folder: Path) -> None:
    segments = leverage(folder / "memory.db", [folder / "new.txt"])
    save_pretranslated(segments, folder / "out.tmx", 0.75)
    units = list(read_tmx(folder / "out.tmx"))
    assert [(u.source, u.target, u.property("x-match")) for u in units] == [
        (PAIRS[0][1], PAIRS[0][0], "100"),
        (PAIRS[0][1].replace("importance", "weight"), PAIRS[0][0], "90"),
    ]
    assert (units[0].source_lang, units[0].target_lang) == ("en-US", "zh-CN")
    assert units[1].property("x-match-text") == PAIRS[0][1]
    assert units[1].property("x-document") == "new.txt"
    assert units[1].property("x-match-document") == "old.txt"
    with pytest.raises(FormatError, match="no sentence has a match of 95%"):
        save_pretranslated(segments[2:], folder / "none.tmx", 0.95)
    assert not (folder / "none.tmx").exists()


def test_pretranslated_table_and_xliff_have_all_sentences(folder: Path) -> None:
    segments = leverage(folder / "memory.db", [folder / "new.txt"])
    save_pretranslated(segments, folder / "out.tsv", 0.75)
    rows = [line.split("\t") for line in (folder / "out.tsv").read_text("utf-8").splitlines()]
    assert [row[3] for row in rows[1:]] == [s.sentence.text for s in segments]
    assert rows[2][1:3] == ["85-94%", "90"]
    assert {len(row) for row in rows} == {7}
    save_pretranslated(segments, folder / "out.xliff", 0.75)
    text = (folder / "out.xliff").read_text("utf-8")
    assert text.count("<segment ") == len(segments)
    assert text.count("<mtc:match ") == 3
    assert [unit.target for unit in read_xliff(folder / "out.xliff")] == [PAIRS[0][0]] * 2
    save_pretranslated(segments, folder / "out.xlf.gz", 0.75)
    assert [*read_xliff(folder / "out.xlf.gz")] == [*read_xliff(folder / "out.xliff")]


def test_refusals(folder: Path) -> None:
    with pytest.raises(FormatError, match="unknown file ending; the endings are"):
        save_pretranslated([], folder / "out.docx", 0.75)
    (folder / "ru.txt").write_text("Дождь идёт.\n", "utf-8")
    with pytest.raises(LanguageError):
        leverage(folder / "memory.db", [folder / "ru.txt"])

"""`aligner tm import`, `search`, `documents`, `history`, `remove`, `export` and `leverage`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.memory import read_tmx, write_tmx
from aligner.memory.store import open_memory
from aligner.types import TranslationUnit
from notes import NOTES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def aligned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("aligned")
    for note in NOTES:
        for ending in ("tmx", "jsonl", "tmx.gz"):
            assert main(["align", str(note), "-q", "-o", str(place / f"{note.stem}.{ending}")]) == 0
    return place


@pytest.fixture
def memory(aligned: Path, tmp_path: Path) -> str:
    place = str(tmp_path / "m.db")
    assert main(["tm", "import", place, *map(str, sorted(aligned.glob("*.tmx")))]) == 0
    return place


def test_import_and_search(memory: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["tm", "search", memory, "劳动保障"]) == 0
    printed = capsys.readouterr().out
    assert "《**劳动保障**监察条例》" in printed
    assert "Regulation on Labour Security Supervision" in printed
    assert "note-GJ-26-2021.txt  GJ/26/2021  page 1/1  confidence" in printed
    assert main(["tm", "search", memory, "labour child", "-q"]) == 0
    assert not capsys.readouterr().out
    assert main(["tm", "search", memory, "labour", "child", "-q"]) == 0
    assert capsys.readouterr().out
    assert main(["tm", "search", memory, '"child labour"', "童工", "--json", "-n", "1"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)
    ((start, end), *_) = hit["source_marks"]
    assert hit["source"][start:end] == "童工"
    assert hit["occurrences"][0]["properties"]["x-reference"] == "GJ/26/2021"


def test_an_empty_memory_finds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "m.db"
    with open_memory(place, create=True):
        pass
    assert main(["tm", "search", str(place), "劳动"]) == 0
    assert capsys.readouterr().err == "nothing found\n"


def test_what_is_taken_for_something_else_is_told_in_a_line(
    aligned: Path, memory: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmx = str(aligned / f"{NOTES[0].stem}.tmx")
    text = tmp_path / "corpus.zh"
    text.write_text("你好。\n", "utf-8")
    for arguments, told in (
        (["search", memory, "--language", "fr", "劳动"], "the memory has zh-CN, en-GB"),
        (
            ["search", tmx, "劳动"],
            f"a TMX memory, not a memory database; create one: aligner tm import memory.db {tmx}",
        ),
        (["import", tmx, memory], "not a memory database"),
        (["import", memory, str(text)], "are converted: aligner tm convert"),
        (["validate", memory], f"create one: aligner tm export {memory}"),
    ):
        capsys.readouterr()
        assert main(["tm", *arguments]) == 3
        captured = capsys.readouterr()
        assert (captured.out, captured.err.count("\n")) == ("", 1)
        assert told in captured.err


@pytest.mark.parametrize("ending", ["tmx", "jsonl", "tmx.gz"])
def test_the_same_note_adds_nothing_from_any_of_its_files(
    aligned: Path, memory: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for note in NOTES:
        assert main(["tm", "import", memory, str(aligned / f"{note.stem}.{ending}")]) == 0
        assert "added" not in capsys.readouterr().err
    assert main(["tm", "history", memory]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_export_gives_back_what_went_in(aligned: Path, memory: str, tmp_path: Path) -> None:
    assert main(["tm", "export", memory, "-o", str(tmp_path / "x.tmx")]) == 0
    units = [u for path in sorted(aligned.glob("*.tmx")) for u in read_tmx(path)]
    assert list(read_tmx(tmp_path / "x.tmx")) == units
    assert main(["tm", "export", memory, "-o", str(tmp_path / "y.tmx"), "--document", "2021"]) == 0
    assert {u.property("x-reference") for u in read_tmx(tmp_path / "y.tmx")} == {"GJ/26/2021"}


def test_a_correction_and_its_history(
    aligned: Path, memory: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = list(read_tmx(aligned / "note-GJ-26-2021.tmx"))
    old = units[2]
    corrected = TranslationUnit(
        old.source, "A better one.", old.source_lang, old.target_lang, properties=old.properties
    )
    write_tmx([*units[:2], corrected, *units[3:]], tmp_path / "corrected.tmx")
    capsys.readouterr()
    assert main(["tm", "import", memory, str(tmp_path / "corrected.tmx")]) == 0
    assert capsys.readouterr().err == "1 added, 1 removed, 16 unchanged; documents: 1\n"
    assert main(["tm", "history", memory, "GJ/26"]) == 0
    printed = capsys.readouterr().out
    assert f"  - {old.source}\n    {old.target}\n  + {old.source}\n    A better one.\n" in printed
    assert main(["tm", "search", memory, "--history", f'"{old.target}"']) == 0
    assert "replaced 20" in capsys.readouterr().out
    assert main(["tm", "history", memory, "--json"]) == 0
    assert [change["added"] for change in json.loads(capsys.readouterr().out)] == [36, 1]
    assert main(["tm", "history", memory, "GJ/26", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["after"]["target"] == "A better one."


def test_documents_and_remove(memory: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["tm", "documents", memory]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["19", "17"]
    assert main(["tm", "remove", memory, "GJ/26/2021"]) == 0
    assert main(["tm", "documents", memory, "--json"]) == 0
    (left,) = json.loads(capsys.readouterr().out)
    assert left["units"] == 19
    assert main(["tm", "search", memory, "童工"]) == 0
    assert capsys.readouterr().err.endswith("nothing found\n")


def test_fuzzy_and_meaning(memory: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    query = "畅通劳动者举报渠道，开展专项执法行动，广泛宣传劳动保障法规。"
    assert main(["tm", "search", memory, "--fuzzy", query, "-n", "1"]) == 0
    assert "1.  88%  note" in capsys.readouterr().out
    assert main(["tm", "search", memory, "--meaning", "protecting minors online", "-n", "1"]) == 0
    assert "儿童保护" in capsys.readouterr().out


def test_leverage(memory: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = str(NOTES[0])
    out = str(tmp_path / "x.xliff")
    assert main(["tm", "leverage", memory, note, "--source-lang", "zh", "-o", out]) == 0
    table = capsys.readouterr().out.splitlines()
    assert table[1].startswith("100%                    19")
    assert table[-1].startswith("all                     19")
    assert main(["tm", "leverage", memory, note, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[-1]["share"] == 1


def test_other_commands_take_a_memory_for_a_file(
    memory: str, aligned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tm", "import", str(tmp_path / "copy.db"), memory]) == 0
    assert main(["tm", "convert", memory, "-o", str(tmp_path / "x.tmx")]) == 0
    files = map(str, sorted(aligned.glob("*.tmx")))
    assert main(["tm", "merge", *files, "-o", str(tmp_path / "y.tmx")]) == 0
    assert list(read_tmx(tmp_path / "x.tmx")) == list(read_tmx(tmp_path / "y.tmx"))
    capsys.readouterr()
    assert main(["tm", "stats", memory]) == 0
    assert "36" in capsys.readouterr().out
    assert main(["tm", "diff", memory, str(tmp_path / "copy.db")]) == 0


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (["search", "none.db", "x"], 3, "no such memory"),
        (["search", "m.db", "?"], 2, "nothing to search for"),
        (["search", "m.db", " ", "--meaning"], 2, "nothing to search for"),
        (["search", "m.db", "x", "--document", "other"], 3, "no such document"),
        (["search", "m.db", "x", "--fuzzy", "--meaning"], 2, "choose one"),
        (["search", "broken.tmx", "x"], 3, "not a memory database"),
        (["import", "m.db", "none.tmx"], 3, "none.tmx"),
        (["import", "m.db", "good.tmx", "broken.tmx"], 3, "broken.tmx: line 1"),
        (["import", "new.db", "none.tmx"], 3, "none.tmx"),
        (["import", "broken.tmx", "good.tmx"], 3, "not a memory database"),
        (["import", "m.db", "note.docx"], 3, "note.docx"),
        (["remove", "m.db", "GJ"], 3, "not the full name"),
        (["export", "m.db", "-o", "none/x.tmx"], 3, "no such folder"),
        (["export", "m.db", "-o", "m.db"], 2, "are the same file"),
        (["leverage", "good.tmx", "good.tmx", "-o", "good.tmx"], 2, "are the same file"),
        (["leverage", "m.db", "none.txt"], 3, "none.txt"),
        (["leverage", "m.db", "good.tmx", "-o", "x.docx"], 3, "the endings are"),
        (["leverage", "broken.tmx", "good.tmx"], 3, "broken.tmx"),
    ],
)
def test_refusals(
    memory: str,
    aligned: Path,
    arguments: list[str],
    status: int,
    problem: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(Path(memory).parent)
    good = (aligned / "note-GJ-26-2021.tmx").read_text("utf-8").replace("GJ/26", "X/99")
    Path("good.tmx").write_text(good, "utf-8")
    Path("broken.tmx").write_text('<tmx version="1.4"><header srclang="zh"/><body><tu', "utf-8")
    capsys.readouterr()
    assert main(["tm", *arguments]) == status
    error = capsys.readouterr().err
    assert problem in error
    assert error.count("\n") == 1
    assert not Path("new.db").exists()
    assert main(["tm", "history", "m.db"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_searching_words_loads_nothing_heavy(memory: str) -> None:
    call = f"main(['tm', 'search', {memory!r}, '劳动保障'])"
    code = f"import sys; from aligner.cli import main; {call}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"numpy", "jieba", "sentencepiece", "torch", "lxml"}

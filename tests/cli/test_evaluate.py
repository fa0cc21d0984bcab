"""`aligner evaluate`: files found by name, figures in three forms, one line for what is wrong."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

import aligner
from aligner.cli import main
from notes import GOLD, NOTES, ROOT

pytestmark = pytest.mark.slow

ZH = "你好，世界。\n今天天气很好。\n我们去公园吧。\n再见。\n"
EN = "Hello, world.\nIt is fine today.\nLet us go to the park.\nGoodbye.\n"
RIGHT = "[0]:[0]\n[1]:[1]\n[2]:[2]\n[3]:[3]\n"
WORSE = "[0]:[0]:0.9\n[1, 2]:[1, 2]:0.6\n[3]:[]:0.2\n[]:[3]:0.2\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Six documents with gold and texts in one folder, two systems in others."""
    for number in range(6):
        for folder, beads in (("gold", RIGHT), ("one", RIGHT), ("other", WORSE)):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"{number:03}.beads").write_text(beads)
        (tmp_path / "gold" / f"{number:03}.zh").write_text(ZH, "utf-8")
        (tmp_path / "gold" / f"{number:03}.en").write_text(EN, "utf-8")
    return tmp_path


def test_the_docs_show_what_is_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/evaluation.md").read_text("utf-8")
    sessions = re.findall(r"```console\n(.*?)```", text, re.S)
    for session in sessions:
        for command, shown in re.findall(r"^\$ aligner (.*)\n((?:(?!\$ ).*\n)*)", session, re.M):
            assert main(shlex.split(command)) == 0
            printed = capsys.readouterr().out
            for part in shown.split("...\n"):
                assert part in printed
    assert (tmp_path / "report.html").exists()
    (example,) = re.findall(r"```python\n(.*?)```", text, re.S)
    exec(example, {})  # noqa: S102
    assert capsys.readouterr().out == "aligner, use-multilingual-v3 1.0 (1.0, 1.0)\n"


def result(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Any:
    assert main(["evaluate", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], status: int, *words: str | Path) -> str:
    assert main(["evaluate", *map(str, words)]) == status
    captured = capsys.readouterr()
    assert not captured.out
    assert captured.err.count("\n") == 1
    return captured.err


def test_both_notes_are_aligned_without_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    (system,) = result(capsys, GOLD)["systems"]
    for score in system["scores"].values():
        assert (score["precision"], score["recall"], score["f1"]) == (1.0, 1.0, 1.0)
    assert system["scores"]["strict"]["gold"] == 34
    assert not system["errors"]
    assert "model:use-multilingual-v3|weights:" in system["signature"]


@pytest.mark.parametrize("form", ["tmx", "jsonl"])
def test_notes_are_judged_from_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    for note in NOTES:
        assert main(["align", str(note), "-q", "-o", str(tmp_path / f"{note.stem}.{form}")]) == 0
    (system,) = result(capsys, GOLD, tmp_path)["systems"]
    names = {"pairs", "characters"} if form == "tmx" else {"strict", "lax", "pairs", "characters"}
    assert set(system["scores"]) == names
    assert {score["f1"] for score in system["scores"].values()} == {1.0}
    assert "model:use-multilingual-v3" in system["signature"]


def test_systems_side_by_side(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    found = result(capsys, corpus / "gold", corpus / "one", corpus / "other")
    one, other = found["systems"]
    assert one["scores"]["strict"]["f1"] == 1.0
    assert other["scores"]["strict"]["precision"] == 1 / 4
    assert other["scores"]["strict"]["interval"]["f1"] == [0.25, 0.25]
    assert other["errors"] == {"merged": 6, "missing counterpart": 6}
    strict = other["comparisons"][0]
    assert (strict["score"], strict["difference"]) == ("strict", -0.75)
    assert 0.02 < strict["p"] < 0.05
    assert found["resampling"]["unit"] == "documents"
    assert one["calibration"] is None
    assert other["calibration"]["beads"] == 24
    assert found["documents"][5]["systems"][1]["errors"][0]["gold"][0]["source"] == [
        "今天天气很好。"
    ]


def test_the_table(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    assert main(["evaluate", *(str(corpus / name) for name in ("gold", "one", "other"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "gold: 6 documents, 24 pairs, 0 nulls"
    row = next(line.split() for line in lines if line.split()[:1] == ["other"])
    assert row[:4] == ["other", "0.250", "0.250", "0.250"]
    assert any(line.startswith("signature: gold:") for line in lines)


def test_the_signature_tells_data_apart(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    def signatures(*names: str) -> list[str]:
        found = result(capsys, *(corpus / name for name in names))
        return [found["signature"], found["systems"][0]["signature"]]

    before = signatures("gold", "one")
    assert signatures("gold", "one") == before
    assert signatures("gold", "other")[0] == before[0]
    assert signatures("gold", "other")[1] != before[1]
    (corpus / "gold/000.beads").write_text("[0, 1]:[0, 1]\n[2]:[2]\n[3]:[3]\n")
    assert signatures("gold", "one")[0] != before[0]


def test_gold_with_its_texts_is_aligned(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    found = result(capsys, corpus / "gold/000.beads")
    assert found["systems"][0]["scores"]["strict"]["f1"] == 1.0
    assert found["resampling"]["unit"] == "passages"


def test_texts_from_elsewhere(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    (corpus / "texts").mkdir()
    for path in [*(corpus / "gold").glob("*.zh"), *(corpus / "gold").glob("*.en")]:
        path.rename(corpus / "texts" / path.name)
    without = result(capsys, corpus / "gold", corpus / "one")
    assert set(without["systems"][0]["scores"]) == {"strict", "lax"}
    assert any("without the sentences" in remark for remark in without["remarks"])
    folder = corpus / "texts"
    found = result(capsys, corpus / "gold", corpus / "one", "--source", folder, "--target", folder)
    assert set(found["systems"][0]["scores"]) == {"strict", "lax", "pairs", "characters"}
    one = (corpus / "gold/001.beads", corpus / "other/001.beads")
    texts = ("--source", folder / "001.zh", "--target", folder / "001.en")
    assert "characters" in result(capsys, *one, *texts)["systems"][0]["scores"]
    told = refused(capsys, 2, corpus / "gold", corpus / "one", *texts)
    assert "name folders" in told
    assert "must be given together" in refused(capsys, 2, *one, *texts[:2])


def test_segmented_alignments_in_every_form_agree(
    capsys: pytest.CaptureFixture[str], corpus: Path
) -> None:
    texts = [str(corpus / "gold" / f"000.{language}") for language in ("zh", "en")]
    for form in ("beads", "jsonl", "tmx"):
        out = str(corpus / f"x.{form}")
        assert main(["align", "--segmented", *texts, "-q", "-o", out]) == 0
    systems = [corpus / f"x.{form}" for form in ("beads", "jsonl", "tmx")]
    found = result(capsys, corpus / "gold/000.beads", *systems)["systems"]
    assert found[0]["scores"] == found[1]["scores"]
    assert found[1]["scores"]["pairs"] == found[2]["scores"]["pairs"]
    assert set(found[2]["scores"]) == {"pairs", "characters"}


def test_html(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    report = corpus / "report.html"
    words = [str(corpus / "gold/000.beads"), str(corpus / "other/000.beads"), "--html", str(report)]
    assert main(["evaluate", *words]) == 0
    assert "0.250" in capsys.readouterr().out
    text = report.read_text("utf-8")
    assert "data:image/png" in text
    assert "Let us go to the park." in text
    before = report.read_bytes()
    assert main(["evaluate", *words]) == 0
    assert report.read_bytes() == before


def test_an_older_report_is_kept(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    report = corpus / "report.html"
    report.write_text("older")
    (corpus / "bad.beads").write_text("oh\n")
    words = (corpus / "gold/000.beads", corpus / "bad.beads", "--html", report)
    assert "line 1" in refused(capsys, 3, *words)
    assert report.read_text() == "older"
    place = corpus / "none" / "x.html"
    assert "no such folder" in refused(capsys, 3, corpus / "gold", corpus / "one", "--html", place)


BROKEN = [
    ("[0]:[0]\n[0]:[1]\n", "line 2: source sentence 0 is already in line 1"),
    ("[0]:[0]\n[1]:[1]\n[0]:[0]\n", "line 3: source sentence 0 is already in line 1"),
    ("[0]:[0, 0]\n", "line 1: target sentence 0 is already in line 1"),
    ("[0]:[0]\n\n[1]:[4]\n", "line 3: target sentence 4, but the text has 4"),
    ("[0]:[0]\nhello\n", "line 2: not a bead"),
    ("[0]:[0]:1.2.3\n", "line 1: not a bead"),
    ("[0]:[99999999999999999999]\n", "line 1: not a bead"),
    ("[0 1]:[0]\n", "line 1: not a bead"),
]


@pytest.mark.parametrize(("content", "told"), BROKEN)
def test_broken_beads(
    capsys: pytest.CaptureFixture[str], corpus: Path, content: str, told: str
) -> None:
    bad = corpus / "gold/bad.beads"
    bad.write_text(content)
    shutil.copy(corpus / "gold/000.zh", corpus / "gold/bad.zh")
    shutil.copy(corpus / "gold/000.en", corpus / "gold/bad.en")
    assert f"bad.beads: {told}" in refused(capsys, 3, corpus / "gold/000.beads", bad)
    assert f"bad.beads: {told}" in refused(capsys, 3, bad, corpus / "one/000.beads")


def test_gold_that_holds_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    gold, system = tmp_path / "gold.beads", tmp_path / "system.beads"
    system.write_text(RIGHT)
    gold.write_text("\n")
    assert "has no beads" in refused(capsys, 3, gold, system)
    gold.write_text("[0]:[]\n[]:[0]\n")
    assert "has no pairs" in refused(capsys, 3, gold, system)
    gold.write_text(RIGHT)
    system.write_text("")
    found = result(capsys, gold, system)
    assert found["systems"][0]["scores"]["strict"]["f1"] == 0.0
    assert any("no beads in 1 document" in remark for remark in found["remarks"])


def test_a_system_that_lacks_documents(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    (corpus / "one/003.beads").unlink()
    assert "has no 003 to match" in refused(capsys, 3, corpus / "gold", corpus / "one")
    assert "is one file" in refused(capsys, 2, corpus / "gold", corpus / "one/001.beads")
    assert "no such file" in refused(capsys, 3, corpus / "gold", corpus / "two")
    assert "no such file" in refused(capsys, 3, corpus / "gilt", corpus / "one")
    (corpus / "empty").mkdir()
    assert "no gold files" in refused(capsys, 3, corpus / "empty", corpus / "one")


def test_gold_twice_for_one_document(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    (corpus / "gold/000.jsonl").write_text("{}\n")
    assert "gold for the same document" in refused(capsys, 3, corpus / "gold", corpus / "one")


def test_swapped_sides_are_noticed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    gold, system = tmp_path / "gold.beads", tmp_path / "system.beads"
    gold.write_text("[0]:[0, 1]\n[1]:[2]\n[2]:[3, 4]\n[3]:[5]\n")
    system.write_text("[0, 1]:[0]\n[2]:[1]\n[3, 4]:[2]\n[5]:[3]\n")
    assert "are swapped" in refused(capsys, 3, gold, system)
    (tmp_path / "gold.zh").write_text("一\n二\n三\n四\n", "utf-8")
    (tmp_path / "gold.en").write_text("a\nb\nc\nd\ne\nf\n")
    assert "swapped?" in refused(capsys, 3, gold, system)


def test_gold_and_system_in_the_wrong_order(
    capsys: pytest.CaptureFixture[str], corpus: Path, tmp_path: Path
) -> None:
    found = result(capsys, corpus / "other/000.beads", corpus / "gold/000.beads")
    assert any("GOLD SYSTEM" in remark for remark in found["remarks"])
    out = tmp_path / "note.jsonl"
    assert main(["align", str(NOTES[0]), "-q", "-o", str(out)]) == 0
    assert "GOLD SYSTEM" in refused(capsys, 3, out, GOLD / f"{NOTES[0].stem}.jsonl")
    memory = out.with_suffix(".tmx")
    assert main(["align", str(NOTES[0]), "-q", "-o", str(memory)]) == 0
    assert "GOLD SYSTEM" in refused(capsys, 3, memory, GOLD)


def test_costs_are_no_confidences(capsys: pytest.CaptureFixture[str], corpus: Path) -> None:
    costs = corpus / "costs.beads"
    costs.write_text("[0]:[0]:0.1\n[1, 2]:[1]:0.8\n[]:[2]:0.7\n[3]:[3]:0.2\n")
    found = result(capsys, corpus / "gold/000.beads", costs)
    assert any("costs" in remark for remark in found["remarks"])
    costs.write_text("[0]:[0]:0.1\n[1]:[1]:3\n[2]:[2]:nan\n[3]:[3]:0.2\n")
    found = result(capsys, corpus / "gold/000.beads", costs)
    assert found["systems"][0]["calibration"] is None
    assert any("costs" in remark for remark in found["remarks"])


def test_what_needs_texts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "gold.beads").write_text(RIGHT)
    (tmp_path / "x.tmx").write_text("<tmx/>")
    assert "--source" in refused(capsys, 2, tmp_path / "gold.beads", tmp_path / "x.tmx")
    assert "SYSTEM" in refused(capsys, 2, tmp_path / "gold.beads")
    gold = GOLD / f"{NOTES[0].stem}.jsonl"
    assert "JSON lines" in refused(capsys, 2, gold, tmp_path / "gold.beads")


def test_from_python(corpus: Path) -> None:
    evaluation = aligner.evaluate(corpus / "gold", [corpus / "one", corpus / "other"])
    strict = evaluation.systems[1].scores["strict"]
    assert (strict.precision, strict.recall, strict.f1) == (0.25, 0.25, 0.25)
    assert evaluation.systems[1].counts.types["2-2"].predicted == 6
    assert len(evaluation.documents[0].passages) == 3

"""`aligner segment` and `models`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.memory import read_tmx
from notes import NOTES, squeeze

pytestmark = pytest.mark.slow


def test_segment(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["segment", str(NOTES[-1])]) == 0
    lines = capsys.readouterr().out.splitlines()
    text = NOTES[-1].read_text("utf-8")
    languages = set()
    for line in lines:
        label, page, _, span, content = line.split("\t")
        start, end = map(int, span.split("-"))
        assert squeeze(text[start:end]) == squeeze(content)
        assert page == "1"
        languages.add(label)
    assert {"zh", "en"} < languages


def test_segment_words_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["segment", str(NOTES[-1]), "--words", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert any("劳动 保障 监察" in row["text"] for row in rows)
    assert any(row.get("left_out") == "reference number" for row in rows)


def test_what_a_document_says_of_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["segment", str(NOTES[-1]), "--info"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    facts = {name: (value, origin) for name, value, origin in rows if value}
    mission, origin = facts.pop("mission")
    assert mission.startswith("Permanent Mission of the People's Republic of China to")
    assert origin == "text"
    assert facts == {"reference": ("GJ/26/2021", "text"), "answers": ("AL CHN 3/2021", "text")}
    assert main(["segment", str(NOTES[-1]), "--info", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["reference"], found["date"]) == ("GJ/26/2021", "")
    assert found["origins"]["reference"] == "text"


def test_what_a_file_says_of_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.md"
    path.write_text(
        "---\ntitle: A reply\nauthor: [甲, B]\ndate: 2025-02-20\nlang: en-IE\n---\n\n"
        "We reply.\n\nBeijing, 1 May 2024\n\n我们答复。\n",
        "utf-8",
    )
    assert main(["segment", str(path), "--info"]) == 0
    shown = capsys.readouterr().out.splitlines()
    for name, value in (
        ("title", "A reply"),
        ("author", "甲, B"),
        ("date", "2025-02-20"),
        ("language", "en-IE"),
    ):
        assert f"{name}\t{value}\tfront matter" in shown
    out = tmp_path / "x.tmx"
    assert main(["align", str(path), "-o", str(out), "-q"]) == 0
    unit = next(read_tmx(out))
    assert (unit.target_lang, unit.created) == ("en-IE", "20250220T000000Z")
    for name, value in (("x-title", "A reply"), ("x-author", "甲, B"), ("x-date", "2025-02-20")):
        assert unit.property(name) == value


def test_clauses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.txt"
    path.write_text("双方应合作；各自负责。\n\nThey cooperate; each is responsible.\n", "utf-8")
    counts = []
    for flags in ([], ["--clauses"]):
        assert main(["segment", str(path), *flags]) == 0
        counts.append(len(capsys.readouterr().out.splitlines()))
    assert counts == [2, 4]
    out = tmp_path / "x.tsv"
    assert main(["align", str(path), "--clauses", "-o", str(out), "-q"]) == 0
    assert len(out.read_text("utf-8").splitlines()) == 3


def test_models(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list"]) == 0
    assert "use-multilingual-v3  (default)" in capsys.readouterr().out
    assert main(["models", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["name"], row["dimension"]) for row in rows] == [("use-multilingual-v3", 512)]
    assert main(["models", "info", "use-multilingual-v3"]) == 0
    assert "Apache-2.0" in capsys.readouterr().out
    assert main(["models", "info", "no-such-model"]) == 3
    assert capsys.readouterr().err.count("\n") == 1

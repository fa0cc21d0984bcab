"""`aligner segment` and `models`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.cli import main
from notes import NOTES, squeeze


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
    facts = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert facts["mission"].startswith("Permanent Mission of the People's Republic of China to")
    del facts["mission"]
    assert facts == {"reference": "GJ/26/2021", "answers": "AL CHN 3/2021", "date": "2021-03-30"}
    assert main(["segment", str(NOTES[-1]), "--info", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["date"] == facts["date"]


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
    assert [(row["dimension"], row["state"]) for row in rows] == [
        (512, "embedded"),
        (384, "exportable"),
    ]
    assert main(["models", "info", "use-multilingual-v3"]) == 0
    assert "Apache-2.0" in capsys.readouterr().out
    assert main(["models", "info", "no-such-model"]) == 3
    assert capsys.readouterr().err.count("\n") == 1

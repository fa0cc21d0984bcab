"""`aligner segment` and `models`."""

from __future__ import annotations

import json

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

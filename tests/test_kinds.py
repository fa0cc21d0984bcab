"""The format that a name ends in, asked in one way by all that read or write memories."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aligner.evaluation import evaluate
from aligner.kinds import named_format
from aligner.memory import read_tmx, save_units
from aligner.review import Session, is_document
from aligner.types import TranslationUnit
from notes import ROOT

UNIT = TranslationUnit("中国政府", "The Government", "zh-CN", "en", "1")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.tmx", "tmx"),
        ("A.TMX", "tmx"),
        ("a.tmx.gz", "tmx"),
        ("b/a.b.XLF.GZ", "xliff"),
        ("a.htm", "html"),
        ("a.doc", "doc"),
        ("a", ""),
        ("a.gz", ""),
        (".tmx", ""),
        ("-", ""),
    ],
)
def test_names(name: str, form: str) -> None:
    assert named_format(name) == named_format(Path(name)) == form


def test_a_packed_memory_is_reviewed(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx.gz"
    save_units([UNIT], path, "tmx")
    assert not is_document(path)
    session = Session(path)
    session.close()
    assert session.export("tmx").startswith(b"<?xml")
    assert [unit.source for unit in read_tmx(path)] == [UNIT.source]


def test_a_packed_memory_is_evaluated(tmp_path: Path) -> None:
    for name, text in (("a.zh", UNIT.source), ("a.en", UNIT.target), ("a.beads", "[0]:[0]:1")):
        (tmp_path / name).write_text(f"{text}\n", "utf-8")
    save_units([UNIT], tmp_path / "system.tmx.gz", "tmx")
    texts = (tmp_path / "a.zh", tmp_path / "a.en")
    found = evaluate(tmp_path / "a.beads", [tmp_path / "system.tmx.gz"], texts=texts)
    assert found.systems[0].counts.strict.f1 == 1


def test_no_second_table_of_endings() -> None:
    """Memories, evaluation and review parse no ending by themselves."""
    parsing = re.compile(r"\.suffix\.(?:lower|casefold|removeprefix)|_ENDINGS")
    for folder in ("memory", "evaluation", "review", "cli"):
        for path in (ROOT / "src/aligner" / folder).rglob("*.py"):
            assert not parsing.search(path.read_text("utf-8")), path

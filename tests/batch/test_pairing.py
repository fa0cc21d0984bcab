"""Loose files find their partners."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.align import Aligner, Settings
from aligner.batch import Status, find_files, pair_files, run_batch
from aligner.batch.names import pair_names
from batches import Here
from notes import NOTES, ROOT, parts

pytestmark = pytest.mark.slow

LANGUAGES = ("zh", "en")

PAIRED = [
    ("report_zh.txt", "report_en.txt"),
    ("zh/report.txt", "en/report.txt"),
    ("report.zh-CN.docx", "report.en-US.pdf"),
    ("Report ZH.txt", "report EN.txt"),
    ("2021/中文/照会 3.txt", "2021/英文/照会 3.txt"),
    ("照会3中文版.docx", "照会3英文版.docx"),
    ("note (Chinese).txt", "note (English).txt"),
    ("chinese/a/b.html", "english/a/b.html"),
    ("report.txt", "report_en.txt"),
    ("cn_12.txt", "eng-12.txt"),
    ("zh-en/zh/1.txt", "zh-en/en/1.txt"),
]


@pytest.mark.parametrize(("source", "target"), PAIRED)
def test_names_that_differ_by_their_language(source: str, target: str) -> None:
    others = ["bench.txt", "zhuhai.txt", "enclosure.txt", "chinook.txt"]
    for names in ([source, target, *others], [*others, target, source]):
        assert pair_names(names, LANGUAGES) == [(source, target)]


@pytest.mark.parametrize(
    "names",
    [
        ["a_zh.txt", "b_en.txt"],
        ["a_zh.txt", "a_cn.txt", "a_en.txt"],
        ["a.txt", "a.docx"],
        ["zh.txt"],
        ["zhao.txt", "eno.txt"],
    ],
)
def test_names_that_tell_nothing(names: list[str]) -> None:
    assert pair_names(names, LANGUAGES) == []


def test_one_format_goes_before_others() -> None:
    names = ["a_en.docx", "a_en.txt", "a_zh.docx", "a_zh.txt"]
    assert pair_names(names, LANGUAGES) == [("a_zh.docx", "a_en.docx"), ("a_zh.txt", "a_en.txt")]
    assert pair_names(["a_fr.txt", "a_german.txt"], ("de", "fr")) == [("a_german.txt", "a_fr.txt")]


@given(st.lists(st.text("ab_-. zhenc/", min_size=1, max_size=9), unique=True, max_size=8))
def test_no_file_is_in_two_pairs(names: list[str]) -> None:
    paired = [name for pair in pair_names(names, LANGUAGES) for name in pair]
    assert len(paired) == len(set(paired))
    assert set(paired) <= set(names)


def scattered(folder: Path) -> dict[str, str]:
    """Halves of both notes and a report, under names that say nothing; who goes with whom."""
    partners = {}
    texts = []
    for note in NOTES:
        _, english, chinese = parts(note)
        texts += [
            ("\n\n".join(chinese[half]), "\n\n".join(english[half]))
            for half in (slice(None, len(english) // 2), slice(len(english) // 2, None))
        ]
    samples = ROOT / "tests/samples"
    report = [(samples / f"paper.{language}.txt").read_text("utf-8") for language in LANGUAGES]
    texts.append((report[0], report[1]))
    for number, both in enumerate(texts):
        names = f"{7 * number % 5}.txt", f"x{3 * number % 5}.txt"
        for name, text in zip(names, both, strict=True):
            (folder / name).write_text(text, "utf-8")
        partners[names[0]] = names[1]
    return partners


def test_content_decides_where_names_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    partners = scattered(folder)
    # One more that has no partner, a mixed one, and one that can't be read.
    (folder / "lonely.txt").write_text("The weather was fine on the day of the regatta.\n" * 9)
    (folder / "mixed.txt").write_bytes(NOTES[0].read_bytes())
    (folder / "broken.docx").write_bytes(b"nothing")
    tasks = {task.id: task for task in pair_files(find_files(str(folder)), Aligner())}
    for source, target in partners.items():
        assert tasks.pop(source).inputs == (f"{folder}/{source}", f"{folder}/{target}")
    assert tasks.pop("lonely.txt").reason == "no Chinese file was found to be its translation"
    assert {name: len(task.inputs) for name, task in tasks.items()} == {
        "mixed.txt": 1,
        "broken.docx": 1,
    }
    summary = run_batch(
        pair_files(find_files(str(folder)), Aligner()), tmp_path / "out", engine=Here()
    )
    assert [r.id for r in summary.of(Status.FAILED)] == ["broken.docx"]
    assert [r.id for r in summary.of(Status.LEFT_OUT)] == ["lonely.txt"]
    assert "lonely.txt\tleft out" in (tmp_path / "out/results.tsv").read_text()


def test_languages_written_alike_go_by_name(tmp_path: Path) -> None:
    for name in ("a_fr.txt", "a_en.txt", "b.txt"):
        (tmp_path / name).write_text("Bonjour.\n")
    tasks = pair_files(find_files(str(tmp_path)), Aligner(Settings("fr", "en")))
    assert [(task.id, len(task.inputs), task.reason) for task in tasks] == [
        ("a_fr.txt", 2, ""),
        ("b.txt", 1, "no other file has a matching name"),
    ]

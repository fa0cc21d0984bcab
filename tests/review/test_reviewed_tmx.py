"""A TMX under review keeps all that the page does not show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import aligner
from aligner.errors import FormatError, ReadError
from aligner.memory import read_tmx, write_tmx
from aligner.review import operations, tmx
from aligner.review.places import Places
from aligner.review.rows import Change, Rows
from aligner.types import TranslationUnit
from notes import NOTES
from samples import texts

pytestmark = pytest.mark.slow

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.4">
  <header creationtool="Other" srclang="EN-US" segtype="sentence"><prop type="x">1</prop></header>
  <!-- a remark -->
  <body>
    <tu tuid="1" changeid="me">
      <note>keep</note>
      <prop type="x-domain">law</prop>
      <tuv xml:lang="ZH-CN"><seg>中<bpt i="1">&lt;b></bpt>国<ept i="1">&lt;/b></ept>政府</seg></tuv>
      <tuv xml:lang="EN-US"><seg>The <ph>{1}</ph>Government</seg></tuv>
      <tuv xml:lang="FR-FR"><seg>Le gouvernement</seg></tuv>
    </tu>
    <tu tuid="2"><tuv lang="en-us"><seg>One. Two.</seg></tuv><tuv lang="zh-cn"><seg>一。二。</seg></tuv></tu>
    <tu tuid="3"><tuv xml:lang="DE-DE"><seg>allein</seg></tuv></tu>
    <tu tuid="4"><prop type="x-confidence">0.25</prop><prop type="x-checked">yes</prop><tuv xml:lang="EN-US"><seg>alone</seg></tuv></tu>
  </body>
</tmx>
"""  # noqa: E501


@pytest.fixture
def content(tmp_path: Path) -> str:
    (tmp_path / "x.tmx").write_text(FOREIGN, "utf-8")
    return tmx.read_content(tmp_path / "x.tmx")


def written(content: str, rows: Rows) -> str:
    frame, _ = tmx.parse(content, Path("x.tmx"))
    return "".join(tmx.chunks(content, frame, rows))


Step = Callable[[Rows], Change]


def root(content: str) -> Any:
    return etree.fromstring(content.encode())


def canonical(content: str) -> str:
    return str(etree.canonicalize(content))


def test_rows_of_a_foreign_file(content: str) -> None:
    frame, rows = tmx.parse(content, Path("x.tmx"))
    assert (frame.source_lang, frame.target_lang) == ("EN-US", "ZH-CN")
    assert texts(rows) == [
        (["The {1}Government"], ["中<b>国</b>政府"]),
        (["One. Two."], ["一。二。"]),
        (["alone"], []),
    ]
    assert [row.confidence for row in rows] == [1.0, 1.0, 0.25]
    assert [row.checked for row in rows] == [False, False, True]


def test_what_is_not_touched_stays(content: str) -> None:
    _, rows = tmx.parse(content, Path("x.tmx"))
    assert canonical(written(content, rows)) == canonical(FOREIGN)


def test_edits_keep_codes_and_everything_else(content: str) -> None:
    _, rows = tmx.parse(content, Path("x.tmx"))
    steps: list[Step] = [
        lambda r: operations.edit(r, 0, "target", 0, "中<b>国</b>新政府"),
        lambda r: operations.edit(r, 0, "source", 0, "The new {1}Government"),
        lambda r: operations.check(r, 0, True),
        lambda r: operations.check(r, 2, False),
    ]
    for step in steps:
        rows = step(rows).apply(rows)
    after = written(content, rows)
    assert '中<bpt i="1">&lt;b&gt;</bpt>国<ept i="1">&lt;/b&gt;</ept>新政府</seg>' in after
    assert "The new <ph>{1}</ph>Government" in after
    assert "Le gouvernement" in after
    first = root(after).find("body/tu")
    assert first is not None
    tags = [(child.tag, child.get("type")) for child in first]
    assert tags[:3] == [("note", None), ("prop", "x-domain"), ("prop", "x-checked")]
    assert first.get("changeid") == "me"
    assert [row.checked for row in tmx.parse(after, Path("x.tmx"))[1]] == [True, False, False]
    assert texts(tmx.parse(after, Path("x.tmx"))[1]) == texts(rows)


def test_regrouped_units(content: str) -> None:
    _, rows = tmx.parse(content, Path("x.tmx"))
    steps: list[Step] = [
        lambda r: operations.split(r, 1, "source", 0, 5, Places().cut),
        lambda r: operations.split(r, 1, "target", 0, 2, Places().cut),
        lambda r: operations.unpair(r, 0),
    ]
    for step in steps:
        rows = step(rows).apply(rows)
    after = written(content, rows)
    assert texts(tmx.parse(after, Path("x.tmx"))[1]) == texts(rows)
    units = root(after).findall("body/tu")
    assert [unit.get("tuid") for unit in units] == ["1", None, "2", None, "3", "4"]
    # Merged, there is one unit, and one tuid.
    _, rows = tmx.parse(content, Path("x.tmx"))
    rows = operations.merge(rows, 0, 1).apply(rows)
    after = written(content, rows)
    again = tmx.parse(after, Path("x.tmx"))[1]
    assert [row.text("source") for row in again] == ["The {1}Government One. Two.", "alone"]


def test_our_own_memory(tmp_path: Path) -> None:
    aligner.save_alignment(aligner.align_note(NOTES[0]), tmp_path / "x.tmx", "tmx")
    content = tmx.read_content(tmp_path / "x.tmx")
    frame, rows = tmx.parse(content, Path("x.tmx"))
    (tmp_path / "y.tmx").write_text("".join(tmx.chunks(content, frame, rows)), "utf-8")
    assert list(read_tmx(tmp_path / "y.tmx")) == list(read_tmx(tmp_path / "x.tmx"))
    assert min(row.confidence for row in rows) < 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<tmx>",
        '<tmx version="1.4"><header/><body/></tmx>',
        '<tmx><body><tu><tuv lang="en"><seg>a</seg></tuv><tuv lang="EN"><seg>b</seg></tuv></tu>'
        "</body></tmx>",
        '<tmx><body><tu><tuv lang="en"><seg>a</seg></tuv><tuv lang="zh"><seg>b</seg></tuv></tu>'
        "</body></tmx",
        '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx><body/></tmx>',
    ],
)
def test_what_cannot_be_reviewed(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.tmx").write_text(text)
    with pytest.raises(FormatError, match=r"x\.tmx"):
        tmx.read_content(tmp_path / "x.tmx")
    with pytest.raises(ReadError):
        tmx.read_content(tmp_path / "none.tmx")


def shown(tmp_path: Path, units: list[TranslationUnit]) -> list[tuple[str, ...]]:
    """The languages of a review and the texts of its rows."""
    write_tmx(units, tmp_path / "x.tmx")
    path = tmp_path / "x.tmx"
    frame, rows = tmx.parse(tmx.read_content(path), path)
    texts = [(row.text("source"), row.text("target")) for row in rows]
    return [(frame.source_lang, frame.target_lang), *texts]


def test_units_in_languages_of_other_countries_are_shown(tmp_path: Path) -> None:
    units = [
        TranslationUnit("中国政府", "The Government", "zh-CN", "en"),
        TranslationUnit("中國政府", "The Chinese Government", "zh-TW", "en-GB"),
    ]
    assert shown(tmp_path, units) == [("zh-CN", "en"), *((u.source, u.target) for u in units)]


def test_two_countries_of_one_language_are_two_sides(tmp_path: Path) -> None:
    units = [TranslationUnit("colour", "color", "en-GB", "en-US")]
    assert shown(tmp_path, units) == [("en-GB", "en-US"), ("colour", "color")]

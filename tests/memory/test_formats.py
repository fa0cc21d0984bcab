"""The formats: what goes in comes out, what is hostile does no harm."""

from __future__ import annotations

import html
import re
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import align_note
from aligner.errors import AlignerError, FormatError, ReadError, UsageError
from aligner.memory import (
    FORMATS,
    format_of,
    open_units,
    read_beads,
    read_jsonl,
    read_moses,
    save_alignment,
    save_units,
)
from aligner.memory.units import clean_text, pair_units, unit_id
from aligner.types import Alignment, Bead, TranslationUnit
from aligner.vectors import Encoder
from notes import NOTES

HOSTILE = ('=HYPERLINK("x","y")', "</td><script>alert(1)</script>&amp;", "@SUM(1)\t+1", "]]>")
XLIFF = '<xliff version="{0}" xmlns="urn:oasis:names:tc:xliff:document:{0}"/>'


def unit(source: str, target: str, **fields: Any) -> TranslationUnit:
    source, target = clean_text(source), clean_text(target)
    key = unit_id(source, target, "zh-CN", "en-US")
    return TranslationUnit(source, target, "zh-CN", "en-US", key, **fields)


FULL = (("x-document", "a & b.txt"), ("x-page", "1/2"), ("x-confidence", "0.87"))
UNITS = [
    unit("甲 <b>", "A & B", created="20210330T000000Z", properties=FULL, note="look"),
    unit("乙", "B", properties=(("x-checked", "yes"), ("x-confidence", "0.10"))),
    *(unit(f"丙{text}", text) for text in HOSTILE),
]


@pytest.fixture(scope="module")
def alignment(encoder: Encoder) -> Alignment:
    return align_note(NOTES[-1], encoder=encoder)


def known(units: Sequence[TranslationUnit]) -> list[dict[str, str]]:
    """Units as sets of properties: tables have them in an order of their own."""
    return [
        dict(u.properties)
        | {"source": u.source, "target": u.target, "id": u.id, "note": u.note, "at": u.created}
        for u in units
    ]


@pytest.mark.parametrize("form", ["xlsx", "xliff", "tmx"])
def test_units_come_back_whole(tmp_path: Path, form: str) -> None:
    save_units(UNITS, tmp_path / f"x.{form}", form)
    assert known(list(open_units(tmp_path / f"x.{form}")[1])) == known(UNITS)


def test_tables_and_plain_text_keep_the_texts(tmp_path: Path) -> None:
    texts = [(u.source, u.target, u.id) for u in UNITS]
    for place in ("x.tsv", "x.tsv.gz"):
        save_units(UNITS, tmp_path / place, "tsv")
        units = list(open_units(tmp_path / place)[1])
        assert [(u.source, u.target, u.id) for u in units] == texts
        assert units[0].property("x-confidence") == "0.87"
    save_units(UNITS, tmp_path / "x.moses", "moses")
    files = (tmp_path / "x.zh", tmp_path / "x.en")
    assert [(u.source, u.target, u.id) for u in read_moses(*files, "zh-CN", "en-US")] == texts


texts = st.text(min_size=1).map(clean_text).filter(bool)


@settings(max_examples=20)  # a workbook is read by a process of its own
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, pairs: Any) -> None:
    folder = tmp_path_factory.mktemp("any")
    units = [unit(*pair) for pair in pairs]
    for form in ("xlsx", "xliff", "tsv"):
        save_units(units, folder / f"x.{form}", form)
        again = [(u.source, u.target) for u in open_units(folder / f"x.{form}")[1]]
        assert again == [(u.source, u.target) for u in units], form


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_of_an_alignment(tmp_path: Path, form: str, alignment: Alignment) -> None:
    place = tmp_path / f"x.{form}"
    save_alignment(alignment, place, form)
    if form == "moses":
        assert {path.name for path in tmp_path.iterdir()} == {"x.zh", "x.en"}
        return
    if form == "beads":
        assert read_beads(place)[0].source == alignment.beads[0].source
        return
    if FORMATS[form].read is not None:
        found = [(u.source, u.target) for u in open_units(place)[1]]
        assert found == [(u.source, u.target) for u in pair_units(alignment)]
    save_alignment(alignment, place, form, 0.9999)
    assert list(tmp_path.iterdir()) == [place]


def test_a_reviewed_sheet(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "x.xlsx"
    save_units([unit(c, c * 2, properties=FULL) for c in "甲乙丙丁"], path, "xlsx")
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:5] == [
        "zh-CN", "en-US", "x-confidence", "check", "comment",
    ]  # fmt: skip
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:H5")
    assert sheet["A2"].alignment.wrap_text
    assert sheet.conditional_formatting
    sheet["B2"], sheet["D2"], sheet["E2"] = "mended", "OK", "was wrong"
    sheet["D3"] = "wrong"
    sheet["B4"] = None
    sheet.delete_cols(7)
    book.save(path)
    first, second = open_units(path)[1]
    assert (first.target, first.note, first.property("x-checked")) == ("mended", "was wrong", "yes")
    assert first.id == unit_id("甲", "mended", "zh-CN", "en-US")
    assert (second.source, second.property("x-checked")) == ("丁", "")


def test_a_formula_is_text(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    save_units([unit(HOSTILE[0], HOSTILE[0])], tmp_path / "x.xlsx", "xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx").active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"


def test_hostile_text_stays_text_on_the_page(tmp_path: Path, alignment: Alignment) -> None:
    first = alignment.source[0]
    source = (replace(first, text=HOSTILE[1]), *alignment.source[1:])
    hostile = replace(alignment, source=source, document="<img src=x onerror=alert(1)>")
    save_alignment(hostile, tmp_path / "x.html", "html")
    page = (tmp_path / "x.html").read_text("utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert html.escape(HOSTILE[1]) in page


def test_the_page_shows_nulls_and_what_was_left_out(tmp_path: Path, alignment: Alignment) -> None:
    cut = replace(
        alignment,
        beads=(
            Bead((0,), ()),
            Bead((), alignment.beads[0].target),
            replace(alignment.beads[1], confidence=0.3),
            *alignment.beads[2:],
        ),
    )
    save_alignment(cut, tmp_path / "x.html", "html")
    page = (tmp_path / "x.html").read_text("utf-8")
    assert page.count("no counterpart") == 2
    assert page.count('<tr class="bad">') == 1
    for item in alignment.left_out:
        assert html.escape(item.reason) in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    from lxml import etree

    assert etree.HTML(page).find(".//table") is not None


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.tsv", "甲\tA\n", "line 1: names no languages"),
        ("x.tsv", "zh-CN\ten-US\n甲\n", "line 2: no tab"),
        ("x.tsv", "zh\ten\n甲\tA\n".encode("utf-16")[:-1], "not utf-16"),
        ("x.xliff", "<xliff", "line 1: not well-formed"),
        (
            "x.xliff",
            XLIFF.format("1.2"),
            "not XLIFF 2",
        ),
        (
            "x.xliff",
            XLIFF.format("2.0"),
            "srcLang",
        ),
        ("x.xliff", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "entities"),
        ("x.xlsx", "rubbish", "not an XLSX workbook"),
        ("x.xlsx", "", "not an XLSX workbook"),
        ("x.html", "<p>", "can't be read; give the file"),
        ("x.beads", "[0]:[0]", "can't be read; give the file"),
        ("x.jsonl", "{}", "line 1"),
    ],
)
def test_bad_inputs(tmp_path: Path, name: str, content: str | bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(FormatError, match=told):
        list(open_units(path)[1])


def test_workbooks_that_are_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as file:
        file.writestr("a.txt", "a")
    with pytest.raises(FormatError, match="not an XLSX workbook"):
        list(open_units(tmp_path / "x.xlsx")[1])
    with pytest.raises(ReadError):
        list(open_units(tmp_path / "none.xlsx")[1])


def test_what_does_not_fit(tmp_path: Path) -> None:
    french = replace(UNITS[0], target_lang="fr-FR")
    for form in ("xlsx", "xliff", "moses", "tmx"):
        for units in ([], [UNITS[0], french]):
            with pytest.raises(AlignerError):
                save_units(units, tmp_path / f"x.{form}", form)
    with pytest.raises(FormatError, match="40000 characters is more than a cell holds"):
        save_units([unit("长" * 40_000, "x")], tmp_path / "x.xlsx", "xlsx")
    for form in ("jsonl", "beads"):
        with pytest.raises(UsageError, match="sentences of an alignment"):
            save_units(UNITS, tmp_path / f"x.{form}", form)
    with pytest.raises(UsageError, match="two files"):
        save_units(UNITS, "-", "moses")
    (tmp_path / "a.zh").write_text("甲\n乙\n", "utf-8")
    (tmp_path / "a.en").write_text("A\n", "utf-8")
    with pytest.raises(FormatError, match=r"a\.en: line 2: is missing"):
        list(read_moses(tmp_path / "a.zh", tmp_path / "a.en"))
    assert {path.name for path in tmp_path.iterdir()} == {"a.zh", "a.en"}


def test_a_missing_package_names_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(FormatError, match=r"pip install 'aligner-tm\[xlsx\]'"):
        save_units(UNITS, tmp_path / "x.xlsx", "xlsx")


def test_endings() -> None:
    assert format_of("a.TMX.gz") == "tmx"
    assert format_of("a.b.xlf") == "xliff"
    assert format_of("a.htm") == "html"
    assert format_of("corpus", "moses") == "moses"
    with pytest.raises(FormatError, match="unknown file ending"):
        format_of("a.gz.doc")


def test_jsonl_loses_nothing_on_the_way(tmp_path: Path, alignment: Alignment) -> None:
    save_alignment(alignment, tmp_path / "x.jsonl.gz", "jsonl")
    save_alignment(alignment, tmp_path / "x.jsonl", "jsonl")
    assert read_jsonl(tmp_path / "x.jsonl") == alignment


def test_a_sheet_says_no_time_and_is_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for time in (1_600_000_000.0, 1_700_000_000.0):
        monkeypatch.setattr("time.time", lambda time=time: time)
        path = tmp_path / f"{time:.0f}.xlsx"
        save_units(UNITS, path, "xlsx")
        written.append(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            assert b"<dcterms:" not in archive.read("docProps/core.xml")
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert written[0] == written[1]

"""Files that would take all the time or memory there is: each is told in one line, soon."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner import segment_note
from aligner.bounds import MAX_LINE, MAX_TAGS, text_encoding
from aligner.errors import FormatError, ReadError
from aligner.memory import open_units, read_beads, save_units
from aligner.memory.tmx.validate import validate_tmx
from aligner.reading import LineFile, read_document
from aligner.splitting import cut_words
from aligner.types import TranslationUnit

TEXT = "中国政府。The Government of China."
XLIFF = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh" trgLang="en"><file>'
TMX = '<tmx version="1.4"><header srclang="en"/><body>'
UNIT = TranslationUnit("中国", "China", "zh-CN", "en-US")


def units(path: Path, content: bytes) -> list[TranslationUnit]:
    path.write_bytes(content)
    return list(open_units(path)[1])


@pytest.mark.parametrize(
    "name",
    [
        "punycode",
        "idna",
        "hex",
        "base64",
        "undefined",
        "utf-7",
        "rot13",
        "unicode_escape",
        "x" * 99,
    ],
)
def test_encodings_that_are_none(tmp_path: Path, name: str) -> None:
    assert text_encoding(name) is None
    page = tmp_path / "page.html"
    page.write_text(f'<html><meta charset="{name}"><p>{TEXT * 2000}', "utf-8")
    start = time.perf_counter()
    assert read_document(page).text == TEXT * 2000
    assert time.perf_counter() - start < 20
    with pytest.raises(FormatError, match="unknown encoding"):
        units(tmp_path / "m.tmx", f'<?xml version="1.0" encoding="{name}"?>{TMX}'.encode())


def test_encodings_that_are_some() -> None:
    for name in ("UTF8", "GBK", "gb2312", "Big5-HKSCS", "latin1", "windows-1252", "Shift_JIS"):
        assert text_encoding(name)


@pytest.mark.parametrize(
    "blank", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e \u00ad", "\u202e"]
)
def test_lines_of_invisible_characters_are_blank(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "note.txt"
    path.write_text(f"中国政府。\n\n{blank}\n\nThe Government.\n\n{blank}\n", "utf-8")
    found = segment_note(path)
    assert [s.text for s in (*found.source, *found.target)] == ["中国政府。", "The Government."]
    page = tmp_path / "note.html"
    page.write_text(f"<html><p>中国政府。<p>{blank}<p>The Government.<p>{blank}", "utf-8")
    assert [s.text for s in segment_note(page).source] == ["中国政府。"]
    lines = tmp_path / "lines.txt"
    lines.write_text(f"one\n{blank}\n", "utf-8")
    assert list(LineFile(lines).full) == [1, 0]
    path.write_text(f"{blank}\n", "utf-8")
    with pytest.raises(ReadError, match="is empty"):
        read_document(path)


@pytest.mark.parametrize("line", ["1" * 90 + "x", "[1] 2" * 50 + "x", "-" + " " * 290 + "x"])
def test_lines_that_are_nearly_page_numbers(tmp_path: Path, line: str) -> None:
    path = tmp_path / "note.txt"
    path.write_text(f"中国政府。\n\nThe Government.\n\n{line}\n", "utf-8")
    start = time.perf_counter()
    segment_note(path)
    assert time.perf_counter() - start < 10


def test_pages_of_too_many_tags(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"<html>" + b"<p>a" * (MAX_TAGS + 1))
    with pytest.raises(ReadError, match="tags in one page"):
        read_document(path)


def test_comments_before_a_page_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "note"
    path.write_text("<!---->" * 500 + TEXT)
    start = time.perf_counter()
    read_document(path)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("name", "head", "filling"),
    [
        ("m.tsv.gz", "zh-CN\ten-US\n", "\n"),
        ("m.tsv.gz", "zh-CN\ten-US\n", f"甲\t{'a' * 900}\n"),
        ("m.jsonl.gz", "", "\n"),
        ("m.tmx.gz", TMX, " "),
        ("m.xliff.gz", XLIFF, f"<unit>{' ' * 900}</unit>"),
        ("m.beads.gz", "", "\n"),
    ],
)
def test_gzip_that_unpacks_to_too_much(tmp_path: Path, name: str, head: str, filling: str) -> None:
    packed = io.BytesIO()
    with gzip.open(packed, "wb") as file:
        file.write(head.encode())
        for _ in range(40):
            file.write(filling.encode() * (2**20 // len(filling)))
    (tmp_path / name).write_bytes(packed.getvalue())
    read: Callable[[], object] = lambda: list(open_units(tmp_path / name)[1])  # noqa: E731
    if "beads" in name:
        read = lambda: read_beads(tmp_path / name)  # noqa: E731
    with pytest.raises(FormatError, match=r"as no text does|no tab"):
        read()


def test_gzip_of_real_units(tmp_path: Path) -> None:
    path = tmp_path / "m.tmx.gz"
    made = [TranslationUnit(f"第{k}条", f"Article {k}", "zh-CN", "en-US") for k in range(60_000)]
    save_units(made, path, "tmx")
    assert len(list(open_units(path)[1])) == len(made)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("m.tsv", "zh\ten\n" + "a" * (MAX_LINE + 9), "a line of over 16 Mi"),
        ("m.jsonl", "[" * (MAX_LINE + 9), "a line of over 16 Mi"),
        ("m.xliff", XLIFF + "<a/>" * (MAX_LINE // 4 + 40_000), "a unit of over 16 MiB"),
        ("m.xliff", XLIFF + "<unit><x:y/></unit>", "not well-formed XML"),
        ("m.tmx", TMX + '<tu 1a="c"><tuv xml:lang="en"><seg>a</seg></tuv>'
         '<tuv xml:lang="zh"><seg>甲</seg></tuv></tu></body></tmx>', "not well-formed XML"),
        ("m.tmx", TMX.replace("/>", ">") + "</body></tmx>", "not well-formed XML"),
        ("m.tmx", TMX + '<tu a:b="c"><tuv xml:lang="en"><seg>a</seg></tuv>'
         '<tuv xml:lang="zh"><seg>甲</seg></tuv></tu></body></tmx>', "not well-formed XML"),
    ],
)  # fmt: skip
def test_text_that_is_refused(tmp_path: Path, name: str, content: str, told: str) -> None:
    with pytest.raises(FormatError, match=told) as error:
        units(tmp_path / name, content.encode())
    assert "\n" not in str(error.value)
    if name == "m.tmx":
        with pytest.raises(FormatError, match=told):
            list(validate_tmx(tmp_path / name))


def altered_sheet(tmp_path: Path, change: Callable[[str], str]) -> bytes:
    """A workbook of one unit whose sheet is written anew."""
    save_units([UNIT], tmp_path / "sound.xlsx", "xlsx")
    out = io.BytesIO()
    with (
        zipfile.ZipFile(tmp_path / "sound.xlsx") as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = change(content.decode()).encode()
            new.writestr(name, content)
    return out.getvalue()


CELL = '<c{} t="inlineStr"><is><t>a</t></is></c>'


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("<row>" + CELL.format(' r="XFD9"') + "</row>", "columns; remove"),
        ("<row/>" * 9_000_000, "as no text does"),
        ("<row>&x;</row>", "not an XLSX workbook"),
    ],
)
def test_sheets_that_are_refused(tmp_path: Path, row: str, told: str) -> None:
    content = altered_sheet(tmp_path, lambda s: s.replace("</sheetData>", row + "</sheetData>"))
    with pytest.raises(FormatError, match=told):
        units(tmp_path / "m.xlsx", content)


def test_a_row_far_below(tmp_path: Path) -> None:
    far = '<row r="1048576000">' + CELL.format("") * 2 + "</row></sheetData>"
    content = altered_sheet(tmp_path, lambda sheet: sheet.replace("</sheetData>", far))
    start = time.perf_counter()
    assert [unit.target for unit in units(tmp_path / "m.xlsx", content)] == ["China"]
    assert time.perf_counter() - start < 40


def test_tables_of_other_things(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "m.parquet"
    save_units([UNIT], path, "parquet")
    table = parquet.read_table(path)
    numbers = table.set_column(1, "source", pa.array([5]))
    broken = pa.StringArray.from_buffers(
        1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")
    )
    for bad in (numbers, table.set_column(1, "source", broken), table.drop_columns(["note"])):
        parquet.write_table(bad, path)
        with pytest.raises(FormatError, match="not a memory in Parquet"):
            list(open_units(path)[1])


def test_a_long_run_of_chinese_is_cut_in_a_moment() -> None:
    text = "".join(chr(0x4E00 + k * 7919 % 20_000) for k in range(150_000))
    cut_words("中国", "zh")
    start = time.perf_counter()
    words = cut_words(text, "zh")
    assert time.perf_counter() - start < 30
    assert "".join(words) == text
    usual = "联合国人权理事会特别机制发送的来文收悉，中国政府答复如下：abc-1.5。 " * 300
    assert cut_words(usual, "zh") == cut_words(usual[: len(usual) // 300], "zh") * 300


def test_reading_stops_with_its_reader(tmp_path: Path) -> None:
    """Half a table read, the process that reads it is gone."""
    path = tmp_path / "m.xlsx"
    save_units([UNIT] * 2000, path, "xlsx")
    found = open_units(path)[1]
    assert next(found).target == "China"
    found.close()  # type: ignore[attr-defined]

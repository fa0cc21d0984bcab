"""Every encoding gives the same document, and nothing else gets through."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import ReadError
from aligner.reading import read_document
from aligner.reading.characters import clean
from aligner.reading.text import decode
from notes import NOTES

TEXT = NOTES[0].read_text("utf-8")
TRADITIONAL = (
    "中華人民共和國政府對來函答覆如下：關於兒童權利保護問題，我們採取一系列措施。Reply of China.\n"
)
MARKS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16": b"",
    "utf-16-le": b"",
    "utf-16-be": b"",
    "utf-32": b"",
    "gb18030": b"",
}


@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings(tmp_path: Path, encoding: str, line_end: str) -> None:
    path = tmp_path / "注 note.txt"
    path.write_bytes(TEXT.replace("\n", line_end).encode(encoding))
    assert read_document(path).text == TEXT


def test_big5(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes((TRADITIONAL * 3).encode("big5"))
    assert read_document(path).text == TRADITIONAL * 3


def test_short_gb18030_is_not_taken_for_big5() -> None:
    text = "中国政府对来函答复如下：感谢。"
    assert decode(text.encode("gb18030")) == text


def test_utf16_with_mark_in_either_order() -> None:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert decode(mark + TEXT.encode(encoding)) == TEXT


def test_pages_begin_after_form_feeds(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("one\n\ftwo\n\fthree\n", "utf-8")
    document = read_document(path)
    assert [document.page(document.text.index(w)) for w in ("one", "two", "three")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(range(256)) * 20, "not text"),
        (b"%PDF-1.7\n%\xe2\xe3", r"this is a PDF file.*ends in \.pdf"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x00" * 500, "not text"),
        (b"abc\xff\xfe\xfa\x80\x80 plain bytes \xff" * 9, "not text"),
    ],
)
def test_what_is_not_text_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=told) as error:
        read_document(path)
    assert "\n" not in str(error.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_document(tmp_path / "nowhere.txt")
    with pytest.raises(ReadError, match="folder"):
        read_document(tmp_path)
    with pytest.raises(ReadError):
        read_document("a\0b")


@pytest.mark.parametrize("control", ["\x00", "\x0b", "\x01", "\x1b", "\x7f", "\ufffe"])
def test_a_stray_control_character_is_taken_out(tmp_path: Path, control: str) -> None:
    text = f"你好，世界。他喝了{control}咖啡。\n\nHello, world. He drank{control} coffee.\n"
    path = tmp_path / "note.txt"
    path.write_text(text, "utf-8")
    read = read_document(path).text
    assert "".join(read.split()) == "".join(text.replace(control, "").split())


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_error(content: bytes) -> None:
    try:
        text = decode(content)
    except ReadError:
        return
    assert "\x00" not in clean(text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff￾￿")))
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text

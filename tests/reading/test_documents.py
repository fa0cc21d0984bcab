"""Files of every format get through one door, and broken ones get one line."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from aligner.errors import ReadError
from aligner.reading import read_document
from documents import FORMATS, docx, pdf, rows
from notes import NOTES

NOTE = NOTES[1]


def read_error(path: Path) -> str:
    with pytest.raises(ReadError) as error:
        read_document(path)
    message = str(error.value)
    assert "\n" not in message
    assert len(message) < 300
    return message


@pytest.mark.parametrize("form", FORMATS)
def test_the_ending_in_capitals_or_none(tmp_path: Path, form: str) -> None:
    content = FORMATS[form](*rows(NOTE, "by paragraph"))
    named, bare = tmp_path / f"NOTE.{form.upper()}", tmp_path / "note"
    for path in (named, bare):
        path.write_bytes(content)
    assert "中国政府对来函答复如下" in read_document(named).text.replace(" ", "").replace("\n", "")
    if form != "md":
        assert read_document(bare).text == read_document(named).text


@pytest.mark.parametrize(("form", "other"), [("pdf", "txt"), ("docx", "txt"), ("pdf", "docx")])
def test_a_name_that_lies(tmp_path: Path, form: str, other: str) -> None:
    path = tmp_path / f"note.{other}"
    path.write_bytes(FORMATS[form](*rows(NOTE, "by paragraph")))
    assert path.name in read_error(path)


def test_a_text_that_calls_itself_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(NOTE.read_bytes())
    assert "not a PDF file" in read_error(path)


@pytest.mark.parametrize("keep", [20, 300, 5000])
def test_truncated(tmp_path: Path, keep: int) -> None:
    for form, make in (("pdf", pdf), ("docx", docx)):
        path = tmp_path / f"note.{form}"
        path.write_bytes(make(*rows(NOTE, "by paragraph"))[:keep])
        read_error(path)


def test_encrypted_pdf(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "note.pdf"
    canvas = Canvas(str(path), encrypt="secret")
    canvas.drawString(100, 700, "Hello.")
    canvas.save()
    assert "encrypted" in read_error(path)


def test_a_scan_names_the_way_out(tmp_path: Path) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    canvas.drawImage(ImageReader(Image.new("L", (50, 50), 200)), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    assert "--ocr" in read_error(path)
    picture = tmp_path / "scan.png"
    Image.new("L", (50, 50), 200).save(picture)
    assert "--ocr" in read_error(picture)


def test_one_scanned_page_among_others_is_told(tmp_path: Path) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "note.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(100, 700, "The Government has replied.")
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (50, 50), 200)), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    document = read_document(path)
    assert document.text.startswith("The Government has replied.")
    assert document.remarks == ("page 2: a picture without text; --ocr reads it",)


def word_file(parts: dict[str, bytes]) -> bytes:
    """A Word document with some of its parts replaced."""
    source = zipfile.ZipFile(io.BytesIO(docx(*rows(NOTE, "by paragraph"))))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
    return buffer.getvalue()


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = b"<w:document " + W + b"><w:body>%s</w:body></w:document>"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "entities"),
        (b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aa"><!ENTITY c "&a;&a;">]><b/>', "entit"),
        (BODY % (b"<w:tbl>" * 10_000 + b"</w:tbl>" * 10_000), "deeply|read"),
        (BODY % (b"<w:p><w:r><w:t>" + b" " * (70 * 2**20) + b"</w:t></w:r></w:p>"), "64 MiB"),
        (b"no XML at all", "Word"),
        (b"", "Word"),
    ],
    ids=["external entity", "entity", "deep", "bomb", "no XML", "empty part"],
)
def test_hostile_word_files(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(word_file({"word/document.xml": content}))
    message = read_error(path)
    assert any(part in message for part in told.split("|")), message


def test_a_zip_that_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")
    assert "Word" in read_error(path)


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    with path.open("wb") as file:
        file.truncate(500 * 2**20)
    assert "128 MiB" in read_error(path)


def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Hello. 你好。", "utf-8")
    real = os.fstat

    def grows(handle: int) -> os.stat_result:
        found = real(handle)
        with path.open("ab") as file:
            file.write(b"more")
        return found

    monkeypatch.setattr(os, "fstat", grows)
    assert "changed while it was read" in read_error(path)


def test_a_reader_that_dies_becomes_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aligner import apart

    path = tmp_path / "note.pdf"
    path.write_bytes(pdf(*rows(NOTE, "by paragraph")))
    monkeypatch.setattr(apart, "_SERVE", "import os; os.abort()")
    assert "damaged or hostile" in read_error(path)


def test_without_the_package_for_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from aligner.reading import markdown

    monkeypatch.setitem(sys.modules, "markdown_it", None)
    with pytest.raises(ReadError, match=r"pip install 'aligner-tm\[formats\]'"):
        markdown.extract("Hello. 你好。".encode(), "note.md")

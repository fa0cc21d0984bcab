"""Scans, read by the real engines."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from aligner import Settings, align_note
from aligner.errors import ReadError
from aligner.reading import read_document
from aligner.reading.ocr import rapid, tesseract
from aligner.reading.ocr.picture import packed, pictures
from aligner.reading.ocr.read import engines_for
from aligner.vectors import Encoder
from documents import pdf, rows, write_scan
from notes import NOTES, gold_pairs
from programs import has_chinese_font, has_tesseract

pytestmark = pytest.mark.slow

NOTE = NOTES[1]

needs_font = pytest.mark.skipif(
    not has_chinese_font(), reason="no Chinese font is installed: scans can't be drawn"
)
needs_tesseract = pytest.mark.skipif(
    not has_tesseract(), reason="tesseract with chi_sim is not installed: it is not tested"
)


def scan(path: Path, pages: int) -> None:
    """The first pages of a note as a PDF of pictures, and the first as a picture."""
    typeset = path.with_name("typeset.pdf")
    typeset.write_bytes(pdf(*rows(NOTE, "by paragraph")))
    write_scan(path, typeset, pages)


@needs_font
def test_a_scan_is_read_without_a_program(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scan.pdf"
    scan(path, 2)
    monkeypatch.setenv("PATH", str(tmp_path))
    alignment = align_note(path, Settings(ocr=True), encoder)
    assert alignment.info.reference == "GJ/26/2021"
    exact = {alignment.target_text(bead).replace(" ", "") for bead in alignment.pairs}
    wanted = {english.replace(" ", "") for _, english in gold_pairs(NOTE)}
    assert len(exact & wanted) >= 8


@needs_font
def test_a_turned_picture_reads_as_a_straight_one(tmp_path: Path) -> None:
    from PIL import Image

    scan(tmp_path / "scan.pdf", 1)
    straight = Image.open(tmp_path / "scan.png")
    straight.rotate(1.5, Image.Resampling.BICUBIC, fillcolor=255).save(tmp_path / "turned.png")
    texts = [
        "".join(read_document(tmp_path / name, ("zh", "en")).text.split())
        for name in ("scan.png", "turned.png")
    ]
    for text in texts:
        assert "ThePermanentMissionofthePeople'sRepublicofChinatotheUnitedNations" in text
    # The order of lines is the same, so that nearly all of the text is.
    assert texts[0][:400] == texts[1][:400]


@needs_font
@needs_tesseract
def test_tesseract_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan(tmp_path / "scan.pdf", 1)
    (pixels,) = pictures((tmp_path / "scan.png").read_bytes(), "scan.png")
    (lines,) = tesseract.read(packed(pixels), "scan.png", ("zh", "en"))
    texts = [line.text for line in lines]
    assert any("Permanent Mission of the People" in text for text in texts)
    assert all(0 <= word.confidence <= 1 for line in lines for word in line.words)


def test_what_the_models_cant_read_takes_tesseract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert engines_for(("zh", "en"), "x") == (True, False)
    with pytest.raises(ReadError, match="x: --ocr in ru needs the program tesseract"):
        engines_for(("zh", "ru"), "x")
    monkeypatch.setattr(rapid, "is_there", lambda: False)
    with pytest.raises(ReadError, match=r"pip install 'aligner-tm\[ocr\]'"):
        engines_for(("zh", "en"), "x")


def test_the_models_are_the_package_s_own() -> None:
    """Their paths are given, so that nothing looks for others."""
    settings = rapid._models()
    assert set(settings) == {"Det.model_path", "Rec.model_path"}
    assert all(Path(path).parent.name == "models" for path in settings.values())


@needs_tesseract
def test_missing_language_data_is_named() -> None:
    with pytest.raises(ReadError, match="lacks its data tha; install it"):
        engines_for(("th", "en"), "x")


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A grey picture that declares a size, whatever it holds."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (png(100_000, 100_000), "100000 x 100000 pixels; the most is 150 million"),
        (png(1, 1, b"\0\0"), "1 x 1 pixels hold no text"),
        (png(500, 500, bytes(501 * 500))[:60], "a damaged or truncated picture"),
        (png(500, 500, bytes(2000)), "a damaged or truncated picture"),
        (b"\x89PNG\r\n", "a damaged or truncated picture"),
        (b"II*\0" + b"\xff" * 50, "a damaged or truncated picture"),
        (b"\xff\xd8\xff" + bytes(50), "a damaged or truncated picture"),
        (png(500, 500, (b"\0" + b"\xff" * 500) * 500), "the file is empty"),
    ],
)
def test_hostile_pictures(
    tmp_path: Path, data: bytes, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=message) as raised:
        read_document(path, ("zh", "en"))
    assert str(raised.value).startswith("x.png: ")
    assert "\n" not in str(raised.value)
    assert capfd.readouterr() == ("", "")

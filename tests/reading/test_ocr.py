"""Scans, read by the real tesseract."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner import Settings, align_note
from aligner.errors import ReadError
from aligner.reading import read_document
from aligner.vectors import Encoder
from documents import pdf, rows, write_scan
from notes import NOTES, gold_pairs
from programs import has_chinese_font, has_tesseract

pytestmark = pytest.mark.slow

NOTE = NOTES[1]

needs_tesseract = pytest.mark.skipif(
    not (has_tesseract() and has_chinese_font()),
    reason="tesseract with chi_sim, or a Chinese font, is not installed: OCR is not tested",
)


def scan(path: Path, pages: int) -> None:
    """The first pages of a note as a PDF of pictures, and the first as a picture."""
    typeset = path.with_name("typeset.pdf")
    typeset.write_bytes(pdf(*rows(NOTE, "by paragraph")))
    write_scan(path, typeset, pages)


@needs_tesseract
def test_a_scan_is_read(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "scan.pdf"
    scan(path, 2)
    alignment = align_note(path, Settings(ocr=True), encoder)
    assert alignment.info.reference == "GJ/26/2021"
    exact = {alignment.target_text(bead).replace(" ", "") for bead in alignment.pairs}
    # Recognition errs in a character here and there; most English sentences come out whole.
    wanted = {english for _, english in gold_pairs(NOTE)}
    assert len(exact & wanted) >= 4
    picture = read_document(path.with_suffix(".png"), ("zh", "en"))
    assert "Permanent Mission" in " ".join(picture.text.split())


@needs_tesseract
def test_missing_language_data_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    scan(path, 1)
    with pytest.raises(ReadError, match="lacks its data tha"):
        read_document(path, ("th", "en"))


def test_without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "scan.pdf"
    scan(path, 1)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="needs the program tesseract; install"):
        read_document(path, ("zh", "en"))

"""A report in two files, and what one of them alone gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner import align_note, align_pair
from aligner.errors import LanguageError
from aligner.vectors import Encoder
from notes import ROOT, found_pairs, squeeze

SAMPLES = ROOT / "tests/samples"
SIDES = [SAMPLES / "paper.zh.txt", SAMPLES / "paper.en.txt"]


def gold() -> set[tuple[str, str]]:
    rows = (SAMPLES / "paper.pairs.tsv").read_text("utf-8").splitlines()
    return {(squeeze(zh), squeeze(en)) for zh, en in (row.split("\t") for row in rows)}


@pytest.mark.parametrize("order", [1, -1])
def test_report_in_two_files(encoder: Encoder, order: int) -> None:
    first, second = SIDES[::order]
    alignment = align_pair(first, second, encoder=encoder)
    assert found_pairs(alignment) == gold()
    reasons = {item.reason for item in alignment.left_out}
    assert reasons == {"source line", "address or contact line", "page number"}


def word_file(text: str, path: Path) -> Path:
    from docx import Document

    document = Document()
    for line in text.split("\n\n"):
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_report_as_word_and_text(tmp_path: Path, encoder: Encoder) -> None:
    path = word_file(SIDES[0].read_text("utf-8"), tmp_path / "report.docx")
    assert found_pairs(align_pair(SIDES[1], path, encoder=encoder)) == gold()


@pytest.mark.parametrize(("side", "missing"), [(0, "English"), (1, "Chinese")])
def test_one_file_alone(encoder: Encoder, side: int, missing: str) -> None:
    with pytest.raises(LanguageError, match=f"no {missing} text found; give the {missing} version"):
        align_note(SIDES[side], encoder=encoder)

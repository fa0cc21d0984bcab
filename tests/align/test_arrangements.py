"""Both notes, in every format and arrangement: every gold pair is found, and no wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner import align_note
from aligner.vectors import Encoder
from documents import ARRANGEMENTS, FORMATS, rows
from notes import NOTES, mistakes
from programs import has_chinese_font

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize("form", FORMATS)
def test_format_and_arrangement(
    tmp_path: Path, encoder: Encoder, note: Path, arrangement: str, form: str
) -> None:
    if form == "pdf" and arrangement == "two columns" and not has_chinese_font():
        pytest.skip("no Chinese font: PDFium passes over a mark that stands alone on its line")
    path = tmp_path / f"note.{form}"
    path.write_bytes(FORMATS[form](*rows(note, arrangement)))
    assert mistakes(note, align_note(path, encoder=encoder)) == (set(), set())

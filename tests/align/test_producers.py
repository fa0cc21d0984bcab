"""The sample notes as PDF files that real programs printed: every gold pair is found."""

from __future__ import annotations

import pytest

from aligner import align_note
from aligner.vectors import Encoder
from notes import NOTES, ROOT, mistakes

# The file, and which of the notes it holds.
FILES = {
    "browser-columns": 1,
    "browser-italic": 1,
    "browser-table": 1,
    "libreoffice-columns": 1,
    "libreoffice-paragraphs": 0,
}


@pytest.mark.parametrize("name", FILES)
def test_printed_note(encoder: Encoder, name: str) -> None:
    path = ROOT / f"tests/samples/pdf/{name}.pdf"
    assert mistakes(NOTES[FILES[name]], align_note(path, encoder=encoder)) == (set(), set())

"""What converters do to characters is undone; good text stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.reading.characters import clean
from notes import NOTES

TEXT = "中国政府对来函答复如下：“感谢。” It’s clear – yes."


@pytest.mark.parametrize("table", ["latin-1", "cp1252"])
def test_utf8_taken_for_latin(table: str) -> None:
    broken = "".join(
        bytes([byte]).decode(table, errors="ignore") or chr(byte) for byte in TEXT.encode()
    )
    assert clean(broken) == TEXT


def test_utf8_taken_for_gbk() -> None:
    text = "中国政府高度重视儿童权利保护工作\nThe Government of China.\n"
    assert clean(text.encode().decode("gb18030")) == text


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_good_text_is_left_alone(note: Path) -> None:
    text = note.read_text("utf-8")
    assert clean(text) == text


def test_french_and_german_are_no_mojibake() -> None:
    text = "Il a dit : « À l’été, ça ira. » Größe über Maß – naïve Café “Ünï”."
    assert clean(text) == text


def test_ligatures_radicals_and_line_ends() -> None:
    assert clean("of\ufb01cial \u2f42\u2f08\r\nnext\u2028last") == "official 文人\nnext\nlast"

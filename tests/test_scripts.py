"""〇 and the characters beyond the basic plane (𠮷) are Chinese, everywhere."""

from __future__ import annotations

import re
import unicodedata

import pytest

from aligner.document import Document
from aligner.languages import detect_language, script_share
from aligner.layout.columns import cut_bilingual
from aligner.layout.furniture import is_contact
from aligner.layout.lines import read_lines
from aligner.layout.repair import stray_spaces
from aligner.memory.dedup import normalise
from aligner.memory.store.terms import index_terms, tokens
from aligner.scripts import CLOSING, HAN, UNSPACED, ends_with_stop
from notes import ROOT

RARE = ["〇", "𠮷", "𪚥", "々"]


@pytest.mark.parametrize("rare", RARE)
def test_languages(rare: str) -> None:
    assert re.fullmatch(f"[{HAN}]", rare)
    assert detect_language(rare, ("zh", "en")) == "zh"
    assert script_share(rare * 3, "zh") == 1


@pytest.mark.parametrize("rare", RARE)
def test_layout(rare: str) -> None:
    word = rare * 4
    assert len(stray_spaces(f"{rare} {rare} {rare} {rare}")) == 3
    lines = list(read_lines(Document("x", f"{word}     The Government of China")))
    assert [line.text for line in cut_bilingual(lines)] == [word, "The Government of China"]
    assert not is_contact(f"{word} 010-12345678。")


@pytest.mark.parametrize("rare", RARE)
def test_memory(rare: str) -> None:
    assert tokens(f"{rare}{rare}x") == [rare, rare, "x"]
    assert normalise(f"{rare} {rare} x") == f"{rare}{rare}x"
    assert f"{rare}{rare}" in index_terms(f"a{rare}{rare}", "zh-CN", lambda *_: ()).split()


def test_the_ranges_are_those_of_unicode() -> None:
    """Every ideograph that Unicode names is in, and every kana; no letter of another script."""
    for code in range(0x2E80, 0x32000):
        name = unicodedata.name(chr(code), "")
        if re.match("CJK (UNIFIED|COMPATIBILITY) IDEOGRAPH|KANGXI RADICAL", name):
            assert re.fullmatch(f"[{HAN}]", chr(code)), name
        elif re.match("(HIRAGANA|KATAKANA) LETTER", name) and code < 0xFF00:
            assert re.fullmatch(f"[{UNSPACED}]", chr(code)), name
        elif re.match("HANGUL SYLLABLE|YI |BOPOMOFO", name):
            assert not re.fullmatch(f"[{UNSPACED}]", chr(code)), name


@pytest.mark.parametrize("text", ["完。", "End.", "“走！”", "(See below.)", "如下：", "甲；"])
def test_stops(text: str) -> None:
    assert ends_with_stop(text)
    assert not ends_with_stop(text + "x")
    assert all(ends_with_stop(f"End.{mark}") for mark in CLOSING)


def test_one_module_has_ranges() -> None:
    """No other module writes a range of Chinese, Japanese or Korean characters."""
    escape = re.compile(r"\\u(?:34|4e|9f|30[34a]|f9|ac0|d7a)\w*-|-\\u9f|\\U000[23]|[一-鿿]-[一-鿿]")
    for path in (ROOT / "src/aligner").rglob("*.py"):
        if path.name != "scripts.py":
            assert not escape.search(path.read_text("utf-8")), path

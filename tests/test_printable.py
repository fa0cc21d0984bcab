"""Names of files and texts as they can be shown: valid, told apart, harmless to a terminal."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.json_text import parse_json
from aligner.printable import fitting, on_disk, printable_name, shown

STEERS = [*range(0x20), *range(0x7F, 0xA0), 0x61C, *range(0x200E, 0x2010), *range(0x202A, 0x202F)]
STEERS += range(0x2066, 0x206A)
PARTS = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        ["中国.txt".encode("gbk"), "中国.txt".encode(), b"\\xd6", b"\\\\xd6", b"\\u001b"]
    ),
)


def test_names_that_are_not_utf_8() -> None:
    name = os.fsdecode("中国.txt".encode("gbk"))
    assert printable_name(name) == r"\xd6\xd0\xb9\xfa.txt"  # no й, which two of the bytes are
    assert printable_name(f"文件/{name}") == rf"文件/{printable_name(name)}"
    assert printable_name("中国 (1).txt") == "中国 (1).txt"
    assert printable_name("a\x1b]0;x\x07\u202e.txt") == r"a\u001b]0;x\u0007\u202e.txt"


@given(st.lists(PARTS, max_size=3).map(b"".join), st.lists(PARTS, max_size=3).map(b"".join))
def test_different_names_stay_different(one: bytes, other: bytes) -> None:
    names = [printable_name(os.fsdecode(name)) for name in (one, other)]
    assert (names[0] == names[1]) is (one == other)
    for name in names:
        assert name.encode().decode() == name
        assert not {ord(character) for character in name} & set(STEERS)


@given(st.text())
def test_what_is_shown_steers_nothing_and_stays_json(text: str) -> None:
    there = {ord(character) for character in shown(text)}
    assert not there & (set(STEERS) - {ord("\t"), ord("\n")})
    assert not any(0xD800 <= code < 0xE000 for code in there)
    assert json.loads(shown(json.dumps(text, ensure_ascii=False))) == text


def test_every_character_that_steers_is_shown_otherwise() -> None:
    for code in set(STEERS) - {9, 10}:
        assert shown(chr(code)) == f"\\u{code:04x}"
    assert shown("a\tb\n你好，𠮷") == "a\tb\n你好，𠮷"


@given(st.text(st.characters(codec="utf-8", exclude_characters="/"), max_size=400))
def test_names_that_are_too_long_are_cut_to_fit(name: str) -> None:
    cut = fitting(f"a/{name}", 16).removeprefix("a/")
    assert len(cut.encode()) <= 239
    assert (cut == name) is (len(name.encode()) <= 239)
    assert fitting(name + "x", 16) != fitting(name, 16)
    assert on_disk(name) == name


def test_depth_without_end_is_a_value_error() -> None:
    for text in ("[" * 100_000, '{"a":' * 100_000):
        with pytest.raises(ValueError, match="nested too deeply"):
            parse_json(text)

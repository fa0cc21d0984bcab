"""Both notes, rearranged as documents come: every gold pair is found, and no wrong one."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from aligner import align_note, align_pair
from aligner.vectors import Encoder
from notes import NOTES, found_pairs, gold_pairs, mistakes, parts, squeeze
from variants import VARIANTS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
@pytest.mark.parametrize("name", VARIANTS)
def test_arrangements(tmp_path: Path, encoder: Encoder, note: Path, name: str) -> None:
    path = tmp_path / "note.txt"
    path.write_text(VARIANTS[name](parts(note)), "utf-8")
    assert mistakes(note, align_note(path, encoder=encoder)) == (set(), set())


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
@pytest.mark.parametrize("language", [1, 2], ids=["en", "zh"])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_paragraph_missing_in_one_language(
    tmp_path: Path, encoder: Encoder, note: Path, language: int, number: int
) -> None:
    split = parts(note)
    del split[language][number]
    text = "\n\n".join(chain(*split))
    path = tmp_path / "note.txt"
    path.write_text(text, "utf-8")
    missing, wrong = mistakes(note, align_note(path, encoder=encoder))
    there = squeeze(text)
    assert not {pair for pair in missing if pair[0] in there and pair[1] in there}
    assert not wrong


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_half_width_punctuation(tmp_path: Path, encoder: Encoder, note: Path) -> None:
    head, english, chinese = parts(note)
    marks = str.maketrans("，。：；（）！？", ",.:;()!?")
    path = tmp_path / "note.txt"
    path.write_text("\n\n".join(head + english + [p.translate(marks) for p in chinese]), "utf-8")
    alignment = align_note(path, encoder=encoder)
    found = {
        (squeeze(alignment.source_text(b)), squeeze(alignment.target_text(b)))
        for b in alignment.pairs
    }
    assert {(s.translate(marks), t) for s, t in gold_pairs(note)} <= found


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_two_files(tmp_path: Path, encoder: Encoder, note: Path) -> None:
    head, english, chinese = parts(note)
    (tmp_path / "a.txt").write_text("\n\n".join(head[1:] + english), "utf-8")
    (tmp_path / "b.txt").write_text("\n\n".join(chinese), "utf-16")
    for order in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        first, second = (tmp_path / name for name in order)
        alignment = align_pair(first, second, encoder=encoder)
        assert mistakes(note, alignment) == (set(), set())
        assert not re.search("[\u4e00-\u9fff]", alignment.target[0].text)


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_traditional_characters(tmp_path: Path, encoder: Encoder, note: Path) -> None:
    from opencc import OpenCC

    traditional = OpenCC("s2t").convert
    path = tmp_path / "note.txt"
    path.write_text(traditional(note.read_text("utf-8")), "utf-8")
    alignment = align_note(path, encoder=encoder)
    assert alignment.source_lang == "zh-TW"
    wanted = {(traditional(zh), en) for zh, en in gold_pairs(note)}
    optional = {(traditional(zh), en) for zh, en in gold_pairs(note, "optional")}
    assert wanted <= found_pairs(alignment) <= wanted | optional


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
@pytest.mark.parametrize("first", [1, 2], ids=["English", "Chinese"])
def test_two_files_that_are_both_mixed(
    tmp_path: Path, encoder: Encoder, note: Path, first: int
) -> None:
    """The beginning of the note in one file, the rest in the other."""
    split = parts(note)
    order = (split[first], split[3 - first])
    for name, keep in (("a.txt", slice(None, 3)), ("b.txt", slice(3, None))):
        text = "\n\n".join([*order[0][keep], *order[1][keep]])
        (tmp_path / name).write_text(text, "utf-8")
    alignment = align_pair(tmp_path / "a.txt", tmp_path / "b.txt", encoder=encoder)
    assert alignment.document == "a.txt + b.txt"
    assert mistakes(note, alignment) == (set(), set())


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_a_letter_and_its_annex_in_the_other_language(
    tmp_path: Path, encoder: Encoder, note: Path
) -> None:
    """Each file has one part of the text in English and the other in Chinese."""
    _, english, chinese = parts(note)
    (tmp_path / "a.txt").write_text("\n\n".join(english[:4] + chinese[4:]), "utf-8")
    (tmp_path / "b.txt").write_text("\n\n".join(chinese[:4] + english[4:]), "utf-8")
    alignment = align_pair(tmp_path / "a.txt", tmp_path / "b.txt", encoder=encoder)
    missing, wrong = mistakes(note, alignment)
    assert len(missing) <= 1
    assert not wrong

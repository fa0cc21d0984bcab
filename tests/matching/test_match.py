"""Alignments of real sentences: omissions, additions, odd input."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import Alignment, Bead, Sentence, Settings, Span, align_note, align_sentences
from aligner.errors import UsageError
from aligner.matching.decode import MAX_BEAD
from aligner.matching.evidence import number_evidence
from aligner.matching.lattice import Edges, Lattice
from aligner.matching.similarity import EncodedSide, SimilarityModel
from aligner.types import Role
from aligner.vectors import Encoder
from notes import NOTES, mistakes, parts


@pytest.fixture(scope="module")
def sentences(encoder: Encoder) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Both sides of a note, and its pairs as joined texts."""
    alignment = align_note(NOTES[0], encoder=encoder)
    pairs = [(alignment.source_text(b), alignment.target_text(b)) for b in alignment.pairs]
    return [s.text for s in alignment.source], [s.text for s in alignment.target], pairs


def covers_everything_once(alignment: Alignment) -> bool:
    source = [k for bead in alignment.beads for k in bead.source]
    target = [k for bead in alignment.beads for k in bead.target]
    return source == list(range(len(alignment.source))) and target == list(
        range(len(alignment.target))
    )


def test_runs_left_out_on_one_side_become_nulls(
    encoder: Encoder, sentences: tuple[list[str], list[str], list[tuple[str, str]]]
) -> None:
    source, target, pairs = sentences
    for first, count in ((3, 1), (6, 3), (1, 5), (0, 4), (14, 4)):
        less = source[:first] + source[first + count :]
        alignment = align_sentences(less, target, encoder=encoder)
        assert covers_everything_once(alignment)
        found = {(alignment.source_text(b), alignment.target_text(b)) for b in alignment.pairs}
        likely = {
            (alignment.source_text(b), alignment.target_text(b))
            for b in alignment.pairs
            if b.confidence > 0.6
        }
        assert likely <= set(pairs), (first, count)
        assert len(found - set(pairs)) <= 1
        assert len(set(pairs) - found) <= count + 2
        swapped = align_sentences(target, less, Settings("en", "zh"), encoder)
        assert {(swapped.target_text(b), swapped.source_text(b)) for b in swapped.pairs} == found


def test_confidence_is_a_probability(
    encoder: Encoder, sentences: tuple[list[str], list[str], list[tuple[str, str]]]
) -> None:
    source, target, _ = sentences
    good = align_sentences(source, target, encoder=encoder)
    assert all(0.0 <= bead.confidence <= 1.0 for bead in good.beads)
    unrelated = align_sentences(source, list(reversed(target)), encoder=encoder)
    mean = [sum(b.confidence for b in a.pairs) / max(1, len(a.pairs)) for a in (good, unrelated)]
    assert mean[0] > 0.9
    assert mean[0] > mean[1]


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ([], [], []),
        ([], ["Hello.", "Bye."], ["0-1", "0-1"]),
        (["你好。"], [], ["1-0"]),
        (["你好。"], ["Hello."], ["1-1"]),
        (["你好。", "", "再见。"], ["Hello.", "Goodbye."], ["1-1", "1-0", "1-1"]),
        (["", " "], ["", "\t"], ["1-0", "1-0", "0-1", "0-1"]),
    ],
)
def test_small_and_blank(
    encoder: Encoder, source: list[str], target: list[str], wanted: list[str]
) -> None:
    alignment = align_sentences(source, target, encoder=encoder)
    assert covers_everything_once(alignment)
    assert [bead.type for bead in alignment.beads] == wanted


def test_none_against_five_hundred_and_one_against_five_hundred(encoder: Encoder) -> None:
    many = [f"Sentence number {k} is here." for k in range(500)]
    assert len(align_sentences([], many, encoder=encoder).nulls) == 500
    assert covers_everything_once(align_sentences(["第三句话在这里。"], many, encoder=encoder))


def test_a_very_long_sentence(encoder: Encoder) -> None:
    source = ["第一句话。", "很长" * 50_000, "再见。"]
    target = ["The first sentence.", "very long " * 20_000, "Goodbye."]
    alignment = align_sentences(source, target, encoder=encoder)
    assert [bead.type for bead in alignment.beads] == ["1-1"] * 3


def test_the_largest_bead_is_kept_to(encoder: Encoder) -> None:
    alignment = align_note(NOTES[0], Settings(max_bead=(1, 2)), encoder)
    assert {bead.type for bead in alignment.pairs} <= {"1-1", "1-2"}
    with pytest.raises(UsageError):
        Settings(max_bead=(0, 1))


text = st.lists(st.text(st.sampled_from("ab 中国。.，\n\u0301\U0001f600"), max_size=12), max_size=6)


@settings(max_examples=25)
@given(text, text)
def test_anything_is_covered_once(encoder: Encoder, source: list[str], target: list[str]) -> None:
    assert covers_everything_once(align_sentences(source, target, encoder=encoder))


def test_a_long_text_in_windows_is_aligned_as_in_pieces(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import import_module

    source, target = [], []
    for note in (*NOTES, *NOTES):
        alignment = align_note(note, encoder=encoder)
        source += [s.text for s in alignment.source]
        target += [s.text for s in alignment.target]
    whole = align_sentences(source, target, encoder=encoder)
    monkeypatch.setattr(import_module("aligner.matching.match"), "WINDOW", 25)
    monkeypatch.setattr(import_module("aligner.matching.match"), "_MORE_SENTENCES", 8)
    pieces = align_sentences(source, target, encoder=encoder)
    assert covers_everything_once(pieces)
    same = {(b.source, b.target) for b in whole.beads} & {
        (b.source, b.target) for b in pieces.beads
    }
    assert len(same) >= 0.95 * len(whole.beads)


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
@pytest.mark.parametrize(("first", "second"), [(1, 4), (4, 1), (2, 3), (1, 2)])
def test_a_paragraph_that_stands_elsewhere_is_paired_and_marked(
    tmp_path: Path, encoder: Encoder, note: Path, first: int, second: int
) -> None:
    head, english, chinese = parts(note)
    chinese.insert(second, chinese.pop(first))
    path = tmp_path / "note.txt"
    path.write_text("\n\n".join(head + english + chinese), "utf-8")
    alignment = align_note(path, encoder=encoder)
    assert mistakes(note, alignment) == (set(), set())
    moved = [bead for bead in alignment.beads if bead.moved]
    assert len(moved) >= 2
    assert not any(bead.is_null for bead in moved)
    source = [k for bead in alignment.beads for k in bead.source]
    assert source == list(range(len(alignment.source)))
    assert sorted(k for b in alignment.beads for k in b.target) == list(
        range(len(alignment.target))
    )


def test_ordinary_text_has_no_moved_passages(encoder: Encoder) -> None:
    for note in NOTES:
        assert not any(bead.moved for bead in align_note(note, encoder=encoder).beads)


def test_windows_of_unrelated_and_moved_text_lose_nothing(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib import import_module

    module = import_module("aligner.matching.match")
    monkeypatch.setattr(module, "WINDOW", 12)
    monkeypatch.setattr(module, "_MORE_SENTENCES", 6)
    alignment = align_note(NOTES[0], encoder=encoder)
    source = [s.text for s in alignment.source]
    target = [s.text for s in alignment.target]
    for ours in (source[9:] + source[:9], list(reversed(source)), source[12:] + source):
        found = align_sentences(ours, target + target[5:9], encoder=encoder)
        sides = (
            [k for b in found.beads for k in b.source],
            [k for b in found.beads for k in b.target],
        )
        assert sides[0] == list(range(len(ours)))
        assert sorted(sides[1]) == list(range(len(target) + 4))


def test_threads_align_at_once(encoder: Encoder) -> None:
    alone = [align_note(note, encoder=encoder) for note in NOTES]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda note: align_note(note, encoder=encoder), NOTES * 3))
    for together, one in zip(found, alone * 3, strict=True):
        assert [(b.source, b.target) for b in together.beads] == [
            (b.source, b.target) for b in one.beads
        ]
        assert [b.confidence for b in together.beads] == pytest.approx(
            [b.confidence for b in one.beads], abs=1e-4
        )


def test_lines_that_stood_apart_are_parted_by_a_space() -> None:
    texts = ["中华人民共和国外交部", "北京", "我们同意", "很好。"]
    roles = [Role.ADDRESSEE, Role.ADDRESSEE, Role.BODY, Role.BODY]
    source = tuple(
        Sentence(text, "zh", Span(k, k + 1), k, 1, role)
        for k, (text, role) in enumerate(zip(texts, roles, strict=True))
    )
    target = (Sentence("Beijing", "en", Span(9, 10), 1, 1),)
    beads = (Bead((0, 1), (0,)), Bead((2, 3), ()))
    alignment = Alignment(source, target, beads, "zh-CN", "en-US")
    assert [alignment.source_text(bead) for bead in beads] == [
        "中华人民共和国外交部 北京",
        "我们同意很好。",
    ]


def test_what_a_notebook_shows() -> None:
    sides = [
        tuple(Sentence(text, language, Span(0, 1), 1, 1) for _ in range(60))
        for text, language in (("<b>你好</b>。", "zh"), ("Hello & goodbye.", "en"))
    ]
    beads = tuple(Bead((k,), (k,), 0.5) for k in range(60))
    shown = Alignment(sides[0], sides[1], beads, "zh-CN", "en-US")._repr_html_()
    assert "&lt;b&gt;你好&lt;/b&gt;" in shown
    assert "Hello &amp; goodbye." in shown
    assert "and 10 more" in shown


@pytest.mark.parametrize("extra", [1, 3, 6])
def test_a_short_text_against_a_very_long_one(encoder: Encoder, extra: int) -> None:
    """The window's sure end lies near its beginning."""
    alignment = align_note(NOTES[0], encoder=encoder)
    source = [s.text for s in alignment.source][:10]
    target = [alignment.target_text(b) for b in alignment.pairs][:10]
    before = [f"Something else altogether, number {k}." for k in range(extra)]
    after = [f"An appendix goes on about item {k} of its list." for k in range(1100)]
    found = align_sentences(source, [*before, *target, *after], encoder=encoder)
    assert covers_everything_once(found)


def test_lines_that_are_all_alike(encoder: Encoder) -> None:
    """Without sure pairs the places that are looked at still lie near the diagonal."""
    found = align_sentences(["同样的一行。"] * 450, ["The same line."] * 500, encoder=encoder)
    assert covers_everything_once(found)
    far = [b for b in found.pairs if abs(b.source[0] * 500 / 450 - b.target[0]) > 120]
    assert not far


@pytest.mark.parametrize("lost", [2, 5, 9])
@pytest.mark.parametrize("side", [0, 1])
def test_numbers_tell_which_of_like_sentences_was_left_out(
    encoder: Encoder, lost: int, side: int
) -> None:
    groups = [("儿童", "children"), ("妇女", "women"), ("移民", "migrants")] * 4
    texts = (
        [f"28.{k} 继续加强对{group}权利的保护；" for k, (group, _) in enumerate(groups)],
        [f"28.{k} Continue to protect the rights of {who};" for k, (_, who) in enumerate(groups)],
    )
    del texts[side][lost]
    beads = align_sentences(*texts, encoder=encoder).beads
    null = ((), (lost,)) if side == 0 else ((lost,), ())
    assert [(b.source, b.target) for b in beads if b.type != "1-1"] == [null]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1, 1), (1, 0, 0, 0)),  # 1990 stands in the other text, but not here
        ((2, 2), (0, 1, 0, 0)),  # 33 stands nowhere
        ((1, 0), (0, 0, 1, 0)),
        ((0, 1), (0, 0, 0, 0)),
    ],
)
def test_evidence_of_numbers(
    encoder: Encoder, size: tuple[int, int], expected: tuple[int, ...]
) -> None:
    texts = (
        ["那是在1990年。", "有20人和33人。", "没有了。"],
        ["So it was.", "In 1990 there were twenty of them.", "No more."],
    )
    comparison = SimilarityModel(
        *(
            EncodedSide(side, encoder.encode(side), np.zeros(len(side) + 1), np.arange(len(side)))
            for side in texts
        )
    )
    edges = Edges.chosen(comparison.band, Lattice(comparison.band).edges(MAX_BEAD))
    i, j, m, n = edges.columns
    first = np.flatnonzero((i == 0) & (j == 0) & (m == size[0]) & (n == size[1]))[0]
    found = number_evidence(comparison, edges)
    names = ("numbers apart", "numbers alone", "null numbers apart", "null numbers alone")
    assert tuple(found[name][first] for name in names) == expected

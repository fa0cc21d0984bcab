"""Merging, comparing and counting memories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import FormatError
from aligner.memory import read_tmx, write_tmx
from aligner.memory.dedup import keys, normalise
from aligner.memory.diff import compare
from aligner.memory.merging import Keep, merge, open_memories
from aligner.memory.stats import collect_stats
from aligner.types import TranslationUnit

UNIT = TranslationUnit("甲 ABC。", 'He said "no".', "zh-CN", "en-US", created="20200101T000000Z")
SURE = replace(UNIT, id="sure", properties=(("x-confidence", "0.990"),))
UNSURE = replace(
    UNIT,
    source="甲ＡＢＣ。",
    target="He  said “no”.",
    id="unsure",
    changed="20210101T000000Z",
    properties=(("x-confidence", "0.400"),),
)
OTHER = replace(UNIT, id="other", target="He refused.")


def test_the_most_certain_or_the_newest_is_kept() -> None:
    for units in ([SURE, UNSURE], [UNSURE, SURE]):
        assert list(merge(units).units(units)) == [SURE]
        assert list(merge(units, Keep.NEWEST).units(units)) == [UNSURE]
    # What says nothing of its confidence is a person's, and what was checked is as sure.
    checked = replace(UNSURE, properties=(("x-confidence", "0.1"), ("x-checked", "yes")))
    for best in (UNIT, checked):
        assert list(merge([SURE, best]).units([SURE, best])) == [best]


def test_of_equals_the_first_is_kept() -> None:
    twins = [replace(UNIT, id="1"), replace(UNIT, id="2")]
    assert list(merge(twins).units(twins)) == twins[:1]


def test_conflicts_are_kept_and_told() -> None:
    units = [SURE, replace(UNIT, source="乙"), OTHER, UNSURE]
    found = merge(units)
    assert (found.read, found.written) == (4, 3)
    assert found.conflicting(units) == [[SURE, OTHER]]


def test_units_in_more_languages_are_equal_when_all_texts_are() -> None:
    units = [replace(UNIT, others=(("fr", text),)) for text in ("non", "jamais", "non")]
    assert merge(units).written == 2


numbered = st.lists(
    st.builds(
        replace,
        st.just(UNIT),
        source=st.sampled_from("甲乙"),
        target=st.sampled_from(["A", "B", " B"]),
        properties=st.floats(0, 1).map(lambda c: (("x-confidence", f"{c:.3f}"),)),
    )
)


@given(numbered)
def test_each_translation_once_and_none_lost(units: list[TranslationUnit]) -> None:
    kept = list(merge(units).units(units))
    assert sorted(map(keys, kept)) == sorted(set(map(keys, units)))
    assert merge(kept).written == len(kept)


@given(st.text())
def test_normal_texts_stay_as_they_are(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def save(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


TMX = (
    '<tmx version="{version}"><header srclang="{source}"/><body><tu><tuv {lang}="{source}"><seg>'
    '{one}</seg></tuv><tuv {lang}="{target}"><seg>{two}</seg></tuv></tu></body></tmx>'
)


def test_memories_of_other_directions_and_versions(tmp_path: Path) -> None:
    write_tmx([UNIT], tmp_path / "a.tmx")
    values = {"version": "1.1", "lang": "lang", "source": "EN-US", "target": "ZH-CN"}
    old = save(tmp_path, "b.tmx", TMX.format(**values, one="B <ph>x</ph>", two="乙"))
    head, units = open_memories([tmp_path / "a.tmx", old])
    write_tmx(units, tmp_path / "c.tmx", head)
    assert [(u.source, u.target) for u in read_tmx(tmp_path / "c.tmx")] == [
        (UNIT.source, UNIT.target),
        ("乙", "B "),
    ]
    assert '<tuv xml:lang="EN-US"><seg>B <ph>x</ph>' in (tmp_path / "c.tmx").read_text("utf-8")


def test_memories_of_other_languages_are_refused(tmp_path: Path) -> None:
    write_tmx([UNIT], tmp_path / "a.tmx")
    values = {"version": "1.4", "lang": "xml:lang", "source": "fr", "target": "de"}
    french = save(tmp_path, "b.tmx", TMX.format(**values, one="a", two="b"))
    with pytest.raises(FormatError, match=r"b\.tmx: has units in fr/de; .* zh-CN/en-US"):
        list(open_memories([tmp_path / "a.tmx", french])[1])


def test_differences() -> None:
    def old() -> Iterator[TranslationUnit]:
        yield from (UNIT, replace(UNIT, source="乙"), replace(UNIT, source="丙"), UNIT)

    def new() -> Iterator[TranslationUnit]:
        changed = replace(UNIT, source="丙", target="new")
        yield from (replace(UNIT, source="丁"), changed, UNSURE)

    found = [
        (d.old.source if d.old else "", d.new.target if d.new else "") for d in compare(old, new)
    ]
    assert found == [("乙", ""), ("丙", "new"), ("", UNIT.target)]
    assert list(compare(old, old)) == []


def test_statistics() -> None:
    one_sided = replace(UNIT, target="", target_lang="")
    stats = collect_stats([SURE, UNSURE, OTHER, one_sided])
    assert (stats.units, stats.without_target, stats.duplicates, stats.conflicts) == (4, 1, 1, 1)
    assert stats.languages["zh-CN"].words == 3 * 2 + 2  # full-width letters are letters
    assert stats.languages["en-US"].words == 3 + 3 + 2
    assert (stats.oldest, stats.newest) == ("20200101T000000Z", "20210101T000000Z")
    assert stats.confidences == [0, 0, 0, 0, 1, 0, 0, 0, 0, 3]

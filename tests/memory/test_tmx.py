"""TMX: what is written is read back, is what the design asks for, and is never half there."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.document import Span
from aligner.errors import FormatError, OutputError, ReadError, UsageError
from aligner.memory import read_tmx, save, write_tmx
from aligner.memory.tmx.write import tmx_chunks
from aligner.memory.units import clean_text, translation_units, unit_id
from aligner.metadata import NoteInfo
from aligner.types import Alignment, Bead, Sentence, TranslationUnit

UNIT = TranslationUnit("中国政府", "The Government", "zh-CN", "en-US", "1", "20210330T000000Z")

xml_text = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], include_characters="<>&\"'", exclude_characters="￾￿"
    ),
    min_size=1,
)
# An attribute's white space is normalized by every XML reader.
name_text = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1)
units = st.lists(
    st.builds(
        TranslationUnit,
        source=xml_text,
        target=xml_text,
        source_lang=st.just("zh-CN"),
        target_lang=st.just("en-US"),
        id=name_text,
        created=st.just("20210330T000000Z"),
        properties=st.lists(st.tuples(name_text, xml_text), max_size=3).map(tuple),
        note=xml_text | st.just(""),
    ),
    min_size=1,
    max_size=8,
)


@given(units)
def test_round_trip(written: list[TranslationUnit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.tmx"
        write_tmx(written, path)
        assert list(read_tmx(path)) == written


def test_header_is_complete(tmp_path: Path) -> None:
    from lxml import etree

    write_tmx([UNIT], tmp_path / "x.tmx")
    content = (tmp_path / "x.tmx").read_bytes()
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    header: Any = etree.fromstring(content).find("header")
    assert header.get("srclang") == "zh-CN"
    assert header.get("segtype") == "sentence"
    wanted = (
        "creationtool creationtoolversion segtype o-tmf adminlang srclang datatype creationdate"
    )
    assert set(header.keys()) == set(wanted.split())
    assert re.fullmatch(r"\d{8}T\d{6}Z", header.get("creationdate"))


def test_forbidden_characters_are_removed(tmp_path: Path) -> None:
    from dataclasses import replace

    write_tmx([replace(UNIT, source="a\x00b\x0bc\ufffed\ud800e")], tmp_path / "x.tmx")
    assert next(read_tmx(tmp_path / "x.tmx")).source == "abcde"
    assert clean_text(" a\n\tb\x00  c ") == "a b c"


def test_two_language_pairs_and_no_units_are_refused(tmp_path: Path) -> None:
    from dataclasses import replace

    path = tmp_path / "x.tmx"
    path.write_text("older")
    with pytest.raises(FormatError, match="no translation unit"):
        write_tmx([], path)
    with pytest.raises(UsageError, match="zh-CN/en-US, zh-CN/fr-FR"):
        write_tmx([UNIT, replace(UNIT, target_lang="fr-FR")], path)
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "line"),
        ("<tmx><body><tu>", "line"),
        ("<html/>", "begins with <html>"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx version="1.4"><body/></tmx>', "entities"),
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "/etc/passwd">]><tmx><body/></tmx>', "entities"),
    ],
)
def test_broken_and_hostile_files(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "x.tmx"
    path.write_text(content)
    with pytest.raises(FormatError, match=told):
        list(read_tmx(path))
    with pytest.raises(ReadError):
        list(read_tmx(tmp_path / "none.tmx"))


def test_other_tools_files(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx11.dtd"><tmx version="1.1">'
        '<header srclang="EN-US"/><body><tu><tuv lang="ZH-CN"><seg>中<bpt i="1">&lt;b></bpt>国'
        '</seg></tuv><tuv lang="EN-US"><seg>China</seg></tuv></tu>'
        '<tu><tuv lang="EN-US"><seg>alone</seg></tuv></tu></body></tmx>',
        "utf-8",
    )
    (unit,) = read_tmx(path)
    assert (unit.source_lang, unit.source, unit.target_lang) == ("EN-US", "China", "ZH-CN")


def alignment(**changes: Any) -> Alignment:
    def sentence(text: str, language: str) -> Sentence:
        return Sentence(text, language, Span(0, len(text)), 1, 1)

    values: dict[str, Any] = {
        "source": tuple(sentence(t, "zh") for t in ("甲。", "乙。", "甲。")),
        "target": tuple(sentence(t, "en") for t in ("A.", "B.", "A.")),
        "beads": (Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.4), Bead((2,), (2,), 0.8)),
        "source_lang": "zh-CN",
        "target_lang": "en-US",
        "info": NoteInfo(reference="CHN/1/2021", date="2021-03-30"),
    }
    return Alignment(**{**values, **changes})


def test_units_of_an_alignment() -> None:
    made = translation_units(alignment())
    assert [unit.source for unit in made] == ["甲。", "乙。"]
    assert made[0].created == "20210330T000000Z"
    assert dict(made[0].properties)["x-reference"] == "CHN/1/2021"
    assert made[0].id == unit_id("甲。", "A.", "zh-CN", "en-US")
    assert [u.source for u in translation_units(alignment(), 0.5)] == ["甲。"]


def test_sentences_are_joined_as_their_script_wants() -> None:
    whole = alignment(beads=(Bead((0, 1, 2), (0, 1, 2), 1.0),))
    (unit,) = translation_units(whole)
    assert (unit.source, unit.target) == ("甲。乙。甲。", "A. B. A.")


def test_date_without_a_date_in_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    unit = translation_units(alignment(info=NoteInfo()))[0]
    assert (unit.created, unit.property("x-date")) == ("", "")
    assert not any("date" in line for line in tmx_chunks([unit]))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert translation_units(alignment())[0].created == "19700102T000000Z"
    for wrong in ("soon", "9" * 20):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
            translation_units(alignment())


def test_a_failure_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("older")

    def chunks() -> Any:
        yield "new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save(chunks(), path)
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder"):
        save(["x"], tmp_path)
    with pytest.raises(OutputError, match="no such folder"):
        save(["x"], tmp_path / "a" / "b.tsv")

"""Words, phrases, nearly the same and the same in meaning."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError, UsageError
from aligner.memory.store import Hit, Scope, concordance, import_units, open_memory, similar
from aligner.memory.store.terms import fold, tokens
from aligner.memory.store.vectors import add_vectors, nearest, without_vectors
from aligner.memory.units import clean_text
from aligner.splitting import cut_words
from aligner.types import TranslationUnit
from aligner.vectors import Vectors

TEXTS = [
    ("《劳动保障监察条例》已公布。", "The Regulation on Labour Security Supervision was issued."),
    ("发展中国家需要支持。", "Developing countries need support."),
    ("中国尊重人权。", "China respects human rights."),
    ("个人权利受到保护。", "The rights of the individual are protected."),
    ("禁止使用童工。", "The use of child labour is prohibited; children's education comes first."),
    ("TikTok平台２０２１年在境外运营。", "TikTok operated the café platform abroad in 2021."),
    ("法。", "Law."),
]


def units(texts: Sequence[tuple[str, str]]) -> list[TranslationUnit]:
    return [
        TranslationUnit(
            *pair,
            "zh-CN",
            "en-US",
            properties=(
                ("x-document", f"note-{number % 2}.txt"),
                ("x-confidence", f"0.{number + 1}"),
            ),
        )
        for number, pair in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with open_memory(tmp_path_factory.mktemp("memory") / "m.db", create=True) as opened:
        import_units(opened, [("x", units(TEXTS))], cut_words, "x")
        yield opened


def numbers(hits: Sequence[Hit]) -> list[int]:
    sources = [source for source, _ in TEXTS]
    return [sources.index(hit.unit.source) for hit in hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("劳动保障", [0]),
        ("劳动", [0]),
        ("察条", [0]),  # across two words
        ("监察条例", [0]),
        ("障监察", [0]),
        ("保障劳动", []),
        ("人权", [2, 3]),  # a word of its own comes first
        ("法", [6]),
        ("童", [4]),
        ("LABOUR", [4, 0]),
        ("child", [4]),
        ("educating", [4]),  # another form of the word
        ("children", [4]),
        ("develop", [1]),
        ("cafe", [5]),
        ("2021", [5]),
        ("tiktok", [5]),
        ("TikTok平台", [5]),
        ("平台２０２１", [5]),
        ('"human rights"', [2]),
        ('"rights human"', []),
        ("rights human", [2]),
        ("“human rights”", [2]),
        ("human 人权", [2]),
        ("individual 人权", [3]),
        ("super*", [0]),
        ("发展中国家", [1]),
        ("zebra", []),
        ("儿童", []),
        ("law)", [6]),
        ("(law", [6]),
        ("AND", []),
        ('law "', [6]),
    ],
)
def test_concordance(db: sqlite3.Connection, query: str, found: list[int]) -> None:
    assert numbers(concordance(db, query)) == found


def test_words_within_longer_words_come_after_words(db: sqlite3.Connection) -> None:
    assert numbers(concordance(db, "中国")) == [2, 1]


@pytest.mark.parametrize("query", ["", "  ", '""', "?!", "。", "*", "\x00", "\udcff"])
def test_nothing_to_search_for(db: sqlite3.Connection, query: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        concordance(db, query)


def test_marks(db: sqlite3.Connection) -> None:
    def marked(query: str) -> list[str]:
        (hit,) = concordance(db, query)
        return [hit.unit.source[a:b] for a, b in hit.source_marks] + [
            hit.unit.target[a:b] for a, b in hit.target_marks
        ]

    assert marked("劳动保障") == ["劳动保障"]
    assert marked("平台2021") == ["平台２０２１"]
    assert marked("child 童工") == ["童工", "child"]
    assert marked('"HUMAN right" 人权') == ["人权", "human rights"]
    assert marked("法") == ["法"]


def test_scope(db: sqlite3.Connection) -> None:
    assert numbers(concordance(db, "rights", Scope(document="NOTE-1"))) == [3]
    assert numbers(concordance(db, "rights", Scope(min_confidence=0.35))) == [3]
    assert numbers(concordance(db, "rights", Scope(language="en"))) == [3, 2]
    assert numbers(concordance(db, "rights", Scope(language="zh"))) == []
    assert numbers(concordance(db, "rights", Scope(language="ru"))) == []
    assert numbers(concordance(db, "rights", limit=1)) == [3]
    with pytest.raises(InputError, match="aligner tm documents"):
        concordance(db, "rights", Scope(document="other"))


@given(st.data())
def test_every_piece_of_a_text_is_found_and_marked(data: st.DataObject) -> None:
    letters = st.text(st.sampled_from("中国人权法劳动保障的Ａ２a b，。（"), min_size=1, max_size=12)
    text = clean_text(data.draw(letters))
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    piece = text[start : data.draw(st.integers(start, len(text))) + 1]
    # A word may be cut, so the piece begins and ends at Chinese.
    piece = piece.strip("Ａ２a b，。（")
    if not piece:
        return
    with TemporaryDirectory() as folder, open_memory(f"{folder}/m.db", create=True) as db:
        import_units(db, [("x", units([(text, "x")]))], lambda *_: (), "x")
        (hit,) = concordance(db, f'"{piece}"')
    assert any(fold(piece) in fold(text[a:b]) for a, b in hit.source_marks)


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_alike_is_marked(text: str, other: str) -> None:
    text, other = clean_text(text), clean_text(other)
    if not (text and other):
        return
    with TemporaryDirectory() as folder, open_memory(f"{folder}/m.db", create=True) as db:
        import_units(db, [("x", units([(text, "x")]))], lambda *_: (), "x")
        (same,) = similar(db, text, Scope(language="zh"), least=1)
        near = similar(db, f"{text} {other}", Scope(language="zh"), least=0)
    assert same.score == 1
    for hit in near:
        marked = [token for a, b in hit.source_marks for token in tokens(text[a:b])]
        assert marked == tokens(text)
        assert 0 <= hit.score < 1


def test_queries_of_very_many_words(db: sqlite3.Connection) -> None:
    assert concordance(db, "rights " * 5000)
    assert not concordance(db, " ".join(f"word{k}" for k in range(5000)))


@given(st.text(max_size=30))
def test_no_query_breaks_the_search(query: str) -> None:
    with TemporaryDirectory() as folder, open_memory(f"{folder}/m.db", create=True) as db:
        import_units(db, [("x", units(TEXTS[:1]))], lambda *_: (), "x")
        similar(db, query)
        with suppress(UsageError):
            concordance(db, query)


def test_similar(db: sqlite3.Connection) -> None:
    (hit,) = similar(db, "中国尊重人权。", least=0.9)
    assert (hit.score, numbers([hit])) == (1.0, [2])
    (hit,) = similar(db, "The right of the individual is protected.", least=0.5)
    assert hit.score == pytest.approx(1 - 2 / 8)
    assert [hit.unit.target[a:b] for a, b in hit.target_marks] == [
        "The",
        "of the individual",
        "protected.",
    ]
    assert not hit.source_marks
    (hit,) = similar(db, "china respects human rights.", least=0.9)
    assert hit.score == 0.99
    assert not similar(db, "China respects human rights.", Scope(language="zh"), least=0.3)
    assert similar(db, "", least=0.0) == []


def test_similar_takes_long_texts(db: sqlite3.Connection) -> None:
    assert similar(db, "中国尊重人权。" * 50_000) == []


def vectors_of(texts: Sequence[str]) -> Vectors:
    """Stands for an encoder: where the vowels are."""
    rows = np.array([[text.count(v) + 0.01 for v in "aeiou"] for text in texts], dtype=np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_nearest(tmp_path: Path) -> None:
    english = Scope(language="en")
    with open_memory(tmp_path / "m.db", create=True) as db:
        import_units(db, [("x", units(TEXTS))], cut_words, "x")
        assert without_vectors(db, "m", english) == len(TEXTS)
        assert list(add_vectors(db, "m", vectors_of, english)) == [1, 2, 3, 4, 5, 6, 7]
        assert without_vectors(db, "m", english) == 0
        assert without_vectors(db, "m", Scope(language="zh")) == len(TEXTS)
        assert without_vectors(db, "other", english) == len(TEXTS)
        wanted = vectors_of([target for _, target in TEXTS])
        for number, hits in enumerate(nearest(db, wanted, "m", english, limit=3)):
            assert numbers(hits)[0] == number
            assert hits[0].score == pytest.approx(1, abs=1e-3)
            assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
            assert len(hits) == 3
        (hits,) = nearest(db, wanted[:1], "m", Scope("note-1", "en"), limit=9)
        assert {number % 2 for number in numbers(hits)} == {1}
        assert nearest(db, wanted[:1], "m", Scope(language="zh")) == [[]]
        assert nearest(db, wanted[:1], "m", english, least=1.01) == [[]]

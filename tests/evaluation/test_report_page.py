"""The page: complete, apart from the world, safe from what documents hold."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from lxml import html
from made import beads, reference

from aligner.evaluation import Evaluation, ReferenceSide, System, assess, place_beads, place_units
from aligner.evaluation.page import report_page
from aligner.evaluation.page.picture import data_uri, picture
from aligner.types import TranslationUnit
from aligner.vectors import Vectors

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">&amp;\'"'
ZH = ["你好。", HOSTILE, "再见。"]
EN = ["Hello.", f"{HOSTILE} in English", "Bye."]


def encode(sentences: Sequence[str]) -> Vectors:
    """Vectors by which sentences of the same number are alike."""
    return np.eye(len(sentences), dtype=np.float32)


def evaluation(source: Sequence[str] = ZH, target: Sequence[str] = EN) -> Evaluation:
    gold = reference("0-0 1-1 2-2", source, target)
    systems = [
        System(HOSTILE, (place_beads(gold, beads("0-0:0.9 1,2-1,2:0.4")),)),
        System("b", (place_beads(gold, beads("0-0 1-1 2-2")),)),
    ]
    return assess(HOSTILE, [gold], systems)


def page(found: Evaluation, pictures: bool = True) -> str:
    return "".join(report_page(found, encode if pictures else None))


def parsed(made: str) -> Any:
    return html.document_fromstring(made)


def test_hostile_text_is_shown_as_text() -> None:
    made = page(evaluation())
    tree = parsed(made)
    assert not tree.xpath("//script | //img | //@onerror")
    shown = "".join(tree.itertext())
    assert shown.count(HOSTILE) > 5
    assert HOSTILE in tree.findtext(".//h1")


def test_nothing_comes_from_outside() -> None:
    tree = parsed(page(evaluation()))
    for address in tree.xpath("//@href | //@src"):
        assert address.startswith(("#", "data:image/png;base64,"))
    assert not re.search(r"url\(|@import", page(evaluation()))
    assert not tree.xpath("//link | //iframe | //object | //form")


def test_links_lead_to_what_is_there_and_names_are_unique() -> None:
    tree = parsed(page(evaluation()))
    names = tree.xpath("//@id")
    assert len(names) == len(set(names))
    links = [a.removeprefix("#") for a in tree.xpath("//@href") if a.startswith("#")]
    assert set(links) <= set(names)
    assert "d0e0" in links, "the wrong bead on the map leads to its sentences"


def test_every_error_has_both_sides_and_right_passages_have_none() -> None:
    tree = parsed(page(evaluation()))
    (error,) = tree.xpath("//article")
    rows = [" ".join(row.text_content().split()) for row in error.xpath(".//tbody/tr")]
    assert [row.split()[0] for row in rows[:2]] == ["gold", "gold"]
    assert len(rows) == 3
    assert "再见。" in rows[2]
    assert "Bye." in rows[2]
    assert "你好" not in error.text_content()
    assert error.xpath(".//td/@lang")[:2] == ["zh", "en"]


def test_scores_and_signature_are_there() -> None:
    found = evaluation()
    text = parsed(page(found)).text_content()
    for system in found.systems:
        assert f"{system.scores['strict'].f1:.3f}" in text
        assert system.signature in text
    assert found.signature in text
    for remark in found.remarks:
        assert remark in text


def test_without_sentences_the_page_says_so() -> None:
    made = page(evaluation((), ()))
    assert "sentences are not available" in made
    tree = parsed(made)
    assert not tree.xpath("//image")
    assert len(tree.xpath("//svg[@class='map']")) == 3
    assert tree.xpath("//article//td//span[@class='n']/text()")[:2] == ["1", "1"]


def test_a_memory_alone() -> None:
    gold = reference("0-0 1-1 2-2", ZH, EN)
    units = [TranslationUnit("你好。", "Bye.", "zh", "en"), TranslationUnit("哦", "Oh", "zh", "en")]
    made = page(assess("g", [gold], [System("m.tmx", (place_units(gold, units),))]))
    text = parsed(made).text_content()
    assert "not aligned" in text
    assert "not in the gold" in text
    assert "No system has confidences" in text


def test_of_many_documents_those_with_most_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.evaluation.page.render.MOST_DOCUMENTS", 2)
    gold = reference("0-0 1-1 2-2 3-3")
    systems = ["0-0 1-1 2-2 3-3", "0,1-0,1 2-2 3-3", "0-0 1-1 2-2 3-3", "0,1-0,1 2,3-2,3"]
    predictions = tuple(place_beads(gold, beads(system)) for system in systems)
    made = page(assess("g", [gold] * 4, [System("s", predictions)]))
    assert parsed(made).xpath("//h3/@id") == ["d1", "d3"]
    assert "The 2 documents with the most errors" in made


def test_the_picture_is_a_png_of_the_similarities() -> None:
    source, target = (
        ReferenceSide.of_texts(["甲" * 30, "乙" * 10]),
        ReferenceSide.of_texts(["a" * 40, "b" * 21]),
    )
    levels = picture(source, target, encode("xy"), encode("xy"))
    assert levels.shape == (40, 61)
    assert levels[:30, :40].min() == levels[30:, 40:].min() == 15
    assert levels[30:, :40].max() == levels[:30, 40:].max() == 0
    data = base64.b64decode(data_uri(levels).partition(",")[2])
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks = {}
    place = 8
    while place < len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        (check,) = struct.unpack(">I", data[place + 8 + size : place + 12 + size])
        assert check == zlib.crc32(kind + content)
        chunks[kind] = content
        place += 12 + size
    assert struct.unpack(">IIBBBBB", chunks[b"IHDR"]) == (61, 40, 4, 3, 0, 0, 0)
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(40, 32)
    assert not lines[:, 0].any()
    pixels = np.stack([lines[:, 1:] >> 4, lines[:, 1:] & 15], axis=-1).reshape(40, -1)[:, :61]
    assert np.array_equal(pixels, levels)


def test_a_long_text_is_drawn_small_with_its_path() -> None:
    side = ReferenceSide.of_texts(["x" * 7] * 900)
    levels = picture(side, side, encode(["x"] * 900), encode(["x"] * 900))
    assert levels.shape == (320, 320)
    assert (np.diagonal(levels) == 15).all()
    assert levels[200, 10] == 0

"""What line breaks, letterspacing and character recognition did is mended; nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.document import Document
from aligner.layout import lay_out, lay_out_one
from aligner.layout.repair import Edit, apply, stray_spaces
from aligner.types import Piece

LANGUAGES = ("zh", "en")


def english(text: str) -> list[str]:
    return [p.text for p in lay_out_one(Document("x", text), "en", LANGUAGES).paragraphs]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # The document has the word whole, or the compound, or both of its parts.
        ("International law.\n\nThe inter-\nnational order.", "The international order."),
        ("A law-based order.\n\nThe law-\nbased order.", "The law-based order."),
        ("The law is based on it.\n\nThe law-\nbased order.", "The law-based order."),
        ("It is the long-\nterm programme.", "It is the long-term programme."),
        ("All trust it.\n\nThe confi-\ndence-building.", "The confidence-building."),
        ("It is so-\ncial of the part-\nners.", "It is social of the partners."),
        ("The pro\u00adtection of children.", "The protection of children."),
        ("The pro\u200btection\ufeff of children.", "The protection of children."),
        ("Internet of Things (1oT) grows.", "Internet of Things (IoT) grows."),
        ("Article 10 (a) and (10) hold.", "Article 10 (a) and (10) hold."),
    ],
)
def test_english(text: str, wanted: str) -> None:
    assert english(text)[-1] == wanted


def test_many_broken_words_without_other_evidence() -> None:
    lines = ["The commit-\ntee met.", "Its recom-\nmendations stood.", "The govern-\nment replied."]
    assert english("\n\n".join(lines))[0] == "The committee met."


def test_section_numbers_in_strokes() -> None:
    text = "I. First\n\nText.\n\nI1. Second\n\nText.\n\n[11. Third\n\nText.\n\nIV. Fourth\n\nEnd."
    assert [p for p in english(text) if not p.startswith(("Text", "End"))] == [
        "I. First",
        "II. Second",
        "III. Third",
        "IV. Fourth",
    ]
    assert english("I1. Alone\n\nText.")[0] == "I1. Alone"
    assert english("10. Ten\n\nText.\n\n11. Eleven\n\nText.")[2] == "11. Eleven"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("中 国 政 府 答 复 如 下 。", "中国政府答复如下。"),
        ("公 告", "公告"),
        ("第一章 总则", "第一章 总则"),
        ("中国政府 ， 答复如下 ：", "中国政府，答复如下："),
        ("他在 2021 年加入 TikTok 公司。", "他在 2021 年加入 TikTok 公司。"),
        ("“ 你好 ” 他说", "“ 你好” 他说"),
    ],
)
def test_stray_spaces(text: str, wanted: str) -> None:
    mended, _ = apply(text, [Piece(0, 0)], stray_spaces(text))
    assert mended == wanted


def test_korean_keeps_its_spaces() -> None:
    laid_out = lay_out(
        Document("x", "대한민국 정부는 다음 과 같이 답변합니다.\n\nHello."), ("ko", "en")
    )
    assert laid_out.paragraphs[0].text == "대한민국 정부는 다음 과 같이 답변합니다."


def test_spans_lead_back_to_the_document() -> None:
    text = "The pro\u00adtection of the Internet of Things (1oT) grows."
    paragraph = lay_out(Document("x", text), LANGUAGES).paragraphs[0]
    for word in ("The", "tection", "Things", "grows"):
        at = paragraph.text.index(word)
        assert text[slice(*paragraph.span(at, at + len(word)))] == word


@given(
    st.text("abc -", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 4), st.booleans()), max_size=6),
)
def test_edits_keep_the_way_back(text: str, wanted: list[tuple[int, int, bool]]) -> None:
    edits = [
        Edit(at, min(at + size, len(text)), "X" * (min(at + size, len(text)) - at) if swap else "")
        for at, size, swap in wanted
        if at < len(text)
    ]
    mended, pieces = apply(text, [Piece(0, 100)], edits)
    for position, char in enumerate(mended):
        piece = [p for p in pieces if p.at <= position][-1]
        origin = piece.start + position - piece.at - 100
        assert char in (text[origin], "X")

"""Sentences that a translator would agree with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.splitting import cut_words, split_paragraph
from aligner.types import Paragraph, Piece

ENGLISH = [
    "See No. 5 and Art. 3, para. 4.|Mr. Li went to the U.S. in 2021.|He paid 3.5 million.",
    '"Is it?" he asked.|Then he left.',
    "He cited e.g. the law (see sect. 2).|The U.S. Government replied.",
    "1. First item.|2. Second item.",
    "II. Body text follows.|It ended at 5 p.m. on Monday.",
    "(a) the law; (b) the rule.",
    'The report [A/HRC/47/36], paras. 12-15, states: "We agree."|It then goes on.',
    "The treaty was signed by J. F. Kennedy.|It held.",
    "Nothing happened…|He left.",
    "The law was passed by the State Council.|The regulation followed.",
    "Media contact: Ms. Wang Fang of the Ministry.|It closed.",
    "Mr. 王 attended.",
    "It only provides service abroad; it carries out localization.",
]
CHINESE = [
    "他说：“你好。”|然后走了。|他问：“为什么？”|我没有回答。",
    "他说“走！”就走了。|大家都走了。",
    "（见附件。）|下文。",
    "《条例》第3.5条规定：甲；乙；丙。|2021年3月30日来函[AL CHN 3/2021]收悉。",
    "增长了3.5%。|一是推进改革；二是扩大开放。",
    "真的吗？|是的！|好。",
    "1. 双方应加强合作。",
    "5．第五点是安全。",
    "“我们同意。”他说。|会议结束。",
    "《你好吗？》是一部电影。",
    "中国政府答复如下：",
    "他喊道：“走！快走！”|大家都走了。",
]


def paragraph(text: str, language: str) -> Paragraph:
    return Paragraph(text, (Piece(0, 0),), language, 1, 1)


@pytest.mark.parametrize("case", ENGLISH)
def test_english(case: str) -> None:
    pieces = case.split("|")
    found = split_paragraph(paragraph(" ".join(pieces), "en"))
    assert [sentence.text for sentence in found] == pieces


@pytest.mark.parametrize("case", CHINESE)
def test_chinese(case: str) -> None:
    found = split_paragraph(paragraph(case.replace("|", ""), "zh-TW"))
    assert [sentence.text for sentence in found] == case.split("|")


def test_a_lost_space_after_a_stop() -> None:
    found = split_paragraph(paragraph("It was held on Friday.The person spoke.", "en"))
    assert [sentence.text for sentence in found] == ["It was held on Friday.", "The person spoke."]


@given(
    st.text(st.sampled_from('ab A1.。！？；“”（）"() 中国…\U0001f600'), min_size=1, max_size=80),
    st.sampled_from(["zh", "en", "de"]),
)
def test_nothing_is_lost_and_spans_are_true(text: str, language: str) -> None:
    sentences = split_paragraph(paragraph(text, language))
    for sentence in sentences:
        assert text[sentence.span.start : sentence.span.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
    joined = "".join(sentence.text for sentence in sentences)
    assert "".join(joined.split()) == "".join(text.split())


def test_words() -> None:
    assert cut_words("劳动保障监察条例", "zh") == ["劳动", "保障", "监察", "条例"]
    assert cut_words("China's Labour Law, 2021.", "en") == [
        "China's",
        "Labour",
        "Law",
        ",",
        "2021",
        ".",
    ]

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
    "The delegation visited: 1. the city of Beijing; 2. the city of Tianjin.|It left.",
    "The meeting rose at 12:30.|The Chairman thanked all.",
    "The budget was 1,500,000.|The Committee approved it.",
    "See articles 3, 4, 5.|The Committee took note.",
    "II. Body text follows.|It ended at 5 p.m. on Monday.",
    "(a) the law; (b) the rule.",
    'The report [A/HRC/47/36], paras. 12-15, states: "We agree."|It then goes on.',
    "The treaty was signed by J. F. Kennedy.|It held.",
    "Nothing happened…|He left.",
    "The law was passed by the State Council.|The regulation followed.",
    "Media contact: Ms. Wang Fang of the Ministry.|It closed.",
    "Mr. 王 attended.",
    "It only provides service abroad; it carries out localization.",
    'He said: "It is late."|Then he left.',
    "The law (see Art. 5.) applies.|It holds.",
    "They agreed on Jan. 5, 2021.|The U.S. and the U.K. signed.|Mr. J. R. Smith spoke.",
    "It was signed at 5 p.m.|The parties left.",
    "He works for Smith Co. Ltd. in Geneva.|It grew by 3.5 percent.",
    'What?|No!|Yes...|Perhaps.|"Really?" she asked.|"Yes."|He nodded.',
    "(a) The first; (b) the second; and (c) the third.",
    "The case v. China No. 12/2020 was closed.|Cf. para. 4.",
    "She lives in Washington, D.C.|She is a Ph.D. student.|Dr. Li met Gen. Wang on Sept. 3.",
    "The next will be on 5 April.[1]|It is planned.",
    "He asked, \"Why?\" and left.|She said 'No.'|He went.",
    "I. Introduction",
    "Chapter 3. General Provisions",
    "The vote was 12-3 (with 2 abstentions.)|The motion passed.",
    "Version 2.0.1 was released.|Visit www.un.org.|It is open.",
    "“The carp came back,” said Ms. Zhao.|“We had not seen them.”",
    "U.N. experts met.|The U.N. Office replied.|Prof. Dr. H. C. Andersen came.",
    "Mr. Chairman, distinguished delegates: thank you.|Ambassador Chen et al. attended.",
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
    "“真的吗？”她问。|“是的。”|他点头。",
    "他笑了……然后走了。",
    "这个问题——如前所述——很重要。|结束。",
    "一、总则　本条例适用于中国。|二、附则",
    "（一）加强领导；（二）落实责任。|（三）完善制度。",
    "一是推进改革。|二是扩大开放。|三是保障民生。",
    "第一条　为了保护儿童权益，制定本法。|第二条　本法自公布之日起施行。",
    "《未成年人保护法》（2020年修订。）|第七十五条规定：网络游戏经营者应当依法处理。",
    "会议指出：“要坚持以人为本。要依法治国。”|代表们同意。",
    "答复如下：1.关于第一个问题，中方认为不存在。|2.关于第二个问题，已处理。",
    "该案(2019)京01刑初12号已审结。|被告人不服，提出上诉。",
    "他问：“你去吗？”|“不去！”她答道。",
    "TikTok Inc. 是一家公司。|它在美国。",
    "见U.N. Doc. A/HRC/47/36号文件。|下文。",
    "真的！！！|你信吗？！|我不信。",
    "“一国两制”是基本国策。|“九二共识”不容否认。",
    '他说:"你好."|然后走了.|我也走了.',
    '"好的."他说.|增长了3.5%.|达到100万人.',
    "谢谢!|再见!",
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


@pytest.mark.parametrize("day", ["Friday", "30 March 2021"])
def test_a_lost_space_after_a_stop(day: str) -> None:
    found = split_paragraph(paragraph(f"It was held on {day}.The person spoke.", "en"))
    assert [sentence.text for sentence in found] == [f"It was held on {day}.", "The person spoke."]


@pytest.mark.parametrize(
    ("case", "language"),
    [
        ("双方应合作；|各自负责。|“甲；乙”为一（丙；丁）项；|完。", "zh"),
        ('It provides service; |it carries (a; b) on.| "One; two" stays.', "en"),
        ("No clause;here.", "en"),
    ],
)
def test_clauses(case: str, language: str) -> None:
    found = split_paragraph(paragraph(case.replace("|", ""), language), clauses=True)
    assert [sentence.text for sentence in found] == [part.strip() for part in case.split("|")]


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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_long_paragraphs_are_cut_as_short_ones(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = {
        "zh": "中国政府高度重视。他说：“很好。”就走了。",
        "en": "See No. 5 of it. He left. Mr. Li came! ",
    }
    paragraph = Paragraph(text[language] * 50, (Piece(0, 0),), language, 1, 1)
    whole = split_paragraph(paragraph)
    for size in (100, 333):
        monkeypatch.setattr("aligner.splitting.sentences._STRETCH", size)
        assert split_paragraph(paragraph) == whole


def test_what_never_ends_is_cut_between_words() -> None:
    text = "alpha beta; gamma " * 3000
    sentences = split_paragraph(Paragraph(text, (Piece(0, 0),), "en", 1, 1))
    words = [word for sentence in sentences for word in sentence.text.split()]
    assert words == text.split()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It runs on EOS.IO and uses a sync.Mutex as a lock."),
        ("en", "The zero value for a bytes.Buffer is an empty buffer."),
        ("zh", "零值的 sync.Mutex 已经被定义为已解锁的互斥锁了。"),
        ("zh", "它直接将其实参传递给 fmt.Sprintln 进行实际的格式化。"),
    ],
)
def test_a_stop_within_a_name_ends_nothing(language: str, text: str) -> None:
    assert [s.text for s in split_paragraph(paragraph(text, language))] == [text]

"""Furniture, languages, line wraps and cuts, on small documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.document import Document
from aligner.errors import LanguageError, UsageError
from aligner.layout import lay_out, set_aside_one_sided
from aligner.splitting import split_paragraph
from aligner.types import Paragraph, Role

LANGUAGES = ("zh", "en")


def paragraphs(text: str) -> list[tuple[str, str]]:
    return [(p.language, p.text) for p in lay_out(Document("x", text), LANGUAGES).paragraphs]


def left_out(text: str) -> dict[str, str]:
    return {x.paragraph.text: x.reason for x in lay_out(Document("x", text), LANGUAGES).left_out}


PROSE = "The Government wishes to respond.\n\n中国政府答复如下。\n\n"


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("11 Chemin de Surville, 1213 Petit-Lancy\nTel: +41 22 879 56 78", Role.CONTACT),
        ("Email: mission@example.org Website: www.example.org", Role.CONTACT),
        ("电话：010-12345678  传真：010-87654321", Role.CONTACT),
        ("https://www.example.org/a/b?c=d", Role.CONTACT),
        ("No.GJ/26/2021", Role.REFERENCE),
        ("CHN/HR/2025/34", Role.REFERENCE),
        ("编号：CHN/HR/2025/34", Role.REFERENCE),
        ("- 3 -", Role.PAGE_NUMBER),
        ("Page 3 of 12", Role.PAGE_NUMBER),
        ("第3页 共12页", Role.PAGE_NUMBER),
        ("3/12", Role.PAGE_NUMBER),
        ("iv", Role.PAGE_NUMBER),
        ("GE.24-01234", Role.REFERENCE),
        ("A/HRC/55/L.12", Role.REFERENCE),
        ("No. 112/2023", Role.REFERENCE),
        ("媒体联系人：王芳女士，press@mot.example.cn", Role.CONTACT),
        ("Media contact: Ms. Wang Fang, press@mot.example.cn", Role.CONTACT),
        ("网址：https://www.example.org.cn。", Role.CONTACT),
        ("网站：http://www.example.cn；电话：010-65961114", Role.CONTACT),
        ("网址：www.example.org；邮箱：a@b.example", Role.CONTACT),
    ],
)
def test_furniture_by_its_form(line: str, role: Role) -> None:
    text = PROSE + line + "\n\n" + PROSE
    assert set(left_out(text).values()) == {role.value}
    assert len(paragraphs(text)) == 4


@pytest.mark.parametrize(
    "line",
    [
        "The hotline 12321 was opened in 2010 and can be reached at www.example.org by all.",
        "Article 3",
        "Civil",
        "Website www.un.org holds the documents.",
        "1. General principles",
        "It cited the report A/HRC/47/36 in full.",
        "2021年，中国通过了新的法律。",
    ],
)
def test_text_is_not_furniture(line: str) -> None:
    assert left_out(PROSE + line + "\n\n" + PROSE) == {}


def test_lines_that_come_back_are_furniture_and_headings_that_count_are_not() -> None:
    pages = [f"{PROSE}White Paper on Law {n}\n\n{PROSE}\f" for n in range(7, 10)]
    starts = tuple(k * len(pages[0]) for k in range(3))
    laid_out = lay_out(Document("x", "".join(pages), starts), LANGUAGES)
    assert [item.reason for item in laid_out.left_out] == [Role.RUNNING_LINE.value] * 3
    for word in ("Article", "Question", "Recommendation", "问题", "White Paper on Law"):
        headings = "".join(f"{word} {n}\n\n{PROSE}" for n in range(1, 4))
        assert left_out(headings) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Noting the increase in the number of disasters in it,\n\nStressing the need for it,\n\n"
        "关切地注意到灾害在世界各地不断增多，造成的损失也越来越大，受灾的人数不断上升，\n\n强调必须及早预警，\n",
        "日程见www.example.org。请阅读。\n\nThe programme is at www.example.org. Please read it.\n",
        "草案见www.example.org/draft，截至6月30日征求意见。\n\nThe draft is there.\n",
    ],
)
def test_paragraphs_stay_as_they_are(text: str) -> None:
    assert [t for _, t in paragraphs(text)] == text.strip().split("\n\n")


def test_a_short_line_that_a_page_number_cut() -> None:
    text = "They will agree on the distribution of the costs\n\n- 1 -\n\nin good time.\n\n" + PROSE
    assert paragraphs(text)[0] == (
        "en", "They will agree on the distribution of the costs in good time."
    )  # fmt: skip


def test_wraps_are_joined_in_both_scripts() -> None:
    english = (
        "The labour inspection bodies have made use of various\nmethods to protect the rights.\n"
    )
    chinese = (
        "推进行业自律，督促境内互联网信\n息服务提供者开展自查自纠，为儿\n童健康成长营造良好环境。\n"
    )
    assert paragraphs(english + "\n" + chinese) == [
        ("en", english.replace("\n", " ").strip()),
        ("zh", chinese.replace("\n", "")),
    ]


def test_short_lines_are_not_joined() -> None:
    text = "First point\nSecond point is longer than it\nThird point\n\n" + PROSE
    assert [t for _, t in paragraphs(PROSE + text)][2:5] == [
        "First point",
        "Second point is longer than it",
        "Third point",
    ]


def test_a_sentence_cut_by_a_page_foot_is_rejoined() -> None:
    text = (
        "China has drawn up and issued clear provisions, including the Labour Law, the Labour\n\n"
        "- 2 -\n\nContract Law and the Regulation.\n\n"
        "二是推进行业自律，督促境内互联网信\n\n- 3 -\n\n息服务提供者开展自查自纠。\n"
    )
    assert [t for _, t in paragraphs(text)] == [
        "China has drawn up and issued clear provisions, including the Labour Law, the Labour "
        "Contract Law and the Regulation.",
        "二是推进行业自律，督促境内互联网信息服务提供者开展自查自纠。",
    ]


def test_a_heading_is_not_joined_to_what_follows() -> None:
    text = "I. The Rule of Law\n\nThe internet is one of humanity's great achievements.\n\n" + PROSE
    assert paragraphs(PROSE + text)[2] == ("en", "I. The Rule of Law")


def test_languages_alternate_line_by_line() -> None:
    text = "First sentence here.\n第一句话。\nSecond sentence here.\n第二句话。\n"
    assert [language for language, _ in paragraphs(text)] == ["en", "zh", "en", "zh"]


def test_a_few_foreign_words_do_not_change_a_paragraphs_language() -> None:
    assert paragraphs("对于在 TikTok 平台发布的信息，AL CHN 3/2021 号来函收悉。")[0][0] == "zh"
    assert paragraphs("The Labour Law (劳动法) and the Contract Law (合同法) apply.")[0][0] == "en"


COMPLIMENTS = "The Permanent Mission presents its compliments to the Office and has the honour.\n\n"
ZH_COMPLIMENTS = "中国常驻代表团向联合国人权事务高级专员办事处致意，并谨转交答复。\n\n"


def one_sided(text: str) -> list[str]:
    laid_out = lay_out(Document("x", text), LANGUAGES)
    return [
        item.paragraph.role.value
        for item in set_aside_one_sided(laid_out.stream("zh"), laid_out.stream("en"))[2]
    ]


def test_compliments_are_left_out_only_where_one_language_has_them() -> None:
    assert one_sided(COMPLIMENTS + PROSE) == [Role.COMPLIMENTS.value]
    assert one_sided(COMPLIMENTS + ZH_COMPLIMENTS + PROSE) == []


def test_letterhead_is_left_out_only_where_one_language_has_it() -> None:
    address = "Tel: +41 22 879 56 78\n\n"
    head = "PERMANENT MISSION OF CHINA\n\n"
    assert one_sided(head + address + PROSE) == [Role.LETTERHEAD.value]
    assert one_sided(head + "中国常驻代表团\n\n" + address + PROSE) == []


def test_a_title_is_no_letterhead() -> None:
    for title in ("关于合作的谅解备忘录", "第一章 总则", "Memorandum of Understanding"):
        laid_out = lay_out(Document("x", f"{title}\n\n{PROSE}"), LANGUAGES)
        assert laid_out.paragraphs[0].text == title
        assert laid_out.paragraphs[0].role == Role.HEADING
        assert one_sided(f"{title}\n\n{PROSE}") == []


def test_a_line_of_marks_alone_goes_with_the_line_before() -> None:
    text = "中国政府愿意同各国深入开展合作，共同维护各国人民生命财产安全和国际秩序\n。\n\n" + PROSE
    assert paragraphs(text)[0][1].endswith("国际秩序。")


@pytest.mark.parametrize(
    "line",
    [
        "你好，很高兴见到你。 / Hello, nice to meet you.",
        "苹果\tapple",
        "第一条 | Article 1",
        "请大家安静。Please be quiet now.",
        "Please be quiet now. 请大家安静。",
        "为了保护公民权利，制定本法。   This Law protects the rights of citizens.",
    ],
)
def test_two_languages_on_one_line_are_cut(line: str) -> None:
    assert {language for language, _ in paragraphs(line)} == {"zh", "en"}
    assert len(paragraphs(line)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "AL CHN 4/2025号来文收悉。",
        "U.S. 政府对此作出答复。",
        "只向境外用户提供服务。Tiktok",
        "Mr. 王出席了会议。",
        "TikTok 平台",
        "中国互联网协会 12321 举报中心 / 网站",
    ],
)
def test_a_name_in_the_other_script_is_not_cut_off(line: str) -> None:
    assert len(paragraphs(line)) == 1


def test_very_long_lines() -> None:
    line = "中国" * 50_000 + " a" * 50_000 + "。word." * 20_000
    (paragraph,) = lay_out(Document("x", line), LANGUAGES).paragraphs
    assert paragraph.text == line


# What takes minutes, and not a second, where the work grows with the square of the length.
@pytest.mark.parametrize(
    "piece",
    [
        "continuing with the matter of the committee and of its members, which has been raised\n\n",
        "中 国 政 府 高 度 重 视 。",
        "a\t中\t",
        "他说“你好。”",
        "“",
    ],
)
def test_very_long_documents(piece: str) -> None:
    text = PROSE + piece * (400_000 // len(piece)) + "\n"
    laid_out = lay_out(Document("x", text), LANGUAGES)
    assert sum(len(split_paragraph(paragraph)) for paragraph in laid_out.paragraphs) >= 2


def test_a_running_head_with_its_pages_number() -> None:
    text = (
        "联合声明 第1页\n\n中方将提供二十亿元人民\n\n- 1 -\n\f"
        "联合声明 第2页\n\n币的无偿援助，用于建设学校。\n"
    )
    assert "联合声明 第2页" in left_out(text)


def test_marks_between_sections_are_listed_as_left_out() -> None:
    assert left_out(PROSE + "* * *\n\n" + PROSE) == {"* * *": "in neither language"}


def test_neither_language() -> None:
    with pytest.raises(LanguageError, match="no Chinese nor English text"):
        lay_out(Document("x", "12345 --- 67\n"), LANGUAGES)


def test_languages_written_alike() -> None:
    with pytest.raises(UsageError, match="one file for each language"):
        lay_out(Document("x", "Guten Tag. Hello."), ("de", "en"))


def check_place(document: Document, paragraph: Paragraph) -> None:
    for position, character in enumerate(paragraph.text):
        found = document.text[paragraph.offset(position)]
        assert found == character or (character == " " and found.isspace())


LINE = st.text(st.sampled_from("ab T.3中国，。！ \t　-—(（:/\n\f一1"), max_size=60)


@given(st.lists(LINE, max_size=12))
def test_every_character_knows_its_place(lines: list[str]) -> None:
    document = Document("x", "\n".join(lines))
    try:
        laid_out = lay_out(document, LANGUAGES)
    except LanguageError:
        return
    everything = [*laid_out.paragraphs, *(item.paragraph for item in laid_out.left_out)]
    for paragraph in everything:
        check_place(document, paragraph)
    # Nothing is lost and nothing twice, but for a stroke between two languages on a line and
    # the hyphen of a word that a line's end broke.
    kept = sorted(c for p in everything for c in p.text if not (c.isspace() or c in "/-"))
    assert kept == sorted(c for c in document.text if not (c.isspace() or c in "/-"))


def test_no_paragraph_is_endless() -> None:
    line = "这是一个完整的句子，它正好占满了整整一行的宽度而没有剩余。\n"
    found = paragraphs(line * 2000)
    assert max(len(text) for _, text in found) < 6000
    assert "".join(text for _, text in found) == line.strip() * 2000

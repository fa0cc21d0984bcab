"""Two languages side by side on a line."""

from __future__ import annotations

import pytest

from aligner.document import Document
from aligner.layout import lay_out, lay_out_one

LANGUAGES = ("zh", "en")


def streams(text: str) -> tuple[list[str], list[str]]:
    laid_out = lay_out(Document("x", text), LANGUAGES)
    zh, en = (laid_out.stream(language) for language in LANGUAGES)
    return [p.text for p in zh], [p.text for p in en]


@pytest.mark.parametrize(
    "text",
    [
        "你好。\tHello.\n再见。\tGoodbye.",
        "你好。 | Hello.\n再见。 | Goodbye.",
        "你好。 / Hello.\n再见。 / Goodbye.",
        "Hello.\t你好。\nGoodbye.\t再见。",
    ],
)
def test_rows(text: str) -> None:
    zh, en = streams(text)
    assert "".join(zh) == "你好。再见。"
    assert " ".join(en) == "Hello. Goodbye."


@pytest.mark.parametrize(
    ("line", "halves"),
    [
        ("会议纪要 Minutes of the meeting", ("会议纪要", "Minutes of the meeting")),
        ("会议纪要  Minutes of the meeting", ("会议纪要", "Minutes of the meeting")),
        ("出席：王明 Present: Wang Ming", ("出席：王明", "Present: Wang Ming")),
        ("Annex I: List 附件一：名单", ("附件一：名单", "Annex I: List")),
    ],
)
def test_one_line_that_says_the_same_twice(line: str, halves: tuple[str, str]) -> None:
    zh, en = streams(f"{line}\n\n大使馆收到来函。The Embassy has received the letter.\n")
    assert (zh[0], en[0]) == halves


@pytest.mark.parametrize(
    "line",
    [
        "参加者 John Smith",
        "腾讯公司 Tencent",
        "与会者：John Smith",
        "该公约（以下简称 Convention on the Rights",
    ],
)
def test_a_name_is_no_translation(line: str) -> None:
    zh, en = streams(f"{line}\n\n大使馆收到来函。The Embassy has received the letter.\n")
    assert (zh[0], en) == (line, ["The Embassy has received the letter."])


def test_columns_that_wrap_with_names_of_the_other_script() -> None:
    text = (
        "Neither TikTok's place of registration      Tiktok 实体注册地和运营地均不在中国，\n"
        "nor its location of operation is in China;  只向中国境外用户提供服务并在 TikTok 平台\n"
        "it only provides service to users outside   实施本地化运营。\n"
        "of China."
    )
    zh, en = streams(text)
    assert zh == [
        "Tiktok 实体注册地和运营地均不在中国，只向中国境外用户提供服务并在 TikTok 平台"
        "实施本地化运营。"
    ]
    assert en == [
        "Neither TikTok's place of registration nor its location of operation is in China; "
        "it only provides service to users outside of China."
    ]


def test_a_line_filled_by_a_foreign_name_is_part_of_its_paragraph() -> None:
    text = (
        "中国政府高度重视上述问题，并已批准和加入了以下公约，包括儿童权利公约\n"
        "Convention on the Rights of the Child and Optional Protocols adopted\n"
        "以及其他有关国际文书。\n\nThe Government attaches importance to it.\n"
    )
    zh, en = streams(text)
    assert len(zh) == 1
    assert en == ["The Government attaches importance to it."]


def test_a_few_words_of_the_other_language_do_not_split_a_sentence() -> None:
    zh, en = streams("在 TikTok 平台发布信息。\n\nInformation on the platform (抖音) is published.")
    assert zh == ["在 TikTok 平台发布信息。"]
    assert en == ["Information on the platform (抖音) is published."]


def test_a_heading_with_a_name_in_brackets_stays_whole() -> None:
    text = "The Belt and Road Initiative (一带一路)\n\nIt began in 2013 and has grown since then.\n"
    laid_out = lay_out_one(Document("x", text), "en", ("zh", "en"))
    assert laid_out.paragraphs[0].text == "The Belt and Road Initiative (一带一路)"


def test_a_cell_of_one_character_where_headings_stand_in_both_languages() -> None:
    cells = ["馆数 Libraries", "每馆藏书 Books per library", "年借阅量 Loans per year", "县 County"]
    document = Document("x", "\n\n".join(cells))
    found = [p.text for p in lay_out(document, LANGUAGES).paragraphs]
    assert found[-2:] == ["县", "County"]
    alone = lay_out(Document("x", "县 County\n\n中国政府已作出答复。"), LANGUAGES)
    assert alone.paragraphs[0].text == "县 County"


def test_headings_with_their_translation_in_brackets() -> None:
    headings = ["Drawing Shapes(绘制形状)", "File IO (文件 I/O)", "C++ Widgets（C++ 小部件）"]
    zh, en = streams("\n\n".join(headings))
    assert zh == ["绘制形状", "文件 I/O", "C++ 小部件"]
    assert en == ["Drawing Shapes", "File IO", "C++ Widgets"]
    zh, en = streams("\n\n".join(headings[:2]))  # not this document's way
    assert en == headings[:2]


@pytest.mark.parametrize(
    "line",
    ["国际货币基金组织（IMF）", "Beijing Foreign Studies University Press (北京)", "(a) 目的",
     "The word (目的) stands here."],
)  # fmt: skip
def test_a_name_in_brackets_is_no_translation(line: str) -> None:
    headings = [
        "Drawing Shapes(绘制形状)",
        "String Handling(字符串处理)",
        "Desktop Widgets(桌面小部件)",
    ]
    zh, en = streams("\n\n".join([*headings, line]))
    assert line in zh + en

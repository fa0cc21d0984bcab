"""What is no text is known by its form, its place or its return."""

from __future__ import annotations

import pytest

from aligner.document import Document, Span
from aligner.layout import lay_out
from aligner.types import Role
from documents import with_margins

LANGUAGES = ("zh", "en")
BODY = "The Government has replied to the communication of the experts.\n\n中国政府已作出答复。"


def left_out(text: str) -> dict[str, str]:
    laid_out = lay_out(Document("x", text), LANGUAGES)
    return {item.paragraph.text: item.reason for item in laid_out.left_out}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("- 3 -", Role.PAGE_NUMBER),
        ("Page 3 of 12", Role.PAGE_NUMBER),
        ("第 3 页，共 12 页", Role.PAGE_NUMBER),
        ("iv", Role.PAGE_NUMBER),
        ("[3/12]", Role.PAGE_NUMBER),
        ("<  1  2  3  4  >", Role.PAGE_NUMBER),
        ("Tel: +41 22 879 56 78", Role.CONTACT),
        ("电话：010-12345678  传真：010-87654321", Role.CONTACT),
        ("https://english.news.cn/20230316/c.html", Role.CONTACT),
        ("Direct link: https://english.news.cn/c.html", Role.CONTACT),
        ("info@example.org", Role.CONTACT),
        ("Address: 11 Chemin de Surville, Geneva", Role.CONTACT),
        ("Postal address: Box 85, 1213 Geneva", Role.CONTACT),
        ("GE.21-04567", Role.REFERENCE),
        ("No. 12/2020", Role.REFERENCE),
        ("Source: Xinhua", Role.SOURCE),
        ("来源：新华社  2021-03-30", Role.SOURCE),
        ("China SCIOUpdated: December 15, 2017", Role.SOURCE),
        ("责任编辑：李明", Role.SOURCE),
    ],
)
def test_furniture(line: str, role: Role) -> None:
    assert left_out(f"{BODY}\n\n{line}\n") == {" ".join(line.split()): role.value}


@pytest.mark.parametrize(
    "line",
    [
        "Article 3",
        "第三条",
        "30 March 2021",
        "The source: a river that rises in the mountains feeds the plain.",
        "See https://www.un.org for the report, which was published in 2021.",
        "In 1 2 3 4 steps",
        "Keynote address: why terraces stay",
    ],
)
def test_text(line: str) -> None:
    assert left_out(f"{BODY}\n\n{line}\n") == {}


def test_running_heads_of_two_pages() -> None:
    pages = [
        f"Reply of the Government {n}\n\nText of page {n} is here.\n\n这是正文。" for n in (1, 2)
    ]
    text = "\n\f".join(pages)
    starts = (0, text.index("\f") + 1)
    laid_out = lay_out(Document("x", text, starts), LANGUAGES)
    assert [item.reason for item in laid_out.left_out] == [Role.RUNNING_LINE.value] * 2
    # Without pages, twice is no pattern.
    assert left_out(text.replace("\f", "\n")) == {}


def test_a_heading_cut_in_two_is_no_running_line() -> None:
    text = "\n\n".join(
        f"{numeral}. Building the Legal System for\n\nCyberspace Governance\n\n{BODY}"
        for numeral in ("I", "II", "III")
    )
    assert left_out(text) == {}
    headings = [p.text for p in lay_out(Document("x", text), LANGUAGES).paragraphs][::3]
    assert headings[0] == "I. Building the Legal System for Cyberspace Governance"


def test_what_the_format_marks_as_furniture() -> None:
    text = "Home\n\n" + BODY
    laid_out = lay_out(with_margins(text, [Span(0, 4)]), LANGUAGES)
    assert [(i.paragraph.text, i.reason) for i in laid_out.left_out] == [
        ("Home", Role.NAVIGATION.value)
    ]


def test_what_the_format_sets_aside_is_no_edge_of_a_page() -> None:
    """As a watermark, which a PDF file's reader puts last on its page."""
    english, chinese = BODY.split("\n\n")
    pages = [f"{text}\n\nForeign Ministry\n\nDraft" for text in (english, chinese)]
    text = "\f".join(pages)
    first = text.index("Draft")
    spans = Span(first, first + 5), Span(len(text) - 5, len(text))
    starts = (0, len(pages[0]) + 1)
    laid_out = lay_out(with_margins(text, spans, starts), LANGUAGES)
    assert [p.text for p in laid_out.paragraphs] == [english, chinese]
    assert {item.reason for item in laid_out.left_out} == {Role.RUNNING_LINE, Role.NAVIGATION}


def test_a_sentence_cut_by_columns_and_pages() -> None:
    text = (
        "The Government attaches great importance to the protection of the rights of\n\n"
        "中国政府高度重视保护工作，并将继续加强对未成年人的\n\n- 1 -\n\f"
        "children and will strengthen it.\n\n网络保护。\n"
    )
    document = Document("x", text, (0, text.index("\f") + 1))
    laid_out = lay_out(document, LANGUAGES)
    assert [p.text for p in laid_out.paragraphs] == [
        "The Government attaches great importance to the protection of the rights of "
        "children and will strengthen it.",
        "中国政府高度重视保护工作，并将继续加强对未成年人的网络保护。",
    ]

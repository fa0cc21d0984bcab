"""Characters with boxes become lines, columns and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.reading.fragments import Glyph
from aligner.reading.page import page_text
from aligner.spacing import is_wide


def typed(text: str, left: float, top: float, size: float = 10) -> Iterator[Glyph]:
    """One line of text, half a size for a Latin letter."""
    for char in text:
        width = size if is_wide(char) else size / (4 if char == " " else 2)
        yield Glyph(char, left, left + width, top - size, top)
        left += width


def page(*lines: tuple[str, float, float]) -> str:
    return page_text([glyph for line in lines for glyph in typed(*line)])


LONG = "The government has taken a series of"


def test_wrapped_lines_are_joined_and_paragraphs_kept_apart() -> None:
    text = page((LONG, 50, 700), ("measures to protect.", 50, 688), ("Second.", 50, 660))
    assert text == f"{LONG} measures to protect.\n\nSecond."


def test_chinese_lines_are_joined_without_a_space() -> None:
    line = "中国政府高度重视未成年人网络保护工作"
    text = page((line, 50, 700), ("并采取措施。", 50, 688), (line, 50, 676))
    assert text == f"{line}并采取措施。\n\n{line}"


def test_a_hyphen_at_the_end_of_a_line_is_left_to_be_judged() -> None:
    text = page((LONG + " inter-", 50, 700), ("national measures", 50, 688))
    assert "inter-\u00adnational" in text


def test_columns_are_read_one_after_the_other() -> None:
    left = ["The first column of the page is", "in English and goes down to its", "very end."]
    right = ["这是本页的第二栏文字内容它", "用中文写成并且一直写到页面", "的末尾。"]
    lines = [
        (line, x, 700 - 12 * k)
        for k in range(3)
        for line, x in ((left[k], 50.0), (right[k], 300.0))
    ]
    assert page(
        ("Title of the whole page that runs across both of its columns and more", 50, 730), *lines
    ) == (
        "Title of the whole page that runs across both of its columns and more\n\n"
        + " ".join(left)
        + "\n\n"
        + "".join(right)
    )


def test_columns_of_one_language_need_more_rows() -> None:
    rows = [
        (("Tel:", 50.0, 700.0 - 12 * k), (f"12345{k}", 120.0, 700.0 - 12 * k)) for k in range(2)
    ]
    text = page(*(part for row in rows for part in row))
    assert text.split() == ["Tel:", "123450", "Tel:", "123451"]


def test_the_shorter_of_two_columns() -> None:
    lines = [(f"English line number {k} of several in", 50.0, 700.0 - 12 * k) for k in range(6)]
    text = page(("中文只有一行内容在此处", 320.0, 676.0), *lines)
    assert text.index("number 5") < text.index("中文")


glyphs = st.builds(
    lambda char, left, bottom, size: Glyph(char, left, left + size, bottom, bottom + size),
    st.sampled_from("aB1- 中，。\u00ad"),
    st.floats(0, 500),
    st.floats(0, 700),
    st.floats(0, 30),
)


@settings(max_examples=200)
@given(st.lists(glyphs, max_size=60))
def test_no_character_is_lost(page_glyphs: list[Glyph]) -> None:
    text = page_text(page_glyphs)
    wanted = sorted("".join(g.char for g in page_glyphs if not g.char.isspace()))
    assert [c for c in sorted("".join(text.split())) if c != "\u00ad"] == [
        c for c in wanted if c != "\u00ad"
    ]

"""Characters with their places become lines, columns and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.reading.glyphs import Glyph
from aligner.reading.page import page_blocks
from aligner.reading.runs import read_rows
from aligner.spacing import is_wide

Placed = tuple[str, float, float]


def typed(text: str, left: float, baseline: float, size: float = 10) -> Iterator[Glyph]:
    """One line of text, half a size for a Latin letter."""
    for char in text:
        width = size if is_wide(char) else size / (4 if char == " " else 2)
        yield Glyph(char, left, left + width, baseline, size)
        left += width


def stretched(text: str, left: float, right: float, baseline: float) -> Iterator[Glyph]:
    """A justified line: its spaces are as wide as it takes."""
    words = text.split()
    room = right - left - sum(5 * len(word) for word in words)
    for word in words:
        yield from typed(word + " ", left, baseline)
        left += 5 * len(word) + room / (len(words) - 1)


def text_of(glyphs: Iterable[Glyph]) -> str:
    rows, marks, numbers = read_rows(glyphs)
    blocks = page_blocks(rows, f"{marks}{numbers}")
    return "\n\n".join(block.text for block, *_ in blocks)


def page(*lines: Placed) -> str:
    return text_of(glyph for line in lines for glyph in typed(*line))


LONG = "The government has taken a series of"
LEFT = ("The first column of the page is", "in English and goes down to its", "very end.")
RIGHT = ("这是本页的第二栏文字内容它", "用中文写成并且一直写到页面", "的末尾。")
COLUMNS = f"{' '.join(LEFT)}\n\n{''.join(RIGHT)}"


def column(lines: tuple[str, ...], left: float) -> list[Placed]:
    return [(line, left, 700.0 - 12 * k) for k, line in enumerate(lines)]


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


def test_items_begin_paragraphs_and_their_lines_hang() -> None:
    lines = [f"1. {LONG}", "measures to protect them.", f"2. {LONG}", "other measures."]
    text = page(*((line, 50 + 15 * (k % 2), 700 - 12 * k) for k, line in enumerate(lines)))
    assert text == f"{lines[0]} {lines[1]}\n\n{lines[2]} {lines[3]}"


@pytest.mark.parametrize("across", [False, True])
def test_columns_are_read_one_after_the_other(across: bool) -> None:
    title = "Title of the whole page that runs across both of its columns and more"
    lines = column(LEFT, 50) + column(RIGHT, 300)
    if across:  # as some programs write them
        lines.sort(key=lambda line: -line[2])
    assert page((title, 50, 730), *lines) == f"{title}\n\n{COLUMNS}"


def test_columns_of_one_language_written_across() -> None:
    right = ("The other column stands beside", "it, and what it says comes after", "the first.")
    lines = sorted(column(LEFT, 50) + column(right, 300), key=lambda line: -line[2])
    assert page(*lines) == f"{' '.join(LEFT)}\n\n{' '.join(right)}"


def test_a_table_of_single_lines_is_no_columns() -> None:
    rows = ("Tel:", "12345"), ("Fax:", "67890"), ("Email:", "a@b.c")
    lines = [
        (cell, 50 + 100 * n, 700 - 12 * k)
        for k, row in enumerate(rows)
        for n, cell in enumerate(row)
    ]
    assert page(*lines) == "\n\n".join(cell for row in rows for cell in row)


def test_a_cell_of_several_lines_beside_one_of_one() -> None:
    cells = [
        ("Payment", 50, 700),
        ("甲方应当在收到货物之后", 200, 700),
        ("三十日内付款。", 200, 688),
    ]
    assert page(*cells, ("Delivery", 50, 660)) == (
        "Payment\n\n甲方应当在收到货物之后三十日内付款。\n\nDelivery"
    )


def test_cells_that_are_centred_in_their_row() -> None:
    """As browsers set them: the second cell's first line is above the first cell's only one."""
    cells = [
        ("Payment", 50, 694),
        ("甲方应当在收到货物之后", 200, 700),
        ("三十日内付款。", 200, 688),
    ]
    rows = [
        ("Item", 50, 720),
        ("条款", 200, 720),
        *cells,
        ("Delivery", 50, 660),
        ("乙方", 200, 660),
    ]
    assert page(*rows) == (
        "Item\n\n条款\n\nPayment\n\n甲方应当在收到货物之后三十日内付款。\n\nDelivery\n\n乙方"
    )


def test_the_shorter_of_two_columns() -> None:
    lines = [(f"English line number {k} of several in", 50.0, 700.0 - 12 * k) for k in range(6)]
    text = page(*lines, ("中文只有一行内容在此处", 320.0, 676.0))
    assert text.index("number 5") < text.index("中文")


def test_a_justified_line_of_few_words_has_no_cells() -> None:
    lines = list(typed(LONG, 50, 700))
    right = lines[-1].right
    lines += stretched("telecommunications fraud and", 50, right, 688)
    lines += [*typed(LONG, 50, 676), *typed("gambling.", 50, 664)]
    assert text_of(lines) == f"{LONG} telecommunications fraud and {LONG} gambling."


def test_heads_and_feet_stand_at_the_edges_whenever_they_were_written() -> None:
    head, foot = ("Head of the page", 50.0, 800.0), ("- 1 -", 250.0, 30.0)
    text = f"Head of the page\n\n{COLUMNS}\n\n- 1 -"
    body = column(LEFT, 50) + column(RIGHT, 300)
    assert page(head, foot, *body) == page(*body, head, foot) == page(foot, *body, head) == text


def test_a_latin_word_with_room_about_it_parts_nothing() -> None:
    """As LibreOffice sets 工作组 2021 年: on three lines one below the other, even."""
    parts = ("工作组", 50.0), ("2021", 87.0), ("年来函", 114.0)
    lines = [(part, left, 700.0 - 12 * k) for k in range(3) for part, left in parts]
    assert page(*lines).replace(" ", "").replace("\n", "") == "工作组2021年来函" * 3


def test_marks_that_another_font_writes_after_the_line() -> None:
    """As LibreOffice writes “”: the rest of the line first, with room for them."""
    # PDFium puts a space where it sees that room.
    line = [("彻底摧毁了缅北 ", 50.0), ("四大家族 ", 130.0), ("等集团，", 180.0)]
    marks = [Glyph("“", 120, 130, 700, 10), *typed(" ", 150, 700), Glyph("”", 170, 180, 700, 10)]
    glyphs = [*(g for text, left in line for g in typed(text, left, 700)), *marks]
    text = text_of([*glyphs, *typed("犯罪团伙已经被铲除。", 50, 688)])
    assert text == "彻底摧毁了缅北“四大家族”等集团，犯罪团伙已经被铲除。"


def test_letters_of_a_ligature_share_a_box() -> None:
    glyphs = [*typed("o", 50, 700), *(Glyph(c, 55, 63, 700, 10) for c in "ffi")]
    glyphs += typed("ce of", 63, 700)
    assert text_of(glyphs) == "office of"


def test_spaces_that_pdfium_makes_between_spaced_letters() -> None:
    glyphs: list[Glyph] = []
    left = 50.0
    for char in "spaced letters":
        glyphs += typed(char, left, 700)
        left += 6.2
        glyphs.append(Glyph("\n", left, left, 700, 1, made=True))
    assert text_of(glyphs) == "spaced letters"


def test_a_running_head_is_no_measure_of_a_column() -> None:
    head = [("Reply", 50.0, 735.0), ("12 May 2021", 500.0, 735.0)]
    lines = [(LONG, 50.0, 700.0), ("measures to protect minors, and has", 50.0, 688.0)]
    text = f"{LONG} measures to protect minors, and has done more."
    assert page(*head, *lines, ("done more.", 50, 676)) == f"Reply\n\n12 May 2021\n\n{text}"


def test_a_large_first_letter_does_not_make_the_line() -> None:
    first = [Glyph("T", 50, 60, 700, 14), *typed(LONG[1:], 60, 700)]
    assert text_of([*first, *typed("measures.", 50, 688)]) == f"{LONG} measures."


def test_marks_of_notes_are_no_part_of_a_word() -> None:
    glyphs = [*typed("the deeds", 50, 700), *typed("12", 92.5, 704, 8), *typed("of", 104, 700)]
    assert text_of(glyphs) == "the deeds of\n\n12"
    squared = [*typed("5 m", 50, 700), *typed("2", 62.5, 704, 6)]
    assert text_of(squared) == "5 m2"


glyphs = st.builds(
    lambda char, left, baseline, size: Glyph(char, left, left + size, baseline, size),
    st.sampled_from("aB1- 中，。\u00ad"),
    st.floats(0, 500),
    st.floats(0, 700),
    st.floats(0.1, 30),
)


@settings(max_examples=200)
@given(st.lists(glyphs, max_size=60))
def test_no_character_is_lost(page_glyphs: list[Glyph]) -> None:
    text = text_of(page_glyphs)
    wanted = sorted("".join(g.char for g in page_glyphs if not g.char.isspace()))
    assert [c for c in sorted("".join(text.split())) if c != "\u00ad"] == [
        c for c in wanted if c != "\u00ad"
    ]

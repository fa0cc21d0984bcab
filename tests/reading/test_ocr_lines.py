"""Lines as an engine reads them: their marks, their order, their places, their doubts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from aligner.reading.ocr.choose import chosen
from aligner.reading.ocr.doubts import marked
from aligner.reading.ocr.ink import fitted
from aligner.reading.ocr.marks import mended, mended_line
from aligner.reading.ocr.words import Line, Word, straightened
from aligner.reading.ocr.zones import ordered, row_of
from aligner.reading.page import page_blocks
from aligner.reading.running import running_rows
from aligner.reading.runs import Run
from aligner.spacing import is_wide

SIZE = 40.0
PITCH = 60.0
ENGLISH = "The parties shall first settle any dispute by friendly talks and then go to court"
CHINESE = "双方应首先通过友好协商解决任何争议"


def line(text: str, left: float, middle: float, size: float = SIZE, sure: float = 1.0) -> Line:
    """A line of type: a Latin letter is half as wide as the type is high."""
    words: list[Word] = []
    parts: list[tuple[str, bool]] = []
    for number, word in enumerate(text.split(" ")):
        pieces = list(word) if any(map(is_wide, word)) else [word]
        parts += [(piece, number > 0 and k == 0) for k, piece in enumerate(pieces)]
    for part, apart in parts:
        left += size / 4 if apart else 0
        width = sum(size if is_wide(c) else size / 2 for c in part)
        words.append(Word(part, left, left + width, middle, sure, apart))
        left += width
    return Line(tuple(words), size)


def texts(lines: list[Line]) -> list[str]:
    return [" | ".join(run.text for run in row_of(row)) for row in ordered(lines)]


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("分歧吗?", "分歧吗？"),
        ("主旨演讲:梯田", "主旨演讲：梯田"),
        ("2018年,远高于", "2018年，远高于"),
        ("2.1 合同总价为3,860,000欧元", "2.1 合同总价为3,860,000欧元"),
        ("(一）合同签订后", "（一）合同签订后"),
        ("(b)应有关国家的请求", "（b）应有关国家的请求"),
        ('以下简称"买方"）', "以下简称“买方”）"),
        ("会议到此结束.", "会议到此结束。"),
        ("第3.2条", "第3.2条"),
        ("来函[AL CHN 3/2021]收悉", "来函[AL CHN 3/2021]收悉"),
        ("Council（the Council）， which", "Council(the Council), which"),
        ('The "Buyer" (Qingchuan) pays: now!', 'The "Buyer" (Qingchuan) pays: now!'),
        ("the term 设备, which", "the term 设备, which"),
        ("08:30-09:00", "08:30-09:00"),
        ("", ""),
    ],
)
def test_marks_are_as_wide_as_their_neighbours(read: str, right: str) -> None:
    assert mended(read) == right


def test_a_space_beside_a_widened_mark_goes() -> None:
    read = line("协商 ,解决", 0, 0)
    assert mended_line(read).text == "协商，解决"


def column(texts: list[str], left: float, top: float, pitch: float = PITCH) -> list[Line]:
    return [line(text, left, top + number * pitch) for number, text in enumerate(texts)]


def wrapped(count: int) -> list[str]:
    words = ENGLISH.split()
    return [" ".join(words[k % 7 : k % 7 + 5]) for k in range(count)]


@pytest.mark.parametrize("drift", [0.0, 10.0, 30.0])
@pytest.mark.parametrize("pitch", [60.0, 66.0])
def test_columns_are_read_one_after_the_other(drift: float, pitch: float) -> None:
    left = wrapped(12)
    right = [CHINESE] * 10
    page = column(left, 100, 100) + column(right, 1000, 100 + drift, pitch)
    head = line("A head that goes right across the page above both of the columns there", 300, 0)
    assert texts([*page, head]) == [head.text, *left, *right]


def test_a_narrow_strip_parts_two_scripts_that_an_engine_ran_together() -> None:
    page = []
    for number in range(6):
        words = line(CHINESE, 100, number * PITCH).words
        english = line("the parties settle it", words[-1].right + 0.8 * SIZE, number * PITCH).words
        page.append(Line((*words, *english), SIZE))
    assert texts(page) == [CHINESE] * 6 + ["the parties settle it"] * 6


def test_the_cells_of_a_table_stay_beside_each_other() -> None:
    cells = [("County", "3,460"), ("North", "12"), ("South county", "7,100"), ("West", "n/a")]
    page = [
        line(text, 100 + 600 * side, number * 80)
        for number, row in enumerate(cells)
        for side, text in enumerate(row)
    ]
    assert texts(page) == [" | ".join(row) for row in cells]


def test_the_marks_of_items_are_no_column() -> None:
    page = [line(f"{k}. {text}", 100, k * PITCH) for k, text in enumerate(wrapped(5), 1)]
    assert texts(page) == [one.text for one in page]


def turned(lines: list[Line], degrees: float) -> list[Line]:
    """Lines of a page that lies askew."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [
        Line(
            tuple(
                Word(
                    word.text,
                    word.left * cosine - word.middle * sine,
                    word.right * cosine - word.middle * sine,
                    word.middle * cosine + (word.left + word.right) / 2 * sine,
                    word.confidence,
                    word.is_apart,
                )
                for word in one.words
            ),
            one.size,
        )
        for one in lines
    ]


@pytest.mark.parametrize("degrees", [-3.0, -0.4, 0.4, 3.0])
def test_a_page_that_lies_askew_is_straightened(degrees: float) -> None:
    page = column(wrapped(12), 100, 100) + column(wrapped(12), 1400, 100)
    straight = straightened(turned(page, degrees))
    assert texts(straight) == texts(page)
    edges = [one.words[0].left for one in straight[:12]]
    assert max(edges) - min(edges) < SIZE / 10


def test_sizes_that_are_measured_badly_are_made_alike() -> None:
    page = [line(text, 0, k * PITCH, SIZE + k % 3 * 4) for k, text in enumerate(wrapped(9))]
    page += [line("一；", 0, 600, 30), line("A title of its own", 0, 700, 64)]
    sizes = [one.size for one in straightened(page)]
    assert len(set(sizes[:10])) == 1
    assert sizes[10] == 64


def test_marks_and_spaces_are_the_other_engines_where_both_read_the_same() -> None:
    one = line('The "Buyer" pays 2009-2013, up toa maximum', 0, 0)
    other = line("The “Buyer” pays 2009–2013, up to a maximum", 0, 3)
    assert [better.text for better in chosen([one], [other])] == [other.text]


def test_a_line_with_other_letters_stays_unless_only_the_other_is_sure() -> None:
    sure, other = line("The Buyer pays", 0, 0), line("The Buver pays", 0, 3)
    assert chosen([sure], [other]) == [sure]
    unsure = line("Tho Buyar pays", 0, 0, sure=0.5)
    assert chosen([unsure], [line("The Buyer pays", 0, 3, sure=0.96)])[0].text == "The Buyer pays"
    chinese = line("买方应付款", 0, 0, sure=0.5)
    assert chosen([chinese], [line("买万应付款", 0, 3)]) == [chinese]
    assert chosen([sure], []) == [sure]


def test_the_places_of_doubtful_words_are_kept() -> None:
    page = column(wrapped(3), 0, 0)
    last = line("settled by tlaks at once.", 0, 3 * PITCH)
    words = [Word(*w_fields(word, 0.3 if word.text == "tlaks" else 0.99)) for word in last.words]
    rows = ordered([*page, Line(tuple(words), SIZE)])
    blocks = marked(page_blocks([row_of(row) for row in rows]), rows)
    found = [block.text[start:end] for block, *_ in blocks for start, end in block.doubtful]
    assert found == ["tlaks"]


def w_fields(word: Word, sure: float) -> tuple[str, float, float, float, float, bool]:
    return word.text, word.left, word.right, word.middle, sure, word.is_apart


def test_heads_of_scans_need_not_stand_at_one_height() -> None:
    pages = [
        [Run(f"Report, page {number}", 50, 200, 800 + 3 * number, 9, 90, 3)]
        + [
            Run(f"{text}{'xy'[number - 1]}", 50, 300, 700 - 20 * k, 11, 70, 3)
            for k, text in enumerate("ab")
        ]
        for number in (1, 2)
    ]
    rows = [[[run] for run in page] for page in pages]
    assert running_rows(rows) == [set(), set()]
    assert [0 in found for found in running_rows(rows, scans=(0, 1))] == [True, True]


def drawn(words: list[tuple[int, int]], top: int, bottom: int) -> NDArray[np.uint8]:
    """White paper with a dark box for each word, from and to."""
    paper = np.full((200, 1200), 230, np.uint8)
    for left, right in words:
        paper[top:bottom, left:right] = 20
    return paper


def test_a_line_is_as_high_and_its_words_as_wide_as_their_ink() -> None:
    pixels = drawn([(100, 240), (300, 500)], 80, 118)
    pixels[130:140, 100:500] = 20  # of the line below, that the box reaches into
    words = (Word("Agy", 100, 262, 98), Word("Bgy", 285, 500, 98, is_apart=True))
    found = fitted(Line(words, 45), 90, pixels)
    assert [(word.left, word.right) for word in found.words] == [(100, 240), (300, 500)]
    assert found.size == pytest.approx(38 / 0.95, abs=0.5)
    # Capitals alone reach no lower than the baseline: the type is as large.
    capitals = replace(found, words=tuple(replace(word, text="ABC") for word in words))
    without = fitted(capitals, 90, drawn([(100, 240), (300, 500)], 80, 110))
    assert without.size == pytest.approx(found.size, rel=0.02)
    assert without.middle == pytest.approx(found.middle, abs=1)


def test_the_first_word_ends_where_a_line_may_break() -> None:
    (row,) = ordered([line("2024年8月 起", 0, 0)])
    (run,) = row_of(row)
    assert run.word == 2 * SIZE

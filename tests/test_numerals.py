"""Chinese numerals and the days that they write, with no second table of either."""

from __future__ import annotations

import re

import pytest

from aligner.dates import dates, field_date
from aligner.numerals import MONTHS, parse_chinese
from notes import ROOT


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二〇二一", 2021),
        ("一九○零", 1900),
        ("十", 10),
        ("十二", 12),
        ("二十三", 23),
        ("廿五", 25),
        ("卅", 30),
        ("三百零六", 306),
        ("兩萬五千", 25_000),
        ("三亿五千万", 350_000_000),
        ("三千万亿", 3 * 10**15),
    ],
)
def test_chinese_numerals(text: str, number: int) -> None:
    assert parse_chinese(text) == number


def test_what_is_no_numeral() -> None:
    with pytest.raises(KeyError):
        parse_chinese("三明治")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5 Sept. 2021", "2021-09-05"),
        ("MAY 3rd, 2020", "2020-05-03"),
        ("二〇二五年二月廿五日", "2025-02-25"),
        ("二〇二五年十二月三十一日", "2025-12-31"),
        ("2025 年 2 月 20 號", "2025-02-20"),
        ("D:20250220103000+08'00'", "2025-02-20"),
        ("二〇二五年二月三十日", ""),
        ("20 Febtember 2025", ""),
        ("1 May 2020 and 2 May 2020", ""),
    ],
)
def test_days(text: str, day: str) -> None:
    assert field_date(text) == day


def test_a_day_knows_its_place() -> None:
    ((day, match),) = dates("Geneva, 3 May 2020")
    assert (day, match.start()) == ("2020-05-03", 8)


def test_months_stand_in_one_table() -> None:
    assert sorted(set(MONTHS.values())) == list(range(1, 13))
    tables = re.compile(r"[Jj]anuary|零一二三|\b10\*\*4\b")
    for path in (ROOT / "src/aligner").rglob("*.py"):
        if path.name != "numerals.py":
            assert not tables.search(path.read_text("utf-8")), path

"""Numbers in both scripts: what is the same number, and what is none."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.numbers import mentions, missing_numbers
from notes import GOLD


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("14亿人口", "a population of 1.4 billion"),
        ("3.5万人", "35,000 people"),
        ("三亿五千万元", "350 million yuan"),
        ("一百二十三万四千五百六十七", "1 234 567"),
        ("５，４１５人", "5,415 people"),
        ("5万亿", "5 trillion"),
        ("二〇二一年三月三十日", "30 March 2021"),
        ("2021年3月30日", "30/3/2021"),
        ("9月5日", "5 Sept"),
        ("第二十一条", "article 21"),
        ("第十八届", "the eighteenth session"),
        ("第二十一届", "the twenty-first session"),
        ("20世纪八十年代", "in the 1980s, in the twentieth century"),
        ("上世纪八十年代末", "in the late eighties"),
        ("百分之五十", "50 per cent"),
        ("15时", "at 3 p.m."),
        ("二十两", "twenty taels"),
        ("两千五百", "2 500"),
        ("十几万", "over 100,000"),
        ("十七八岁", "seventeen or eighteen"),
        ("壹佰贰拾叁元", "123 yuan"),
        ("第三章", "Chapter III"),
        ("新冠肺炎", "COVID-19"),
        ("二十国集团", "the G20"),
        ("千万不要", "by no means"),
        ("成千上万", "thousands upon thousands"),
        ("一致", "unanimously"),
        ("零", "none"),
        ("中華民國105年1月18日", "18 January 2016"),
    ],
)
def test_the_same(chinese: str, english: str) -> None:
    assert missing_numbers(chinese, english) == []
    assert missing_numbers(english, chinese) == []


@pytest.mark.parametrize(
    ("chinese", "english", "missing"),
    [
        ("14亿", "1.3 billion", ["14", "1.3"]),
        ("14亿", "14 million", ["14", "14"]),
        ("2021年4月", "March 2021", ["4"]),
        ("第二十一条", "article 22", ["二十一", "22"]),
        ("三百五十万", "35 million", ["三百五十万", "35"]),
        ("5415人", "5,451 people", ["5415", "5,451"]),
        ("第三次", "the fourth time", ["三"]),
        ("多年", "over 1,000 years", ["1,000"]),
        ("二〇二一年", "2012", ["二〇二一", "2012"]),
        ("二十五人", "twenty-six people", ["二十五", "twenty-six"]),
    ],
)
def test_not_the_same(chinese: str, english: str, missing: list[str]) -> None:
    assert missing_numbers(chinese, english) == missing


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("自今年2月20日起", "since 20 February 2025"),
        ("2月20日，会议召开。", "The meeting was held on 20 February 2025."),
        ("2024年8月", "last August, in the same year"),
        ("二〇二四年八月的会议", "the August meeting"),
        ("第二十一条 国家保护儿童。", "The State protects children."),
        ("国家保护儿童。", "Article 21 The State protects children."),
        ("6. 片厂", "The Film Studio"),
        ("（三十五）保护儿童。", "To protect children."),
        ("保护儿童。12. 保护妇女。", "To protect children. To protect women."),
    ],
)
def test_what_may_stand_on_one_side_alone(chinese: str, english: str) -> None:
    assert missing_numbers(chinese, english) == []


@pytest.mark.parametrize(
    ("chinese", "english", "missing"),
    [
        ("2025年2月20日", "20 February 2024", ["2025", "2024"]),
        ("今年即2025年2月", "this year, in February 2024", ["2025", "2024"]),
        ("2025年2月20日", "20 March", ["2025", "2"]),
        ("2月20日", "21 February 2025", ["20", "21", "2025"]),
        ("今年三十年了", "it is this year", ["三十"]),
        ("2025年的会议", "the meeting", ["2025"]),
        ("第二十一条 国家", "Article 22 The State", ["二十一", "22"]),
        ("第二十一条 国家", "The State has 22", ["二十一", "22"]),
        ("第二十一届会议开幕。", "The session opens.", ["二十一"]),
        ("6.5公里", "The way", ["6.5"]),
        ("共6. 片厂", "The Film Studio", ["6"]),
    ],
)
def test_what_may_not(chinese: str, english: str, missing: list[str]) -> None:
    assert missing_numbers(chinese, english) == missing


def test_no_false_alarm_on_the_gold() -> None:
    pairs = [
        ("".join(s["text"] for s in row["source"]), " ".join(s["text"] for s in row["target"]))
        for path in GOLD.glob("*.jsonl")
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        if row.get("kind") == "pair"
    ]
    assert [missing for pair in pairs if (missing := missing_numbers(*pair))] == []


def chinese_numeral(number: int) -> str:
    """As schools teach to write it."""
    if number >= 10**8:
        return chinese_numeral(number // 10**8) + "亿" + rest(number % 10**8, 10**7)
    if number >= 10**4:
        return chinese_numeral(number // 10**4) + "万" + rest(number % 10**4, 10**3)
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            return chinese_numeral(number // unit) + name + rest(number % unit, unit // 10)
    return "零一二三四五六七八九"[number]


def rest(number: int, place: int) -> str:
    if not number:
        return ""
    return ("零" if number < place else "") + chinese_numeral(number)


@given(st.integers(11, 10**12))
def test_any_number_in_either_script(number: int) -> None:
    (mention,) = mentions(chinese_numeral(number))
    assert mention.values == {Decimal(number)}
    assert missing_numbers(f"共{chinese_numeral(number)}人", f"{number:,} people") == []


@given(
    st.text(st.sampled_from("零一二十百千万亿两几多第月0123456789,. 年代点abIVX-时"), max_size=20)
)
def test_no_text_is_too_odd(text: str) -> None:
    assert missing_numbers(text, text) == []


@pytest.mark.parametrize(
    "piece", ["二", "1", "1" * 40 + "s ", "1,234 ", "二几", "1.2.3.", "one ", "a@"]
)
def test_no_text_is_too_long(piece: str) -> None:
    missing_numbers(piece * 50_000, "")

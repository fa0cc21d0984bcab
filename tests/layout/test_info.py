"""What a note says of itself."""

from __future__ import annotations

import pytest

from aligner.languages import language_code
from aligner.layout import read_info


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("No.GJ/26/2021", "GJ/26/2021"),
        ("  CHN/HR/2025/34  ", "CHN/HR/2025/34"),
        ("Ref.: HR-12/2020", "HR-12/2020"),
        ("3/12", ""),
        ("see A/HRC/47/36 there", ""),
    ],
)
def test_reference(text: str, wanted: str) -> None:
    assert read_info(f"Head\n{text}\nBody.").reference == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("communication [AL CHN 3/ 2021] dated", "AL CHN 3/2021"),
        ("发送的AL CHN 4/2025号来文", "AL CHN 4/2025"),
        ("UA CHN 14/2019 of", "UA CHN 14/2019"),
        ("the TAL CHN 1/2019", ""),
    ],
)
def test_communication(text: str, wanted: str) -> None:
    assert read_info(text).answers == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("30 March 2021", "2021-03-30"),
        ("March 30, 2021", "2021-03-30"),
        ("Dec. 15th, 2017", "2017-12-15"),
        ("2021 年 3 月 30 日", "2021-03-30"),
        ("2021年3月30日", "2021-03-30"),
        ("二〇二一年三月三十日", "2021-03-30"),
        ("二○二五年十二月二十五日", "2025-12-25"),
        ("二零二一年十月十日", "2021-10-10"),
        ("2021-03-30", "2021-03-30"),
        ("31 February 2021", ""),
        ("The visit of 2 September 2024\nGeneva, 15 August 2024", "2024-08-15"),
        ("2024年9月6日访问。\n2024年8月15日", "2024-08-15"),
    ],
)
def test_dates(text: str, wanted: str) -> None:
    assert read_info(text).date == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Permanent Mission of Utopia to the UN presents its compliments to the Office.",
         "Permanent Mission of Utopia to the UN"),
        ("PERMANENT MISSION OF THE PEOPLE'S REPUBLIC OF CHINA\n\nText.",
         "PERMANENT MISSION OF THE PEOPLE'S REPUBLIC OF CHINA"),
        ("The Embassy of Utopia\npresents its compliments to", "Embassy of Utopia"),
        ("中华人民共和国驻挪威王国大使馆\n\n正文。", "中华人民共和国驻挪威王国大使馆"),
        ("The mission of the company is to sell.", ""),
    ],
)  # fmt: skip
def test_mission(text: str, wanted: str) -> None:
    assert read_info(text).mission == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("zh", "中国政府对来函答复", "zh-CN"),
        ("zh", "中國政府對來函答覆", "zh-TW"),
        ("zh-HK", "中國政府", "zh-HK"),
        ("en", "text", "en-US"),
        ("en-GB", "text", "en-GB"),
        ("zh_CN", "中國", "zh-CN"),
        ("de", "Text", "de-DE"),
    ],
)
def test_language_code(language: str, text: str, wanted: str) -> None:
    assert language_code(language, text) == wanted

"""What a note says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.document import Document, Span
from aligner.languages import language_code
from aligner.layout import read_info
from aligner.metadata import Metadata, NoteInfo
from documents import with_margins
from notes import NOTES

PROSE = (
    "The Permanent Mission presents its compliments to the Office and has the honour to transmit "
    "the reply of the Government."
)


def info(text: str, margins: tuple[Span, ...] = (), metadata: Metadata = Metadata()) -> NoteInfo:
    starts = (0, *(place + 1 for place, character in enumerate(text) if character == "\f"))
    return read_info([replace(with_margins(text, margins, starts), metadata=metadata)])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("No.GJ/26/2021", "GJ/26/2021"),
        ("  CHN/HR/2025/34  ", "CHN/HR/2025/34"),
        ("Ref.: HR-12/2020", "HR-12/2020"),
        ("CHN-HR-2025-34", "CHN-HR-2025-34"),
        ("A/HRC/RES/48/14", "A/HRC/RES/48/14"),
        ("CCPR/C/CHN/CO/3-4", "CCPR/C/CHN/CO/3-4"),
        ("A/HRC/55/L.12/Rev.1", "A/HRC/55/L.12/Rev.1"),
        ("A/RES/217(III)", "A/RES/217(III)"),
        ("GE.24-01234", "GE.24-01234"),
        ("S/26705", "S/26705"),
        ("No. 12/2020", "12/2020"),
        ("国发〔2023〕12号", "国发〔2023〕12号"),
        ("AL CHN 3/2021", "AL CHN 3/2021"),
        ("3/12", ""),
        ("12/FEB/2021", ""),
        ("see A/HRC/47/36 there", ""),
        ("Your ref: A/HRC/47/36", ""),
        ("996.ICU", ""),
        ("COVID-19", ""),
        ("ISO-8859-1", ""),
        ("HTTP/1.1", ""),
        ("CC-BY-SA-4.0", ""),
        ("RFC-2119", ""),
        ("PS/2", ""),
    ],
)
def test_reference(text: str, wanted: str) -> None:
    assert info(f"Head\n{text}\nBody.").reference == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("communication [AL CHN 3/ 2021] dated", "AL CHN 3/2021"),
        ("发送的AL CHN 4/2025号来文", "AL CHN 4/2025"),
        ("UA CHN 14/2019 of", "UA CHN 14/2019"),
        ("the TAL CHN 1/2019", ""),
        ("Reference: AL CHN 3/2021\n\nExcellency, we write to you.", ""),
        ("AL CHN 3/2021\n\nWe answer AL CHN 3/2021 thus.", "AL CHN 3/2021"),
    ],
)
def test_communication(text: str, wanted: str) -> None:
    assert info(text).answers == wanted


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
    assert info(text).date == wanted


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
    assert info(text).mission == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("zh", "中国政府对来函答复", "zh-CN"),
        ("zh", "中國政府對來函答覆", "zh-TW"),
        ("zh-HK", "中國政府", "zh-HK"),
        ("zh", "甲乙", "zh"),
        ("en", "text", "en"),
        ("en-GB", "the color and the behavior", "en-GB"),
        ("en", "programmes of the labour offices, recognized by all", "en-GB"),
        ("en", "colour and organisation", "en-GB"),
        ("en", "The color of their behavior", "en-US"),
        ("en", "recognized organizations", "en"),
        ("en", "the colour, the colour, the color and the honour", "en"),
        ("en", "colours of all kinds", "en"),
        ("en", "the Labour Party at Rockefeller Centre", "en"),
        ("zh_CN", "中國", "zh-CN"),
        ("de", "Text", "de"),
        ("ar", "نص", "ar"),
        ("ja", "文字", "ja"),
    ],
)
def test_language_code(language: str, text: str, wanted: str) -> None:
    assert language_code(language, text) == wanted


@pytest.mark.parametrize(
    ("language", "text", "stated", "wanted"),
    [
        ("en", "text", ["zh-CN", "en-AU"], "en-AU"),
        ("en", "text", ["en"], "en"),
        ("en", "colours and labour", ["en-US"], "en-GB"),
        ("en", "colours and labour", ["en-AU"], "en-AU"),
        ("zh", "中國政府", ["zh-HK"], "zh-HK"),
        ("zh", "中国政府对", ["zh-HK"], "zh-CN"),
        ("pt", "texto", ["pt-BR"], "pt-BR"),
        ("en-GB", "text", ["en-US"], "en-GB"),
    ],
)
def test_the_language_that_a_file_states(
    language: str, text: str, stated: list[str], wanted: str
) -> None:
    assert language_code(language, text, stated) == wanted


@pytest.mark.parametrize(
    ("head", "foot", "wanted"),
    [
        ("Geneva, 20 February 2025", "", "2025-02-20"),
        ("GENEVA, Switzerland, 20 FEBRUARY 2025", "", "2025-02-20"),
        ("2025年2月20日于日内瓦", "", "2025-02-20"),
        ("日内瓦，2025年2月20日", "", "2025-02-20"),
        ("Thursday, 20 February 2025", "", "2025-02-20"),
        ("2025年2月20日（星期四）", "", "2025-02-20"),
        ("Date: 20 February 2025", "Annex\n1 January 2024", "2025-02-20"),
        ("发文日期：2025年2月20日", "", "2025-02-20"),
        ("发布时间：2025-02-20 10:30 来源：通讯社", "", "2025-02-20"),
        ("GJ/26/2021    20 February 2025", "", "2025-02-20"),
        ("Distr.: General\n20 February 2025\nOriginal: English", "", "2025-02-20"),
        ("", "二〇二五年二月二十日", "2025-02-20"),
        ("", f"Geneva, 20 February 2025\n\n{PROSE}", "2025-02-20"),
        ("", "20 February 2025\n\nOffice of the High Commissioner\nGENEVA", "2025-02-20"),
        ("", f"20 February 2025\f{PROSE}", "2025-02-20"),
        # The letter's own goes before that of what is attached.
        ("Geneva, 20 February 2025", "Annex\n\nBeijing, 1 January 2025", "2025-02-20"),
        # Days that the text names, and that others gave.
        ("", "It was so on 20 February 2025.", ""),
        ("Your letter of 20 February 2025", "", ""),
        ("AL CHN 3/2021, 30 March 2021", "", ""),
        ("Received: 20 February 2025", "", ""),
        ("截至2025年2月20日", "", ""),
        ("Visit to Xinjiang, 20 February 2025", "", ""),
        ("Last updated, 20 February 2025", "", ""),
        ("Side event\nDate: 20 February 2025\nTime: 10 a.m.", "", ""),
        # What a program that prints adds, and the margins of pages.
        ("11/24/26, 4:05 PM", "", ""),
        ("2026/11/24 16:05", "", ""),
        ("2026-11-24", f"{PROSE}\f2026-11-24\n{PROSE}", ""),
        # Tables and chronicles.
        ("Opening\n1 March 2025\nClosing\n5 March 2025", "", ""),
        ("Chronicle\n1 March 2025", f"5 March 2025\n{PROSE}", ""),
        ("", f"5 March 2025\n{PROSE}", ""),
    ],
)
def test_the_day_of_issue(head: str, foot: str, wanted: str) -> None:
    assert info(f"{head}\n\n{PROSE}\n\n{foot}").date == wanted


def test_a_day_in_a_menu_is_none() -> None:
    assert info(f"20 February 2025\n\n{PROSE}", (Span(0, 16),)).date == ""


def test_two_documents_with_different_days() -> None:
    one, other = (
        Document(name, f"{place}\n\n{PROSE}")
        for name, place in (("x", "Geneva, 20 February 2025"), ("y", "日内瓦，2025年2月20日"))
    )
    assert read_info([one, other]).date == "2025-02-20"
    assert read_info([one, Document("z", "Geneva, 1 March 2025")]).date == ""


def test_what_the_file_carries_goes_before_the_text() -> None:
    metadata = Metadata("Title", "", "2025-02-20", "en", "2026-11-24", "front matter")
    found = info(f"Geneva, 1 March 2025\n\n{PROSE}", metadata=metadata)
    assert (found.date, found.origin("date")) == ("2025-02-20", "front matter")
    assert (found.title, found.created, found.author) == ("Title", "2026-11-24", "")
    printed = Metadata(created="2026-11-24", origin="PDF properties")
    found = info(PROSE, metadata=printed)
    assert (found.date, found.created, found.origin("created")) == (
        "",
        "2026-11-24",
        printed.origin,
    )


def test_the_sample_notes_name_no_day_of_their_own() -> None:
    for note in NOTES:
        assert info(note.read_text("utf-8")).date == ""

"""Documents that are text with marks in it: sheets as CSV, subtitles, XML."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from aligner.errors import ReadError
from aligner.reading import read_document
from readings import cells, read, saved


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimited(tmp_path: Path, delimiter: str) -> None:
    rows = ['中国{0}"One, two; ""three"""', "我们的{0}Two\n", '"在这里\n有人"{0}Four']
    content = "\n".join(rows).format(delimiter)
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        path = saved(tmp_path, "x.csv", content.encode(encoding))
        assert cells(read_document(path)) == {
            (1, 1, 1): "中国", (1, 1, 2): 'One, two; "three"', (1, 2, 1): "我们的",
            (1, 2, 2): "Two", (1, 4, 1): "在这里\n有人", (1, 4, 2): "Four",
        }  # fmt: skip


SRT = (
    "1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>闸门</i>\r\n{\\an8}The gates.\r\n\r\n"
    "2\r\n00:00:04,000 --> 00:00:05,000\r\n5 < 6\r\n\r\n"
    "7\r\n00:00:06,000 --> 00:00:07,000\r\n1984\r\n"
)
VTT = """WEBVTT - title

NOTE a remark
of two lines

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.500 align:start
<v Mary>The <c.red>dam</c> &amp; the gates.

NOTE again

00:04.000 --> 00:05.000
NOTE is a word.
"""


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("x.srt", SRT, ["闸门\nThe gates.", "5 < 6", "1984"]),
        ("x.vtt", VTT, ["The dam & the gates.", "NOTE is a word."]),
        ("bare", SRT, ["闸门\nThe gates.", "5 < 6", "1984"]),
    ],
)
def test_subtitles(tmp_path: Path, name: str, content: str, wanted: list[str]) -> None:
    assert read(tmp_path, name, content) == wanted


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("<a><b>One.</b><b>Two <i>three</i> four.</b></a>", ["One.", "Two three four."]),
        ("<a><b x='y'/><c><d>One.</d></c><c>Two.</c></a>", ["One.", "Two."]),
        ("<p>One<note>A note.</note> two.</p>", ["One two.", "A note."]),
        ("<a><title>Law</title><p>The <title>Law</title> of 1999.</p></a>",
         ["Law", "The Law of 1999."]),
        ("<a>a&nbsp;b &eacute; &lt;c&gt; &amp;</a>", ["a\xa0b é <c> &"]),
        ("<!DOCTYPE a [<!ENTITY law 'the Law'>]><a>By &law; of 1999.</a>",
         ["By the Law of 1999."]),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>One.</a>", ["One."]),
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>One&x;.</a>", ["One&x;."]),
        ("<a><![CDATA[x &nbsp; <y>]]></a>", ["x &nbsp; <y>"]),
        ("<t><td>One.</td><row><entry>A</entry><entry>B</entry></row></t>", ["One.", "A", "B"]),
    ],
)  # fmt: skip
def test_xml(tmp_path: Path, content: str, wanted: list[str]) -> None:
    found = read(tmp_path, "x.xml", f"<?xml version='1.0'?>{content}")
    assert [text.replace("\xa0", " ") for text in found] == [t.replace("\xa0", " ") for t in wanted]


def test_entities_of_entities_stay_as_they_are(tmp_path: Path) -> None:
    content = "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;'>]><a>One &y; two.</a>"
    assert read(tmp_path, "x.xml", content) == ["One &y; two."]
    names = "".join(f"<!ENTITY e{k} '{f'&e{k - 1};' * 10}'>" for k in range(1, 10))
    bomb = f"<!DOCTYPE a [<!ENTITY e0 'ha'>{names}]><a>One &e9; two.</a>"
    with suppress(ReadError):
        assert read(tmp_path, "x.xml", bomb) == ["One &e9; two."]

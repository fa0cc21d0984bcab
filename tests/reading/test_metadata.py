"""What files say of themselves beside their text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from aligner.metadata import Metadata, joined_metadata, metadata_of
from aligner.reading import read_document


def front_matter(tmp_path: Path, text: str) -> tuple[Metadata, str]:
    path = tmp_path / "x.md"
    path.write_text(text, "utf-8")
    document = read_document(path)
    return document.metadata, document.text


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("title: A reply\nlang: zh-CN", Metadata("A reply", language="zh-CN")),
        ("# made by hand\nTitle: 'A: reply' \ndate: 2025-02-20T10:30:00+08:00",
         Metadata("A: reply", date="2025-02-20")),
        ("author:\n  - 甲\n  - B\ndate: 20 February 2025", Metadata("", "甲, B", "2025-02-20")),
        ('authors: [甲, "B"]\ndate: "2025年2月20日"', Metadata("", "甲, B", "2025-02-20")),
        ("title: Reply # not final\ndate: 02/03/2025\nlang: two words", Metadata("Reply")),
        ("tags: [x]\nlayout: post\nmeta:\n  date: 2025-02-20", Metadata()),
        ("title: &a [*a]\ndate: >", Metadata()),
        (f"title: {'[' * 100_000}{']' * 100_000}", Metadata()),
        ("title: a\x1b[31mb\u202ec", Metadata("a [31mb c")),
    ],
)  # fmt: skip
def test_front_matter(tmp_path: Path, fields: str, wanted: Metadata) -> None:
    found, text = front_matter(tmp_path, f"---\n{fields}\n---\n\nText.\n")
    origin = "" if wanted == Metadata() else "front matter"
    assert found == metadata_of(origin, wanted.title, wanted.author, wanted.date, wanted.language)
    assert text == "Text."


def test_a_rule_at_the_head_is_no_front_matter(tmp_path: Path) -> None:
    found, text = front_matter(tmp_path, "---\n\nOne.\n\n---\n\nTwo.\n")
    assert found == Metadata()
    assert "One." in text
    assert "Two." in text


PAGE = "<html{attributes}><head>{head}</head><body><p>Text of the page.</p>{body}</body></html>"


@pytest.mark.parametrize(
    ("attributes", "head", "body", "wanted"),
    [
        (' lang="en-GB"', "<title>A\n reply</title>", "", Metadata("A reply", language="en-GB")),
        ("", '<meta name="author" content="甲"><meta name="date" content="2025-02-20">', "",
         Metadata(author="甲", date="2025-02-20")),
        ("", '<meta name="DCTERMS.issued" content="2025-02-20">'
         '<meta name="date" content="2026-01-01">', "", Metadata(date="2025-02-20")),
        ("", '<meta property="article:published_time" content="2025-02-20T10:00Z">',
         '<time datetime="2024-01-01">1 January</time>', Metadata(date="2025-02-20")),
        ("", '<meta name="last-modified" content="2025-02-20"><meta name="PubDate">', "",
         Metadata()),
        ("", "", '<p><time datetime="2025-02-20">20 February</time>, Geneva</p>',
         Metadata(date="2025-02-20")),
        ("", "", '<p>On <time datetime="2025-02-20">20 February</time> it was so.</p>', Metadata()),
        ("", "", '<p><time itemprop="datePublished" datetime="2025-02-20">x</time></p>'
         '<p><time datetime="2025-03-03">y</time></p>', Metadata(date="2025-02-20")),
        ("", "", '<p><time datetime="2025-02-20">x</time></p>'
         '<p><time datetime="2025-03-03">y</time></p>', Metadata()),
        ("", "", '<footer><time datetime="2025-02-20">today</time></footer>', Metadata()),
        ("", "", '<p><time datetime="2025-02-20"></time></p>' * 100, Metadata()),
    ],
)  # fmt: skip
def test_web_pages(tmp_path: Path, attributes: str, head: str, body: str, wanted: Metadata) -> None:
    path = tmp_path / "x.html"
    path.write_text(PAGE.format(attributes=attributes, head=head, body=body), "utf-8")
    origin = "" if wanted == Metadata() else "web page's metadata"
    expected = metadata_of(origin, wanted.title, wanted.author, wanted.date, wanted.language)
    assert read_document(path).metadata == expected


def test_word_documents(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    properties = document.core_properties
    properties.title, properties.author, properties.language = "A reply", "甲", "zh-CN"
    properties.created = datetime(2026, 11, 24, tzinfo=UTC)
    document.save(str(tmp_path / "x.docx"))
    assert read_document(tmp_path / "x.docx").metadata == Metadata(
        "A reply", "甲", "", "zh-CN", "2026-11-24", "document properties"
    )


def test_pdf_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740000000")
    canvas = Canvas(str(tmp_path / "x.pdf"), lang="en-GB")
    canvas.setTitle("答复 A reply")
    canvas.setAuthor("B")
    canvas.drawString(100, 700, "A text of some words.")
    canvas.save()
    # The day of printing is not the day of issue.
    found = read_document(tmp_path / "x.pdf").metadata
    assert (found.title, found.author, found.date) == ("答复 A reply", "B", "")
    assert (found.language, found.created) == ("en-GB", "2025-02-19")
    assert found.origin == "PDF properties"


def test_several_files() -> None:
    one = Metadata("甲", "A", "2025-02-20", "zh-CN", "2026-01-01", "front matter")
    other = Metadata("A", "A", "2025-02-20", "en", "2026-01-02", "PDF properties")
    assert joined_metadata([one, other]) == Metadata(
        "甲 + A", "A", "2025-02-20", "zh-CN en", "", "front matter + PDF properties"
    )
    assert joined_metadata([one]) == one

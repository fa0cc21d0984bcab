"""No character of a document is lost on the way to sentences, and none is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.align.conservation import uncovered
from aligner.align.segmenting import Segmented, segment_document
from aligner.document import BlockKind, Document
from aligner.errors import LanguageError
from aligner.reading import read_document
from aligner.reading.extract import Extract, TextBlock
from aligner.spacing import squeezed
from aligner.splitting import split_paragraph
from aligner.types import Paragraph, Piece, Sentence, join_sentences
from notes import NOTES, ROOT

ENDINGS = (".docx", ".html", ".md", ".pdf", ".txt")
SAMPLES = sorted(path for path in (ROOT / "tests/samples").rglob("*") if path.suffix in ENDINGS)


def lost(document: Document, segmented: Segmented) -> list[str]:
    return [document.text[a:b] for a, b in uncovered(document, segmented)]


@pytest.mark.parametrize("path", [*NOTES, *SAMPLES], ids=lambda path: path.name)
def test_nothing_of_a_sample_is_lost(path: Path) -> None:
    document = read_document(path)
    assert lost(document, segment_document(document)) == []


def test_what_is_lost_is_found() -> None:
    document = Document("x", "中国政府已作出答复。\n\nThe Government replied.\n\nGone, 2021.")
    whole = segment_document(document)
    assert lost(document, whole) == []
    less = Segmented("x", whole.source, whole.target[:-1])
    assert lost(document, less) == ["Gone,", "2021."]


WORDS = (
    "中国政府已作出答复。", "The Government has replied.", "第一条", "Article 1", "61",
    "08:30–09:00", "工作组2021年3月30日来函", "你好。 / Hello.", "目的 Purpose", "- 3 -",
    "Tel: +41 22 879 56 78", "Page 3", "“走！”他说。", "e.g. EOS.IO 2.0", "x = [1, 2]", "•", "—",
    "\u200b", "co-\noperate", "a\tb", "№ 5", "¶", "甲\u3000乙", "中 国 政 府", "U.S.A. and others",
    "  ", "\n", "Русский",
)  # fmt: skip
TEXT = st.lists(
    st.sampled_from(WORDS) | st.text("ab. 中。\n,-", max_size=6), min_size=1, max_size=6
)
BLOCKS = st.lists(
    st.builds(
        TextBlock,
        TEXT.map("".join) | TEXT.map("\n".join) | TEXT.map(" ".join),
        st.sampled_from(BlockKind),
        language=st.sampled_from(["", "zh", "en-GB", "fr"]),
        is_open=st.booleans(),
        starts_page=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@given(BLOCKS)
def test_nothing_of_any_document_is_lost(blocks: list[TextBlock]) -> None:
    document = Extract(tuple(blocks)).document("x")
    try:
        segmented = segment_document(document)
    except LanguageError:
        return
    assert lost(document, segmented) == []


@given(TEXT.map(" ".join), st.sampled_from(["zh", "en"]), st.booleans())
def test_splitting_and_joining_change_nothing(text: str, language: str, clauses: bool) -> None:
    text = " ".join(text.split())
    if not text:
        return
    sentences = split_paragraph(Paragraph(text, (Piece(0, 0),), language, 1, 1), clauses)
    joined = join_sentences(sentences)
    assert squeezed(joined) == squeezed(text)
    rest = iter(text)
    assert all(character in rest for character in joined), "a space that was not there"


def test_a_name_with_a_stop_in_it_stays_whole() -> None:
    text = "It runs on EOS.IO and on others. It is fast."
    cut = text.index("IO")
    whole = Paragraph(text, (Piece(0, 0),), "en", 1, 1)
    first, second = (
        Sentence(text[a:b], "en", whole.span(a, b), 1, 1) for a, b in ((0, cut), (cut, len(text)))
    )
    assert join_sentences([first, second]) == text

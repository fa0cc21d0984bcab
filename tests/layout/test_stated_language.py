"""What a file says of the language of a block."""

from __future__ import annotations

import pytest

from aligner.document import Document
from aligner.layout import lay_out
from aligner.reading.extract import Extract, TextBlock


def laid_out(language: str, text: str) -> str:
    blocks = (TextBlock("中国政府已作出答复。"), TextBlock(text, language=language))
    document: Document = Extract(blocks).document("x")
    found = lay_out(document, ("zh", "en"))
    return found.paragraphs[1].language if len(found.paragraphs) > 1 else found.left_out[0].reason


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("", "Le gouvernement a répondu.", "en"),
        ("fr", "Le gouvernement a répondu.", "in neither language"),
        ("ja", "東京都", "in neither language"),
        ("", "用kubectl apply部署", "en"),
        ("zh-Hans", "用kubectl apply部署", "zh"),
        ("en-GB", "The word 政府 means government.", "en"),
        ("en", "中国政府已作出答复。", "zh"),  # a page's frame says so of all that is in it
        ("fr", "中国政府已作出答复。", "zh"),
        ("en", "61", "page number"),
    ],
)
def test_language_of_a_block(language: str, text: str, wanted: str) -> None:
    assert laid_out(language, text) == wanted

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


@pytest.mark.parametrize(
    ("asked", "kept"),
    [("zh", "简体的文本。"), ("zh-TW", "繁體的文本。"), ("zh-CN", "简体的文本。")],
)
def test_one_of_two_forms_of_chinese_is_read(asked: str, kept: str) -> None:
    texts = [("zh-hans", "简体的文本。"), ("zh-Hant", "繁體的文本。"), ("en", "The text.")]
    blocks = [TextBlock(text, language=language) for language, text in texts]
    blocks.append(TextBlock("又是简体。", language="zh-Hans"))
    document = Extract(tuple(blocks)).document("x")
    found = lay_out(document, (asked, "en"))
    assert [p.text for p in found.paragraphs][:2] == [kept, "The text."]
    assert {item.reason for item in found.left_out} == {"in another form of the language"}


def test_a_few_words_in_another_form_are_text() -> None:
    blocks = (
        TextBlock("简体的文本，很长的文本，还有更多的文本。", language="zh-CN"),
        TextBlock("繁體。", language="zh-TW"),
        TextBlock("The text."),
    )
    found = lay_out(Extract(blocks).document("x"), ("zh", "en")).paragraphs
    assert len(found) == 3

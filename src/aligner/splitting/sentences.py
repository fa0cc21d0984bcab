"""Cutting a paragraph into sentences: sentencex's cuts, mended by language."""

from __future__ import annotations

from collections.abc import Callable

import sentencex

from aligner.splitting import chinese, english
from aligner.types import Paragraph, Sentence

_MENDERS: dict[str, Callable[[str, list[int]], list[int]]] = {
    "zh": chinese.mend,
    "ja": chinese.mend,
}


def split_paragraph(paragraph: Paragraph) -> list[Sentence]:
    """Cut a paragraph into trimmed sentences that know their place in the document."""
    text = paragraph.text
    language = paragraph.language.lower().replace("_", "-").split("-")[0]
    cuts = [b["end_index"] for b in sentencex.get_sentence_boundaries(language, text)]
    cuts = _MENDERS.get(language, english.mend)(text, cuts)
    sentences = []
    for start, end in zip([0, *cuts[:-1]], cuts, strict=True):
        content = text[start:end].strip()
        if content:
            first = start + text[start:end].index(content[0])
            sentences.append(
                Sentence(
                    content,
                    paragraph.language,
                    paragraph.span(first, first + len(content)),
                    paragraph.number,
                    paragraph.page,
                    paragraph.role,
                )
            )
    return sentences

"""Cutting a paragraph into sentences: sentencex's cuts, mended by language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import sentencex

from aligner.languages import base_language
from aligner.splitting import chinese, english
from aligner.types import Paragraph, Sentence

_MENDERS: dict[str, Callable[[str, list[int]], list[int]]] = {
    "zh": chinese.mend,
    "ja": chinese.mend,
}

_OPENING, _CLOSING = "([（【《“「『", ")]）】》”」』"
_CLAUSE_MARK = re.compile(rf"[\"{re.escape(_OPENING + _CLOSING)}]|；|;(?=\s)")


def split_paragraph(paragraph: Paragraph, clauses: bool = False) -> list[Sentence]:
    """Cut a paragraph into trimmed sentences that know their place in the document.

    With `clauses`, a semicolon outside brackets and quotation marks ends one too.
    """
    text = paragraph.text
    language = base_language(paragraph.language)
    cuts = [b["end_index"] for b in sentencex.get_sentence_boundaries(language, text)]
    cuts = _MENDERS.get(language, english.mend)(text, cuts)
    if clauses:
        cuts = sorted({*cuts, *_clause_ends(text)})
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


def _clause_ends(text: str) -> Iterator[int]:
    depth = 0
    quoted = False  # by straight marks, which open and close alike
    for match in _CLAUSE_MARK.finditer(text):
        if match[0] == '"':
            quoted = not quoted
        elif match[0] in _OPENING:
            depth += 1
        elif match[0] in _CLOSING:
            depth = max(0, depth - 1)
        elif not (depth or quoted):
            yield match.end()

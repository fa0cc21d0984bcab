"""Cutting a paragraph into sentences: sentencex's cuts, mended by language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

import sentencex

from aligner.languages import base_language
from aligner.scripts import WIDE_CLOSING, WIDE_OPENING
from aligner.splitting import chinese, english
from aligner.types import Paragraph, Sentence


class _Rules(Protocol):
    """What a language's module knows beyond sentencex."""

    def missed(self, text: str, /) -> Iterator[int]:
        """Further places at which a sentence may end."""

    def ends(self, text: str, start: int, cut: int, known: bool, /) -> bool:
        """Whether a sentence ends at a cut; `known` are sentencex's own."""


_RULES: dict[str, _Rules] = {"zh": chinese, "ja": chinese}

_STRETCH = 20_000  # characters
_LONGEST = 5_000  # characters of what is still one sentence, whatever it looks like
_UNSURE = 3  # sentences
_OPENING, _CLOSING = f"([“{WIDE_OPENING}", f")]”{WIDE_CLOSING}"
_CLAUSE_MARK = re.compile(rf"[\"{re.escape(_OPENING + _CLOSING)}]|；|;(?=\s)")


def split_paragraph(paragraph: Paragraph, clauses: bool = False) -> list[Sentence]:
    """Cut a paragraph into trimmed sentences that know their place in the document.

    With `clauses`, a semicolon outside brackets and quotation marks ends one too.
    """
    text = paragraph.text
    language = base_language(paragraph.language)
    cuts = _sentence_ends(text, language)
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


def _sentence_ends(text: str, language: str) -> list[int]:
    """The ends of the sentences, the last one that of the text."""
    rules = _RULES.get(language, english)
    known = frozenset(_boundaries(text, language))
    kept = []
    start = 0
    for cut in sorted({*known, *rules.missed(text)}):
        last = cut == len(text)
        if last or cut - start > _LONGEST or rules.ends(text, start, cut, cut in known):
            kept.append(cut)
            start = cut
    return kept


def _boundaries(text: str, language: str) -> Iterator[int]:
    """Where sentencex ends the sentences of a text.

    The time that it takes grows with the square of a text's length, so that a long one comes to
    it in stretches. The last sentences of a stretch are looked at again with what follows; what
    is longer than a stretch is cut between words.
    """
    start = 0
    while start < len(text):
        found = sentencex.get_sentence_boundaries(language, text[start : start + _STRETCH])
        ends = [start + boundary["end_index"] for boundary in found] or [len(text)]
        if start + _STRETCH < len(text):
            ends = ends[:-_UNSURE] or ends[:-1] or [_last_gap(text, start, start + _STRETCH)]
        yield from ends
        start = ends[-1]


def _last_gap(text: str, start: int, stop: int) -> int:
    """The end of the last word or clause of a stretch, or else its own."""
    gap = max(text.rfind(mark, start + 1, stop) for mark in " ，、；,;")
    return gap + 1 if gap > 0 else stop


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

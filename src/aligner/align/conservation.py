"""Whether all of a document's text came through layout and splitting."""

from __future__ import annotations

import re

from aligner.align.segmenting import Segmented
from aligner.document import Document, Span
from aligner.spacing import is_blank

_WORDS = re.compile(r"\S+")
_PARTING = re.compile(r"[|｜/／()（）]+")


def uncovered(document: Document, segmented: Segmented) -> list[Span]:
    """The words of one document that are in no sentence and not left out either.

    There should be none. White space, characters that only form others, and the marks that
    part two languages on a line don't count.
    """
    kept = [
        *(sentence.span for sentence in (*segmented.source, *segmented.target)),
        *(item.paragraph.span() for item in segmented.left_out),
    ]
    open_spans = []
    end = 0
    for span in [*sorted(kept), Span(len(document.text), len(document.text))]:
        open_spans += [
            Span(*word.span())
            for word in _WORDS.finditer(document.text, end, max(end, span.start))
            if not (is_blank(word[0]) or _PARTING.fullmatch(word[0]))
        ]
        end = max(end, span.end)
    return open_spans

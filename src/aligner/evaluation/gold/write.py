"""A reviewed note as gold, in the form of `data/gold`: what a person has checked is the measure."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from aligner.document import Document, Span
from aligner.languages import base_language
from aligner.types import Alignment, Role


def gold_chunks(document: Document, alignment: Alignment) -> Iterator[str]:
    """The lines of a gold file that is to lie beside the document.

    Each quotation is what stands at its span; what was left out of the alignment becomes a
    null, with the reason as its comment.
    """
    source_lang = base_language(alignment.source_lang)
    yield _line(
        document=document.name,
        source_lang=source_lang,
        target_lang=base_language(alignment.target_lang),
    )
    for bead in alignment.beads:
        yield _line(
            kind="null" if bead.is_null else "pair",
            source=_quoted(document, [alignment.source[k].span for k in bead.source]),
            target=_quoted(document, [alignment.target[k].span for k in bead.target]),
        )
    sides = [sorted(s.span for s in side) for side in (alignment.source, alignment.target)]
    for left_out in alignment.left_out:
        spans = [left_out.paragraph.span()]
        # A page number that cut a sentence is part of its quotation.
        is_margin = left_out.paragraph.role in (Role.PAGE_NUMBER, Role.RUNNING_LINE)
        if is_margin and any(_within(spans[0], side) for side in sides):
            continue
        in_source = base_language(left_out.paragraph.language) == source_lang
        yield _line(
            kind="null",
            source=_quoted(document, spans if in_source else []),
            target=_quoted(document, [] if in_source else spans),
            comment=left_out.reason,
        )


def _within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span lies in one of some that are in order and apart."""
    before = bisect_right(spans, span.start, key=lambda other: other.start)
    return before > 0 and span.end <= spans[before - 1].end


def _quoted(document: Document, spans: Sequence[Span]) -> list[dict[str, Any]]:
    return [
        {
            "start": span.start,
            "end": span.end,
            "text": " ".join(document.text[span.start : span.end].split()),
        }
        for span in spans
    ]


def _line(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"

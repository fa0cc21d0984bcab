"""Tables: tab-separated for people and tools, JSON lines with everything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from aligner.types import Alignment, LeftOut, Sentence


def tsv_chunks(alignment: Alignment, min_confidence: float = 0.0) -> Iterator[str]:
    """A row for each pair: source, target, confidence, bead type; a first row of names."""
    yield f"{alignment.source_lang}\t{alignment.target_lang}\tconfidence\tbead\n"
    for bead in alignment.pairs:
        if bead.confidence >= min_confidence:
            texts = (alignment.source_text(bead), alignment.target_text(bead))
            row = "\t".join(" ".join(text.split()) for text in texts)
            yield f"{row}\t{bead.confidence:.3f}\t{bead.type}\n"


def jsonl_chunks(alignment: Alignment, min_confidence: float = 0.0) -> Iterator[str]:
    """A line for the document, then one for each bead, nulls included, and each thing left out.

    Every text comes with its span in the document as read, its page and its paragraph.
    """
    info = alignment.info
    yield _line(
        type="document",
        document=alignment.document,
        source_lang=alignment.source_lang,
        target_lang=alignment.target_lang,
        model=alignment.model,
        reference=info.reference,
        answers=info.answers,
        date=info.date,
    )
    for bead in alignment.beads:
        if bead.is_null or bead.confidence >= min_confidence:
            yield _line(
                type="null" if bead.is_null else "pair",
                confidence=round(bead.confidence, 3),
                moved=bead.moved,
                source=_sentences(alignment.source, bead.source),
                target=_sentences(alignment.target, bead.target),
            )
    for left_out in alignment.left_out:
        yield _line(type="left out", reason=left_out.reason, **_left_out(left_out))


def _sentences(sentences: Sequence[Sentence], numbers: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {
            "text": sentences[number].text,
            "span": list(sentences[number].span),
            "page": sentences[number].page,
            "paragraph": sentences[number].paragraph,
        }
        for number in numbers
    ]


def _left_out(left_out: LeftOut) -> dict[str, Any]:
    paragraph = left_out.paragraph
    return {
        "language": paragraph.language,
        "text": paragraph.text,
        "span": list(paragraph.span()),
        "page": paragraph.page,
        "paragraph": paragraph.number,
    }


def _line(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"

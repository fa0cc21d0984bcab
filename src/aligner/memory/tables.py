"""Tab-separated tables for people and tools."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.types import Alignment


def tsv_chunks(alignment: Alignment, min_confidence: float = 0.0) -> Iterator[str]:
    """A row for each pair: source, target, confidence, bead type; a first row of names."""
    yield f"{alignment.source_lang}\t{alignment.target_lang}\tconfidence\tbead\n"
    for bead in alignment.pairs:
        if bead.confidence >= min_confidence:
            texts = (alignment.source_text(bead), alignment.target_text(bead))
            row = "\t".join(" ".join(text.split()) for text in texts)
            yield f"{row}\t{bead.confidence:.3f}\t{bead.type}\n"

"""The aligner's methods as functions, for a single call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.align.aligner import Aligner
from aligner.align.segmenting import Segmented
from aligner.align.settings import Settings
from aligner.types import Alignment
from aligner.vectors import Encoder


def align_note(
    path: str | Path, settings: Settings = Settings(), encoder: Encoder | None = None
) -> Alignment:
    """Align the two languages of one mixed document; see `Aligner.align`."""
    return Aligner(settings, encoder).align(path)


def align_pair(
    first: str | Path,
    second: str | Path,
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
) -> Alignment:
    """Align two documents, one in each language; see `Aligner.align`."""
    return Aligner(settings, encoder).align(first, second)


def align_segmented(
    first: str | Path,
    second: str | Path,
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
) -> Alignment:
    """Align two files with one sentence per line; see `Aligner.align_segmented`."""
    return Aligner(settings, encoder).align_segmented(first, second)


def align_sentences(
    source: Sequence[str],
    target: Sequence[str],
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
) -> Alignment:
    """Align two lists of sentences; see `Aligner.align_sentences`."""
    return Aligner(settings, encoder).align_sentences(source, target)


def segment_note(path: str | Path, settings: Settings = Settings()) -> Segmented:
    """Split one mixed document into sentences; see `Aligner.segment`."""
    return Aligner(settings).segment(path)

"""From documents, or sentences, to an alignment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.embedding import load_encoder
from aligner.languages import require_both
from aligner.matching import match
from aligner.pipeline.lines import align_parts
from aligner.pipeline.segment import Segmented, segment_document, segment_pair
from aligner.pipeline.sentences import code_of, line_sentence, with_blanks
from aligner.pipeline.settings import Progress, Settings, report
from aligner.reading import read_document
from aligner.types import Alignment, Bead, Document, Sentence, join_parts
from aligner.vectors import Encoder


def align_note(
    path: str | Path,
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align the two languages of one mixed document.

    `encoder` spares loading the settings' model; `progress` is called with the name of each
    stage as it begins. Raises ReadError, LanguageError and ModelError.
    """
    report(progress, "reading")
    return align_document(read_document(path, settings.ocr_languages), settings, encoder, progress)


def align_document(
    document: Document,
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Like `align_note`, for a document that is read."""
    segmented = segment_document(document, settings, progress)
    present = [s[0].language for s in (segmented.source, segmented.target) if s]
    require_both(present, settings.languages, segmented.document)
    return _align(segmented, settings, encoder, progress)


def align_pair(
    first: str | Path,
    second: str | Path,
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two documents, one in each language.

    Languages of different scripts are found out, and the order does not matter; with
    languages written alike the first document is the source. Raises like `align_note`.
    """
    return _align(segment_pair(first, second, settings, progress), settings, encoder, progress)


def align_segmented(
    first: str | Path,
    second: str | Path,
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two files of one sentence a line, source and target; every line counts.

    The whole is held in memory; `align_parts` hands it on as it is made. Raises like
    `align_note`.
    """
    return join_parts(align_parts(first, second, settings, encoder, progress))


def align_sentences(
    source: Sequence[str],
    target: Sequence[str],
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
) -> Alignment:
    """Align two lists of sentences.

    A blank sentence gets no counterpart. Spans count characters of a side's sentences
    joined by line feeds. Raises ModelError.
    """
    sides = [_lines(*side) for side in zip((source, target), settings.languages, strict=True)]
    return _align(Segmented("", sides[0], sides[1]), settings, encoder, None)


def align_again(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
) -> tuple[Bead, ...]:
    """Align sentences that know their places already, some of a document's or all.

    The beads number them from 0. Raises ModelError.
    """
    segmented = Segmented("", tuple(source), tuple(target))
    return _align(segmented, settings, encoder, None).beads


def _align(
    segmented: Segmented,
    settings: Settings,
    encoder: Encoder | None,
    progress: Progress | None,
) -> Alignment:
    report(progress, "loading the model")
    encoder = encoder or load_encoder(settings.model)
    # A blank sentence has no meaning to compare: it is no part of the search.
    full = [
        [bool(sentence.text) for sentence in side] for side in (segmented.source, segmented.target)
    ]
    numbers = [[k for k, is_full in enumerate(side) if is_full] for side in full]
    report(progress, "aligning")
    beads = match(
        [segmented.source[k] for k in numbers[0]],
        [segmented.target[k] for k in numbers[1]],
        encoder.encode,
        settings.max_bead,
    )
    return Alignment(
        segmented.source,
        segmented.target,
        tuple(with_blanks(beads, (numbers[0], numbers[1]), (full[0], full[1]))),
        code_of(settings.source_lang, segmented.source, segmented.info.language),
        code_of(settings.target_lang, segmented.target, segmented.info.language),
        encoder.name,
        segmented.document,
        segmented.left_out,
        segmented.info,
        segmented.remarks,
    )


def _lines(lines: Sequence[str], language: str) -> tuple[Sentence, ...]:
    """Each line as a sentence; spans count characters of the lines joined by line feeds."""
    sentences = []
    start = 0
    for number, line in enumerate(lines, start=1):
        sentences.append(line_sentence(line, language, start, number))
        start += len(line) + 1
    return tuple(sentences)

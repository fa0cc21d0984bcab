"""From documents, or sentences, to an alignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from aligner import layout
from aligner.embedding import load_encoder
from aligner.matching import match
from aligner.pipeline.segment import Segmented, lines_of, segment_document, segment_pair
from aligner.pipeline.settings import Progress, Settings, report
from aligner.reading import read_document
from aligner.types import Alignment, Bead, Document, Encoder, Sentence, Span


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
    layout.require_both(present, settings.languages, segmented.document)
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

    Raises like `align_note`.
    """
    report(progress, "reading")
    documents = [read_document(path) for path in (first, second)]
    sides = [
        _lines(lines_of(document), language)
        for document, language in zip(documents, settings.languages, strict=True)
    ]
    segmented = Segmented(
        " + ".join(document.name for document in documents),
        sides[0],
        sides[1],
    )
    return _align(segmented, settings, encoder, progress)


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
    # A blank line has no meaning to compare: it is no part of the search.
    full = [
        [number for number, sentence in enumerate(side) if sentence.text]
        for side in (segmented.source, segmented.target)
    ]
    report(progress, "aligning")
    beads = tuple(
        match(
            [segmented.source[k] for k in full[0]],
            [segmented.target[k] for k in full[1]],
            encoder.encode,
            settings.max_bead,
        )
    )
    return Alignment(
        segmented.source,
        segmented.target,
        _with_blanks(beads, full[0], full[1], (len(segmented.source), len(segmented.target))),
        _code(settings.source_lang, segmented.source),
        _code(settings.target_lang, segmented.target),
        encoder.name,
        segmented.document,
        segmented.left_out,
        segmented.info,
        segmented.remarks,
    )


def _with_blanks(
    beads: Sequence[Bead], source: Sequence[int], target: Sequence[int], sizes: tuple[int, int]
) -> tuple[Bead, ...]:
    """Beads over the sentences of these numbers as beads over all.

    The other sentences, which are blank, go with the bead on whose sentences they lie within,
    or become nulls after the sentence before them.
    """
    full = set(source), set(target)

    def blanks(side: int, start: int) -> list[Bead]:
        stop = start
        while stop < sizes[side] and stop not in full[side]:
            stop += 1
        return [Bead((), (k,)) if side else Bead((k,), ()) for k in range(start, stop)]

    done = blanks(0, 0) + blanks(1, 0)
    for bead in beads:
        sides = []
        for numbers, place in ((source, bead.source), (target, bead.target)):
            sides.append(tuple(range(numbers[place[0]], numbers[place[-1]] + 1)) if place else ())
        done.append(replace(bead, source=sides[0], target=sides[1]))
        for side in (0, 1):
            if sides[side]:
                done += blanks(side, sides[side][-1] + 1)
    return tuple(done)


def _lines(lines: Sequence[str], language: str) -> tuple[Sentence, ...]:
    """Each line as a sentence; spans count characters of the lines joined by line feeds."""
    sentences = []
    start = 0
    for number, line in enumerate(lines, start=1):
        span = Span(start, start + len(line))
        sentences.append(Sentence(" ".join(line.split()), language, span, number, 1))
        start += len(line) + 1
    return tuple(sentences)


def _code(language: str, sentences: Sequence[Sentence]) -> str:
    return layout.language_code(language, "".join(s.text for s in sentences))

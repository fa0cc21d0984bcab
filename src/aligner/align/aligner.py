"""The public entry point: one object that holds the settings and the model, and aligns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from aligner.align.segmenting import Segmented, segment_document, segment_pair
from aligner.align.sentences import language_tag, line_sentence, reinsert_blanks
from aligner.align.settings import Settings
from aligner.align.streaming import stream_parts
from aligner.document import Document
from aligner.embedding import load_encoder
from aligner.languages import require_both
from aligner.matching import match
from aligner.progress import SILENT, Progress
from aligner.reading import read_document
from aligner.types import Alignment, Bead, Part, Sentence, join_parts
from aligner.vectors import Encoder, Vectors


class Aligner:
    """Aligns documents with one set of settings and one model, which is loaded once.

    Threads can share an aligner. All methods raise ModelError if the model is needed and can't be
    loaded.

    >>> aligner = Aligner()
    >>> alignment = aligner.align_sentences(["你好，世界。"], ["Hello, world."])
    >>> [bead.type for bead in alignment.beads]
    ['1-1']
    """

    def __init__(
        self,
        settings: Settings = Settings(),
        encoder: Encoder | None = None,
        progress: Progress = SILENT,
    ) -> None:
        """Hold the settings; nothing is loaded yet.

        `encoder` replaces the model of the settings; `progress` is notified of each stage.
        """
        self.settings = settings
        self.progress = progress
        self._encoder = encoder
        self._lock = Lock()

    @property
    def encoder(self) -> Encoder:
        """The model, loaded on first use."""
        with self._lock:
            if self._encoder is None:
                self.progress.stage("loading the model")
                self._encoder = load_encoder(self.settings.model)
            return self._encoder

    def with_languages(self, source_lang: str, target_lang: str) -> Aligner:
        """Return an aligner with the same settings and model for other languages."""
        settings = replace(self.settings, source_lang=source_lang, target_lang=target_lang)
        return Aligner(settings, self.encoder, self.progress)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of texts: (number of texts, dimension)."""
        return self.encoder.encode(texts).runs(1)

    def segment(self, first: str | Path, second: str | Path | None = None) -> Segmented:
        """Read one mixed document, or two with one language each, and split into sentences.

        Languages with different scripts are detected, so two documents may come in either order;
        if the languages share a script, the first document is the source. Raises ReadError;
        UsageError for one document if the languages share a script; and LanguageError if there is
        no text in either language, or not one document in each.
        """
        self.progress.stage("reading")
        languages = self.settings.ocr_languages
        document = read_document(first, languages)
        if second is None:
            return self._segmented(document)
        documents = [document, read_document(second, languages)]
        self.progress.stage("segmenting")
        return segment_pair(documents, self.settings)

    def align(self, first: str | Path, second: str | Path | None = None) -> Alignment:
        """Align one mixed document, or two with one language each, in any order.

        Raises like `segment`, and LanguageError if a mixed document lacks one of the languages.
        """
        segmented = self.segment(first, second)
        return self._align(segmented) if second else self._align_mixed(segmented)

    def align_document(self, document: Document) -> Alignment:
        """Align a mixed document that has already been read; raises like `align`."""
        return self._align_mixed(self._segmented(document))

    def align_sentences(self, source: Sequence[str], target: Sequence[str]) -> Alignment:
        """Align two lists of sentences.

        Blank sentences get no counterpart. Spans count characters of the sentences of one side,
        joined by line feeds.
        """
        texts = source, target
        sides = [_lines(*side) for side in zip(texts, self.settings.languages, strict=True)]
        return self._align(Segmented("", sides[0], sides[1]))

    def align_placed_sentences(
        self, source: Sequence[Sentence], target: Sequence[Sentence]
    ) -> tuple[Bead, ...]:
        """Align sentences that already have their positions: all sentences of a document, or some.

        The beads number them from 0.
        """
        return self._align(Segmented("", tuple(source), tuple(target))).beads

    def align_segmented(self, first: str | Path, second: str | Path) -> Alignment:
        """Align two files with one sentence per line, source and target.

        The whole alignment is held in memory; `stream` yields it in parts. Raises ReadError and
        LanguageError.
        """
        return join_parts(self.stream(first, second))

    def stream(self, first: str | Path, second: str | Path) -> Iterator[Part]:
        """Align two files of any length with one sentence per line, part by part.

        Memory holds one part, the sentences that are being compared and, for files in UTF-8,
        around 25 bytes per line. Raises like `align_segmented` when the first part is requested.
        """
        self.progress.stage("reading")
        yield from stream_parts(first, second, self.settings, lambda: self.encoder)

    def _segmented(self, document: Document) -> Segmented:
        self.progress.stage("segmenting")
        return segment_document(document, self.settings)

    def _align_mixed(self, segmented: Segmented) -> Alignment:
        present = [side[0].language for side in (segmented.source, segmented.target) if side]
        require_both(present, self.settings.languages, segmented.document)
        return self._align(segmented)

    def _align(self, segmented: Segmented) -> Alignment:
        encoder = self.encoder
        sides = segmented.source, segmented.target
        # A blank sentence has no meaning to compare: it is not part of the search.
        nonblank = [[bool(sentence.text) for sentence in side] for side in sides]
        numbers = [[k for k, kept in enumerate(side) if kept] for side in nonblank]
        self.progress.stage("aligning")
        beads = match(
            [segmented.source[k] for k in numbers[0]],
            [segmented.target[k] for k in numbers[1]],
            encoder.encode,
            self.settings.max_bead,
        )
        languages = self.settings.languages
        tags = [
            language_tag(language, side, segmented.info.language)
            for language, side in zip(languages, sides, strict=True)
        ]
        return Alignment(
            segmented.source,
            segmented.target,
            tuple(reinsert_blanks(beads, (numbers[0], numbers[1]), (nonblank[0], nonblank[1]))),
            tags[0],
            tags[1],
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

"""The only place where the stages meet: from files to an alignment and its scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from aligner import evaluation, layout
from aligner.embedding import DEFAULT_MODEL, load_encoder
from aligner.errors import FormatError, LanguageError, UsageError
from aligner.matching import MAX_BEAD, match
from aligner.memory import read_beads
from aligner.reading import read_document
from aligner.splitting import split_paragraph
from aligner.types import (
    Alignment,
    Bead,
    Document,
    Encoder,
    LeftOut,
    NoteInfo,
    Paragraph,
    Sentence,
    Span,
)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to align. `max_bead` is the largest bead, in sentences of source and target."""

    source_lang: str = "zh"
    target_lang: str = "en"
    model: str = DEFAULT_MODEL
    max_bead: tuple[int, int] = MAX_BEAD

    def __post_init__(self) -> None:
        if layout.base_language(self.source_lang) == layout.base_language(self.target_lang):
            raise UsageError(f"source and target language are both {self.source_lang}")
        if min(self.max_bead) < 1:
            raise UsageError("the largest bead must have a sentence on either side, such as 5-5")

    @property
    def languages(self) -> tuple[str, str]:
        """Source and target."""
        return self.source_lang, self.target_lang


@dataclass(frozen=True, slots=True)
class Segmented:
    """Sentences of both languages out of one document or two, before they are aligned."""

    document: str
    modified: float
    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]
    left_out: tuple[LeftOut, ...] = ()
    info: NoteInfo = NoteInfo()


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
    segmented = segment_note(path, settings, progress)
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
    _report(progress, "reading")
    documents = [read_document(path) for path in (first, second)]
    sides = [
        _lines(document.text.removesuffix("\n").split("\n"), language)
        for document, language in zip(documents, settings.languages, strict=True)
    ]
    segmented = Segmented(
        " + ".join(document.name for document in documents),
        max(document.modified for document in documents),
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
    return _align(Segmented("", 0.0, sides[0], sides[1]), settings, encoder, None)


def segment_note(
    path: str | Path, settings: Settings = Settings(), progress: Progress | None = None
) -> Segmented:
    """Read one document, set its furniture aside and split the rest into sentences.

    Raises ReadError, UsageError where the languages are written alike, and LanguageError
    where the document has text in neither of them.
    """
    _report(progress, "reading")
    document = read_document(path)
    laid_out = layout.lay_out(document, settings.languages)
    _report(progress, "splitting")
    source, target = (laid_out.stream(language) for language in settings.languages)
    return _segmented([document], source, target, laid_out.left_out)


def segment_pair(
    first: str | Path,
    second: str | Path,
    settings: Settings = Settings(),
    progress: Progress | None = None,
) -> Segmented:
    """Read two documents, one in each language; otherwise like `segment_note`."""
    _report(progress, "reading")
    documents = [read_document(path) for path in (first, second)]
    if layout.same_script(settings.languages):
        ordered = list(zip(documents, settings.languages, strict=True))
    else:
        ordered = _by_language(documents, settings)
    streams = []
    left_out: list[LeftOut] = []
    for document, language in ordered:
        laid_out = layout.lay_out_one(document, language, settings.languages)
        streams.append(laid_out.stream(language))
        left_out += laid_out.left_out
    _report(progress, "splitting")
    return _segmented([document for document, _ in ordered], streams[0], streams[1], left_out)


def evaluate_notes(
    gold: Sequence[str | Path],
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> list[evaluation.Result]:
    """Align the notes of gold files from their raw text and count what is right.

    The languages are those of the gold file. Raises FormatError, and like `align_note`.
    """
    results = []
    encoder = encoder or load_encoder(settings.model)
    for path in gold:
        header = evaluation.read_gold_header(path)
        own = replace(settings, source_lang=header.source_lang, target_lang=header.target_lang)
        note_gold = evaluation.read_note_gold(path, read_document(header.document).text)
        alignment = align_note(header.document, own, encoder, progress)
        counts = evaluation.count_note(note_gold, alignment)
        results.append(evaluation.Result(header.document.name, counts))
    return results


def evaluate_beads(
    gold: Sequence[str | Path], system: Sequence[str | Path]
) -> list[evaluation.Result]:
    """Compare bead files with gold bead files, in the same order.

    Raises UsageError where their numbers differ, ReadError and FormatError.
    """
    if len(gold) != len(system):
        raise UsageError(f"{len(gold)} gold files but {len(system)} of the system; give as many")
    return [
        evaluation.Result(
            Path(ours).name, evaluation.count_beads(read_beads(theirs), read_beads(ours))
        )
        for theirs, ours in zip(gold, system, strict=True)
    ]


def _align(
    segmented: Segmented,
    settings: Settings,
    encoder: Encoder | None,
    progress: Progress | None,
) -> Alignment:
    _report(progress, "loading the model")
    encoder = encoder or load_encoder(settings.model)
    # A blank line has no meaning to compare: it is no part of the search.
    full = [
        [number for number, sentence in enumerate(side) if sentence.text]
        for side in (segmented.source, segmented.target)
    ]
    _report(progress, "aligning")
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
        segmented.modified,
        segmented.left_out,
        segmented.info,
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


def _segmented(
    documents: Sequence[Document],
    source: Sequence[Paragraph],
    target: Sequence[Paragraph],
    left_out: Sequence[LeftOut],
) -> Segmented:
    source, target, one_sided = layout.set_aside_one_sided(source, target)
    everything = sorted((*left_out, *one_sided), key=lambda item: item.paragraph.span())
    modified = max(document.modified for document in documents)
    written = datetime.fromtimestamp(modified, UTC).date()
    return Segmented(
        " + ".join(document.name for document in documents),
        modified,
        tuple(s for p in source for s in split_paragraph(p)),
        tuple(s for p in target for s in split_paragraph(p)),
        tuple(everything),
        # A date after the file's is not the note's own; but some archives lose files' dates.
        layout.read_info(
            "\n".join(document.text for document in documents),
            written if written.year > 1980 else date.max,
        ),
    )


def _by_language(documents: Sequence[Document], settings: Settings) -> list[tuple[Document, str]]:
    """Two documents with their languages, source first."""
    found = [layout.detect_language(d.text, settings.languages) for d in documents]
    for document, language in zip(documents, found, strict=True):
        if language is None:
            layout.require_both((), settings.languages, document.name)
    if found[0] == found[1]:
        name = layout.language_name(found[0] or "")
        raise LanguageError(
            f"{documents[0].name} and {documents[1].name} are both in {name}; "
            "give one file in each language"
        )
    order = [found.index(language) for language in settings.languages]
    return [(documents[k], settings.languages[side]) for side, k in enumerate(order)]


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


def _report(progress: Progress | None, stage: str) -> None:
    if progress is not None:
        progress(stage)


def find_gold(place: str | Path) -> list[Path]:
    """The gold files of a folder, by name, or the one file given.

    Raises FormatError where a folder holds none.
    """
    path = Path(place)
    if not path.is_dir():
        return [path]
    found = sorted((*path.glob("*.jsonl"), *path.glob("*.beads")))
    if not found:
        raise FormatError(f"{path}: no gold files (*.jsonl or *.beads) in this folder")
    return found

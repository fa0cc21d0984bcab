"""From one document or two to the sentences of both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner import layout
from aligner.align.settings import Settings
from aligner.document import Document, joined_documents
from aligner.errors import LanguageError
from aligner.identify import identify_language, not_one_each
from aligner.languages import detect_language, is_mixed, no_text, same_script
from aligner.metadata import NoteInfo, joined_metadata
from aligner.reading import read_document
from aligner.splitting import split_paragraph
from aligner.types import LeftOut, Paragraph, Sentence


@dataclass(frozen=True, slots=True)
class Segmented:
    """Sentences of both languages from one or two documents, before alignment."""

    document: str
    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]
    left_out: tuple[LeftOut, ...] = ()
    info: NoteInfo = NoteInfo()
    remarks: tuple[str, ...] = ()


def segment_document(document: Document, settings: Settings = Settings()) -> Segmented:
    """Separate a mixed document's furniture and split the rest into sentences.

    Raises UsageError if the languages share a script, and LanguageError if the document has no
    text in either of them.
    """
    laid_out = layout.lay_out(document, settings.languages)
    source, target = (laid_out.stream(language) for language in settings.languages)
    return _segmented([document], source, target, laid_out.left_out, settings)


def segment_any(path: str | Path, settings: Settings = Settings()) -> Segmented:
    """Read a document that is mixed, or in one of the languages; the other side is then empty.

    Raises ReadError, and LanguageError if it is in neither.
    """
    document = read_document(path, settings.ocr_languages)
    if is_mixed(document.text, settings.languages):
        return segment_document(document, settings)
    language = detect_language(document.text, settings.languages)
    if language is None:
        raise no_text(settings.languages, document.name)
    laid_out = layout.lay_out_one(document, language, settings.languages)
    source, target = map(laid_out.stream, settings.languages)
    return _segmented([document], source, target, laid_out.left_out, settings)


def segment_pair(documents: Sequence[Document], settings: Settings = Settings()) -> Segmented:
    """Like `segment_document`, for two documents, one in each language.

    Two that are both mixed count as one document, the second after the first.
    """
    if same_script(settings.languages):
        ordered = list(zip(documents, settings.languages, strict=True))
    elif all(is_mixed(document.text, settings.languages) for document in documents):
        metadata = joined_metadata([document.metadata for document in documents])
        return segment_document(joined_documents(documents, metadata), settings)
    else:
        ordered = _by_language(documents, settings)
    streams = []
    left_out: list[LeftOut] = []
    for document, language in ordered:
        laid_out = layout.lay_out_one(document, language, settings.languages)
        streams.append(laid_out.stream(language))
        left_out += laid_out.left_out
    return _segmented(
        [document for document, _ in ordered], streams[0], streams[1], left_out, settings
    )


def segment_one(
    path: str | Path, languages: Sequence[str], language: str = ""
) -> tuple[str, tuple[Sentence, ...]]:
    """Name and sentences of a document in one of some languages, `language` or the one it is in.

    What it holds in another language is left out, furniture too. Raises ReadError, and
    LanguageError if there is no text in the language.
    """
    document = read_document(path)
    language = language or detect_language(document.text, languages) or languages[0]
    others = [other for other in languages if not same_script((language, other))]
    laid_out = layout.lay_out_one(document, language, (language, *others[:1]))
    stream = laid_out.stream(language)
    if not stream:
        raise no_text((language,), document.name)
    return document.name, tuple(s for paragraph in stream for s in split_paragraph(paragraph))


def _segmented(
    documents: Sequence[Document],
    source: Sequence[Paragraph],
    target: Sequence[Paragraph],
    left_out: Sequence[LeftOut],
    settings: Settings,
) -> Segmented:
    source, target, one_sided = layout.set_aside_one_sided(source, target)
    everything = sorted((*left_out, *one_sided), key=lambda item: item.paragraph.span())
    return Segmented(
        " + ".join(document.name for document in documents),
        tuple(s for p in source for s in split_paragraph(p, settings.clauses)),
        tuple(s for p in target for s in split_paragraph(p, settings.clauses)),
        tuple(everything),
        layout.read_info(documents),
        tuple(remark for document in documents for remark in document.remarks),
    )


def _by_language(documents: Sequence[Document], settings: Settings) -> list[tuple[Document, str]]:
    """Two documents with their languages, source first."""
    found = [detect_language(d.text, settings.languages) for d in documents]
    for document, language in zip(documents, found, strict=True):
        if language is None and not identify_language(document.text):
            raise no_text(settings.languages, document.name)
    mixed = [d.name for d in documents if is_mixed(d.text, settings.languages)]
    if found[0] == found[1] and mixed:
        raise LanguageError(
            f"{mixed[0]} holds both languages and the other file one; align it by itself, or give "
            "one file in each language"
        )
    if None in found or found[0] == found[1]:
        raise not_one_each(
            [document.name for document in documents],
            [document.text for document in documents],
            settings.languages,
        )
    order = [found.index(language) for language in settings.languages]
    return [(documents[k], settings.languages[side]) for side, k in enumerate(order)]

"""Where the sentences stand in the documents that they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.document import Document, Span
from aligner.errors import AlignerError
from aligner.printable import printable_name
from aligner.reading import read_document
from aligner.review.rows import SIDES, Row, Side
from aligner.spacing import squeezed
from aligner.types import Alignment, Sentence

_CONTEXT = 500
_MAX_EXCERPT = 6000
_TRIED = 40
_SIDES = 2  # an alignment is of one document, or of two
_EDGE = 12  # characters by which a sentence is known


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a document about some spans: texts, each with whether it is in a span."""

    document: str
    line: int
    page: int
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The documents of source and target, None if they are not at hand."""

    source: Document | None = None
    target: Document | None = None

    @property
    def one_document(self) -> Document | None:
        """The document that both sides stand in, if it is one, and at hand."""
        return self.source if self.source is self.target else None

    def document(self, side: Side) -> Document | None:
        """The document that a side's sentences stand in."""
        return self.source if side == "source" else self.target

    def excerpt(self, side: Side, row: Row) -> Excerpt | None:
        """What stands about a row's sentences of one side; None if that is not known."""
        document = self.document(side)
        sentences = row.side(side)
        if document is None or not sentences:
            return None
        text = document.text
        spans = [sentence.span for sentence in sentences if sentence.span.end <= len(text)]
        if not spans:
            return None
        start = max(0, spans[0].start - _CONTEXT)
        stop = min(spans[-1].end + _CONTEXT, start + _MAX_EXCERPT)
        pieces = []
        at = start
        for span in spans:
            end = min(span.end, stop)
            pieces += [(text[at : span.start], False), (text[max(at, span.start) : end], True)]
            at = max(at, end)
        pieces.append((text[at:stop], False))
        line = text.count("\n", 0, spans[0].start) + 1
        kept = tuple((piece, marked) for piece, marked in pieces if piece)
        return Excerpt(document.name, line, document.page(spans[0].start), kept)

    def cut(self, side: Side, sentence: Sentence, offset: int) -> tuple[Sentence, Sentence]:
        """A sentence as two, the second beginning at the character `offset`."""
        first, second = sentence.text[:offset].strip(), sentence.text[offset:].strip()
        document = self.document(side)
        start, end = sentence.span
        stop = None if document is None else _end_of(first, document.text, sentence.span)
        if document is None or stop is None:
            stop = next_start = start + round((end - start) * offset / len(sentence.text))
        else:
            found = document.text.find(second[0], stop, end)
            next_start = stop if found < 0 else found
        return (
            replace(sentence, text=first, span=Span(start, stop)),
            replace(sentence, text=second, span=Span(next_start, end)),
        )


def find_places(alignment: Alignment, candidates: Sequence[Path]) -> Places:
    """The documents in which most of each side's sentences stand where they say they do."""
    documents = []
    for path in candidates:
        try:
            documents.append(read_document(path))
        except AlignerError:
            continue
    return Places(*(_best(documents, getattr(alignment, side)) for side in SIDES))


def beside(alignment: Alignment, folder: Path) -> list[Path]:
    """The files that an alignment names as its documents, if they are in a folder."""
    # A name is data of the file that is reviewed: it must not lead anywhere else.
    there = {printable_name(path.name): path for path in folder.iterdir()}
    names = dict.fromkeys(alignment.document.split(" + ", _SIDES)[:_SIDES])
    found = [there[name] for name in names if name in there]
    return [path for path in found if path.is_file() and not path.is_symlink()]


def _best(documents: Sequence[Document], sentences: Sequence[Sentence]) -> Document | None:
    tried = sentences[:: max(1, len(sentences) // _TRIED)]
    for document in documents:
        there = sum(_stands_there(sentence, document) for sentence in tried)
        if 2 * there > len(tried):
            return document
    return None


def _stands_there(sentence: Sentence, document: Document) -> bool:
    """Whether a sentence begins and ends at its span, within which a page's margin may lie."""
    found, wanted = squeezed(document.text[slice(*sentence.span)]), squeezed(sentence.text)
    edge = min(_EDGE, len(wanted) // 3 + 1)
    return bool(wanted) and (found[:edge], found[-edge:]) == (wanted[:edge], wanted[-edge:])


def _end_of(part: str, text: str, span: Span) -> int | None:
    """Where the first part of a sentence ends in the document, which may break its lines."""
    at = span.start
    for character in squeezed(part):
        at = text.find(character, at, span.end) + 1
        if not at:
            return None
    return at

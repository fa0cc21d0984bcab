"""The types passed between modules: frozen, plain, and with their position in the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape
from typing import NamedTuple

from aligner.confidence import format_confidence
from aligner.document import Span
from aligner.metadata import NoteInfo
from aligner.spacing import join_text

_SHOWN = 50  # beads that a notebook shows


class Role(StrEnum):
    """What a paragraph of a document is there for."""

    BODY = "body"
    HEADING = "heading"
    CELL = "table cell"
    LETTERHEAD = "letterhead"
    CONTACT = "address or contact line"
    ADDRESSEE = "addressee or signature"
    REFERENCE = "reference number"
    COMPLIMENTS = "compliments"
    REMARK = "remark in brackets"
    PAGE_NUMBER = "page number"
    RUNNING_LINE = "running head or foot"
    SOURCE = "source line"
    NAVIGATION = "menu or page margin"
    CODE = "code"


class Piece(NamedTuple):
    """From `at` on, a paragraph's text runs through the document from `start` on."""

    at: int
    start: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of one language with its line breaks repaired.

    `pieces` lead each character of `text` back to its place in the document.
    """

    text: str
    pieces: tuple[Piece, ...] = field(repr=False)
    language: str
    number: int
    page: int
    role: Role = Role.BODY

    def offset(self, position: int) -> int:
        """Place in the document of the character `text[position]`."""
        piece = self.pieces[bisect_right(self.pieces, position, key=lambda p: p.at) - 1]
        return piece.start + position - piece.at

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Place in the document of `text[start:end]`, which must not be empty."""
        last = len(self.text) if end is None else end
        return Span(self.offset(start), self.offset(last - 1) + 1)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A paragraph that takes no part in the alignment, and why."""

    paragraph: Paragraph
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The paragraphs of a document, apart from its furniture, in document order."""

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...]

    def stream(self, language: str) -> tuple[Paragraph, ...]:
        """The paragraphs of one language."""
        return tuple(p for p in self.paragraphs if p.language == language)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, trimmed, on one line, and its place.

    `span` runs from its first to its last character in the document's text; a page
    break or a running foot that cut the sentence lies inside the span, not in `text`.
    `paragraph` and `page` count from 1, `role` is the paragraph's.
    """

    text: str
    language: str
    span: Span
    paragraph: int
    page: int
    role: Role = Role.BODY


def join_sentences(sentences: Sequence[Sentence]) -> str:
    """Sentences as one text; headings and lines of addresses are parted by a space.

    Two that stand in the document without a space between them get none: EOS.IO.
    """
    parts: list[str] = []
    before: Sentence | None = None
    for sentence in sentences:
        apart = before is not None and before.paragraph != sentence.paragraph
        if before and not apart and before.span.end == sentence.span.start:
            parts[-1] += sentence.text
        elif before and apart and Role.BODY not in (before.role, sentence.role):
            parts[-1] += " " if before.text[-1:].isalnum() else ""
            parts.append(sentence.text)
        else:
            parts.append(sentence.text)
        before = sentence
    return join_text(parts)


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences of both sides that translate each other; an empty side is a null.

    `source` and `target` are consecutive zero-based sentence numbers, `confidence` the
    estimated probability that the bead is right as a whole. `moved` says that its target
    stands elsewhere than its source's neighbours would have it, `checked` that a person has
    looked at it and found it right.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float = 1.0
    moved: bool = False
    checked: bool = False

    @property
    def is_null(self) -> bool:
        """Whether one side has no sentence."""
        return not self.source or not self.target

    @property
    def certainty(self) -> float:
        """The confidence, but 1 once a person has checked the bead."""
        return 1.0 if self.checked else self.confidence

    @property
    def type(self) -> str:
        """Its size, as `1-2`."""
        return f"{len(self.source)}-{len(self.target)}"

    def shifted(self, rows: int, columns: int) -> Bead:
        """The bead with its source and target sentences' numbers so much greater."""
        source, target = (
            tuple(k + more for k in side)
            for side, more in ((self.source, rows), (self.target, columns))
        )
        return replace(self, source=source, target=target)


def prefix_sizes(beads: Iterable[Bead]) -> Iterator[tuple[int, int] | None]:
    """After each bead, how many sentences of both sides it and those before it hold.

    None if that is no beginning of both texts, as within a passage that has moved.
    """
    held = [0, 0]
    reach = [0, 0]
    for bead in beads:
        for side, numbers in enumerate((bead.source, bead.target)):
            held[side] += len(numbers)
            reach[side] = max([reach[side], *(k + 1 for k in numbers)])
        yield (held[0], held[1]) if held == reach else None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Beads that cover every sentence of both sides once, in source order.

    `document` names the file or files, `remarks` say what the user should know of their
    reading.
    """

    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]
    beads: tuple[Bead, ...]
    source_lang: str
    target_lang: str
    model: str = ""
    document: str = ""
    left_out: tuple[LeftOut, ...] = ()
    info: NoteInfo = NoteInfo()
    remarks: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[Bead, ...]:
        """The beads with text on both sides."""
        return tuple(bead for bead in self.beads if not bead.is_null)

    @property
    def nulls(self) -> tuple[Bead, ...]:
        """The beads without a counterpart."""
        return tuple(bead for bead in self.beads if bead.is_null)

    def source_text(self, bead: Bead) -> str:
        """The joined source sentences of a bead."""
        return join_sentences([self.source[i] for i in bead.source])

    def target_text(self, bead: Bead) -> str:
        """The joined target sentences of a bead."""
        return join_sentences([self.target[j] for j in bead.target])

    def _repr_html_(self) -> str:
        """What a notebook shows: a table of the first beads."""
        shown = self.beads[:_SHOWN]
        rows = "".join(
            f"<tr><td>{escape(self.source_text(bead))}</td>"
            f"<td>{escape(self.target_text(bead))}</td>"
            f"<td>{format_confidence(bead.confidence)}</td></tr>"
            for bead in shown
        )
        more = len(self.beads) - len(shown)
        rest = f"<p>and {more} more</p>" if more else ""
        languages = f"<th>{escape(self.source_lang)}</th><th>{escape(self.target_lang)}</th>"
        head = f"<thead><tr>{languages}<th>confidence</th></tr></thead>"
        caption = f"<caption>{escape(self.document)}</caption>" if self.document else ""
        return f"<table>{caption}{head}<tbody>{rows}</tbody></table>{rest}"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a long alignment, with all sentences of both sides from one place to another.

    `alignment` counts its sentences from 0; `before` is how many of both sides come before,
    `total` how many source sentences the whole has, 0 if that is not known.
    """

    alignment: Alignment
    before: tuple[int, int] = (0, 0)
    total: int = 0

    @property
    def beads(self) -> tuple[Bead, ...]:
        """The beads with their numbers in the whole."""
        return tuple(bead.shifted(*self.before) for bead in self.alignment.beads)


def join_parts(parts: Iterable[Part]) -> Alignment:
    """The whole of an alignment's parts, of which there is one at least."""
    done = list(parts)
    return replace(
        done[0].alignment,
        source=tuple(s for part in done for s in part.alignment.source),
        target=tuple(s for part in done for s in part.alignment.target),
        beads=tuple(bead for part in done for bead in part.beads),
    )


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """One entry of a translation memory: two texts, their languages, and properties.

    `source_lang` and `target_lang` are BCP 47 codes such as `zh-CN`; `properties` are
    name and value pairs in a fixed order, `created` and `changed` times as
    `yyyyMMddTHHmmssZ` or "". `others` are the languages and texts of further variants.

    `markup` is the element that the unit was read from, inline codes and all, to be written
    again as it stands. A changed copy, made with `dataclasses.replace`, has none and is
    written from its fields.
    """

    source: str
    target: str
    source_lang: str
    target_lang: str
    id: str = ""
    created: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    note: str = ""
    changed: str = ""
    others: tuple[tuple[str, str], ...] = ()
    markup: str = field(default="", init=False, compare=False, repr=False)

    def with_markup(self, element: str) -> TranslationUnit:
        """The unit as read from an element."""
        copy = replace(self)
        object.__setattr__(copy, "markup", element)
        return copy

    def property(self, name: str) -> str:
        """The first value of a property, or ""."""
        return next((value for key, value in self.properties if key == name), "")

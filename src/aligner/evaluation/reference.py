"""The gold of one document, and claims about it: its own beads and those of systems.

All are stretches of two axes, one a side, on which the gold's sentences lie end to end. So
beads can be compared whatever sentences they are made of: two that cover the same places are
the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Self

from aligner.document import Span
from aligner.evaluation.spans import SpanSet, length, merged
from aligner.spacing import squeezed
from aligner.types import Bead


@dataclass(frozen=True)
class ReferenceSide:
    """One side of the gold.

    Sentence `k` has the places from `bounds[k]` up to `bounds[k + 1]`: one for each character
    that is no white space, one if it has none, and one where the texts aren't known, which
    leaves `texts` empty. `offsets` has, for the gold of a note, where in the note each place's
    character stands.
    """

    bounds: Sequence[int]
    texts: tuple[str, ...] = ()
    offsets: tuple[int, ...] = ()

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> Self:
        """The side with these sentences."""
        sizes = (max(1, len(squeezed(text))) for text in texts)
        return cls((0, *accumulate(sizes)), tuple(texts))

    @classmethod
    def of_size(cls, size: int) -> Self:
        """A side of which only the number of sentences is known."""
        return cls(range(size + 1))

    @classmethod
    def of_spans(cls, spans: Sequence[Span], note: str) -> Self:
        """The side whose sentences are these spans of a note, in order and apart."""
        texts = [" ".join(note[span.start : span.end].split()) for span in spans]
        offsets = [k for span in spans for k in range(*span) if not note[k].isspace()]
        return cls(cls.of_texts(texts).bounds, tuple(texts), tuple(offsets))

    @property
    def size(self) -> int:
        """Number of sentences."""
        return len(self.bounds) - 1

    @cached_property
    def characters(self) -> str:
        """The character of each place; a blank sentence has a zero."""
        return "".join(squeezed(text) or "\0" for text in self.texts)

    def stretch(self, numbers: Iterable[int]) -> SpanSet:
        """What sentences cover; those beyond the gold's have places below zero."""
        known = self.size
        return merged(
            Span(self.bounds[k], self.bounds[k + 1]) if k < known else Span(-k - 1, -k)
            for k in numbers
        )

    def stretch_of_note(self, span: Span, note: str) -> SpanSet:
        """What a span of the note covers; characters that the gold lacks count below zero."""
        places = Span(bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end))
        others = len(squeezed(note[span.start : span.end])) - (places.end - places.start)
        return merged([places, Span(-span.start - others, -span.start)])

    def touched(self, stretch: SpanSet) -> tuple[int, ...]:
        """Numbers of the gold's sentences of which a stretch covers something."""
        return tuple(
            k
            for span in stretch
            if span.start >= 0
            for k in range(
                bisect_right(self.bounds, span.start) - 1, bisect_left(self.bounds, span.end)
            )
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """That two stretches translate each other as a whole; an empty one makes it a null.

    `type` is the number of sentences on each side, as `1-2`; the texts are theirs, if known.
    An optional one, a letterhead say, counts neither when it is found nor when it is left out.
    """

    source: SpanSet
    target: SpanSet
    type: str
    confidence: float = 1.0
    source_texts: tuple[str, ...] = ()
    target_texts: tuple[str, ...] = ()
    optional: bool = False

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return not self.source or not self.target

    @property
    def links(self) -> int:
        """Number of pairs of a source and a target place that it links."""
        return length(self.source) * length(self.target)


@dataclass(frozen=True)
class Reference:
    """The gold of one document.

    `note` is the text that the sides' offsets count in, empty for sentences one a line.
    """

    name: str
    source: ReferenceSide
    target: ReferenceSide
    claims: tuple[Claim, ...]
    source_lang: str = ""
    target_lang: str = ""
    note: str = ""

    @property
    def has_texts(self) -> bool:
        """Whether the sentences are known, not only their numbers."""
        return bool(self.source.texts or self.target.texts)


def claims_of_beads(
    beads: Iterable[Bead],
    source: ReferenceSide,
    target: ReferenceSide,
    optional: Iterable[Bead] = (),
) -> tuple[Claim, ...]:
    """Beads that are made of the gold's own sentences; those empty on both sides are dropped."""
    may_miss = set(optional)
    return tuple(
        Claim(
            source.stretch(bead.source),
            target.stretch(bead.target),
            bead.type,
            bead.confidence,
            tuple(source.texts[k] for k in bead.source if k < len(source.texts)),
            tuple(target.texts[k] for k in bead.target if k < len(target.texts)),
            bead in may_miss,
        )
        for bead in beads
        if bead.source or bead.target
    )

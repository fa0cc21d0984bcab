"""What sentences and beads need wherever they come from: blank lines, numbers, languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aligner.document import Span
from aligner.languages import language_code
from aligner.types import Bead, Sentence


def line_sentence(text: str, language: str, start: int, number: int) -> Sentence:
    """A line, whose text begins at `start`, as a sentence."""
    return Sentence(" ".join(text.split()), language, Span(start, start + len(text)), number, 1)


def language_tag(language: str, sentences: Sequence[Sentence], stated: str = "") -> str:
    """The language's code, such as zh-CN, as the sentences are written and their file states."""
    return language_code(language, "\n".join(s.text for s in sentences), stated.split())


def reinsert_blanks(
    beads: Iterable[Bead],
    numbers: tuple[Sequence[int], Sequence[int]],
    nonblank: tuple[Sequence[int], Sequence[int]],
) -> Iterator[Bead]:
    """Beads over the sentences of some numbers as beads over all.

    `nonblank` has for every sentence of both sides whether it is one of these. The others, which
    are blank, go with the bead on whose sentences they lie within, or become nulls after the
    sentence before them.
    """

    def blanks(side: int, start: int) -> Iterator[Bead]:
        while start < len(nonblank[side]) and not nonblank[side][start]:
            yield Bead((), (start,)) if side else Bead((start,), ())
            start += 1

    yield from blanks(0, 0)
    yield from blanks(1, 0)
    for bead in beads:
        source, target = (
            tuple(range(known[place[0]], known[place[-1]] + 1)) if place else ()
            for known, place in zip(numbers, (bead.source, bead.target), strict=True)
        )
        yield replace(bead, source=source, target=target)
        for side, place in enumerate((source, target)):
            if place:
                yield from blanks(side, place[-1] + 1)

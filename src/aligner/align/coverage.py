"""Whether two texts are translations of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.errors import TranslationError
from aligner.types import Alignment, Part, Sentence

# Share of its text that the better covered side of two texts must have in pairs, by their
# probability, to be held for a translation; `benchmarks/threshold.py` measures it.
LEAST_COVERAGE = 0.25


class Coverage:
    """The share of each side of an alignment that is in pairs, collected part by part.

    A sentence counts by its length times the probability of its pair. What matters is the
    better covered side: a translation of one chapter still covers the chapter, not the book.
    """

    def __init__(self) -> None:
        self._document = ""
        self._covered = [0.0, 0.0]
        self._whole = [0, 0]

    def add(self, alignment: Alignment) -> None:
        """Add a part of the alignment."""
        self._document = alignment.document
        for side, sentences in enumerate((alignment.source, alignment.target)):
            self._whole[side] += _length(sentences)
        for bead in alignment.pairs:
            source = _length(alignment.source[k] for k in bead.source)
            target = _length(alignment.target[k] for k in bead.target)
            self._covered[0] += bead.confidence * source
            self._covered[1] += bead.confidence * target

    @property
    def share(self) -> float:
        """Share of the better covered side, from 0 to 1; 1 where there is no text."""
        sides = zip(self._covered, self._whole, strict=True)
        return max((covered / whole for covered, whole in sides if whole), default=1.0)

    def require(self) -> None:
        """Raise TranslationError if the texts are not translations of each other."""
        if self.share < LEAST_COVERAGE:
            name = f"{self._document}: " if self._document else ""
            raise TranslationError(
                f"{name}the two texts are not translations of each other: no more than "
                f"{self.share:.0%} of either is likely to have a counterpart; check the files, or "
                "write what there is with --min-confidence 0"
            )


def coverage(alignment: Alignment) -> Coverage:
    """Return the coverage of a whole alignment."""
    found = Coverage()
    found.add(alignment)
    return found


def require_translation(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts of an alignment; the last one only if the whole is a translation.

    Raises TranslationError otherwise.
    """
    found = Coverage()
    last: Part | None = None
    for part in parts:
        found.add(part.alignment)
        if last is not None:
            yield last
        last = part
    found.require()
    if last is not None:
        yield last


def _length(sentences: Iterable[Sentence]) -> int:
    return sum(len(sentence.text) for sentence in sentences)

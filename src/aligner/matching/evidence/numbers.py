"""Numbers that a translator keeps: whether those of a bead's sentences are on both of its sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from aligner.matching.band import Numbers
from aligner.matching.comparison import Comparison
from aligner.matching.lattice import Edges
from aligner.numbers import Mention, Role, mentions
from aligner.vectors import Vectors

_DIGIT = re.compile(r"\d")
_NEAR = 4  # sentences about a bead
_ALIKE = 0.7  # of the items' numbers, in texts that number alike
_MOST = 2  # numbers of a bead that count


def number_evidence(comparison: Comparison, edges: Edges) -> dict[str, Vectors]:
    """Columns from numbers in digits, which the other text may have in digits or numerals.

    - `numbers apart`: how many of a bead's numbers stand near it in the other text, but not in
      the bead; `numbers alone`: how many stand nowhere near. Each is 2 at most.
    - `null numbers apart`, `null numbers alone`: the same of nulls.
    """
    i, j, m, n = edges.columns
    apart, alone = np.zeros((2, len(edges)), dtype=np.float32)
    sides = _Text(comparison.source.texts), _Text(comparison.target.texts)
    marks_count = _agree(sides[0].marks(), sides[1].marks())
    for text, others, own, theirs in (
        (sides[0], sides[1], (i, m), (j, n)),
        (sides[1], sides[0], (j, n), (i, m)),
    ):
        order = np.argsort(own[0], kind="stable")
        starts, longest = own[0][order], int(own[1].max(initial=1))
        for sentence, mention in text.claims():
            if mention.role is Role.CLAUSE and not marks_count:
                continue
            first = np.searchsorted(starts, sentence - longest + 1)
            last = np.searchsorted(starts, sentence, side="right")
            holders = order[first:last]
            holders = holders[(own[0] + own[1])[holders] > sentence]
            if not len(holders):
                continue
            low, high = theirs[0][holders], (theirs[0] + theirs[1])[holders]
            likes = others.likes(mention, int(low.min()) - _NEAR, int(high.max()) + _NEAR)
            near = _any(likes, low - _NEAR, high + _NEAR)
            apart[holders] += near & ~_any(likes, low, high)
            alone[holders] += ~near
    bead = edges.is_bead
    found = {}
    for name, counts in (("numbers apart", apart), ("numbers alone", alone)):
        capped = np.minimum(counts, np.float32(_MOST))
        found[name] = np.where(bead, capped, np.float32(0))
        found[f"null {name}"] = np.where(bead, np.float32(0), capped)
    return found


class _Text:
    """The numbers of a text's sentences, which are read when they are asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._values: dict[int, frozenset[Decimal]] = {}

    def claims(self) -> Iterator[tuple[int, Mention]]:
        """The numbers in digits, each after the number of its sentence."""
        for number, text in enumerate(self._texts):
            if _DIGIT.search(text):
                found = (mention for mention in mentions(text) if mention.claimed)
                yield from ((number, each) for each in found if _DIGIT.search(each.text))

    def marks(self) -> Counter[frozenset[Decimal]]:
        """The numbers of its items and sections, and how often it has each."""
        return Counter(m.values for _, m in self.claims() if m.role is Role.CLAUSE)

    def likes(self, mention: Mention, low: int, high: int) -> Numbers:
        """The sentences from low up to high that may have a number, in order."""
        places = range(max(low, 0), min(high, len(self._texts)))
        found = [k for k in places if not mention.values.isdisjoint(self._read(k))]
        return np.array(found, dtype=np.int64)

    def _read(self, number: int) -> frozenset[Decimal]:
        if number not in self._values:
            found = (mention.values for mention in mentions(self._texts[number]))
            self._values[number] = frozenset().union(*found)
        return self._values[number]


def _agree(marks: Counter[frozenset[Decimal]], others: Counter[frozenset[Decimal]]) -> bool:
    """Whether two texts number their items alike: one may go on where the other begins again."""
    return (marks & others).total() >= _ALIKE * max(marks.total(), others.total())


def _any(sentences: Numbers, low: Numbers, high: Numbers) -> NDArray[np.bool_]:
    """Whether some of the sentences lie from low up to high."""
    return np.asarray(np.searchsorted(sentences, low) < np.searchsorted(sentences, high))

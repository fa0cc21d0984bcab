"""Precision, recall and F1.

Strict and lax scores are Vecalign's (Thompson and Koehn 2019, https://aclanthology.org/D19-1136/):
precision over all predicted beads, nulls included; recall over the gold beads that are no
nulls. A bead is strictly right if the gold has the same one, laxly if it shares a sentence
with a gold bead on both sides.

End-to-end scores are of pairs alone, as a translation memory holds no nulls, and of texts, so
that a sentence split in the wrong place counts. `pairs`: a pair is right if both its texts are
those of a gold pair, white space apart. `characters`: an alignment is the set of all pairs of
a source and a target character in one bead, and precision and recall are those of such sets,
the character granularity of Langlais, Simard and Véronis (1998,
https://aclanthology.org/P98-1117/): it says how much text is joined wrongly, and how much missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


def ratios(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Precision, recall and F1, (..., 3), of scores' four numbers, (..., 4); 0 / 0 is 0."""
    right, predicted, found, gold = np.moveaxis(counts, -1, 0)
    precision = right / np.maximum(predicted, 1)
    recall = found / np.maximum(gold, 1)
    total = precision + recall
    f1 = 2 * precision * recall / np.where(total > 0, total, 1)
    return np.stack([precision, recall, f1], axis=-1)


@dataclass(frozen=True, slots=True)
class Score:
    """How many of those predicted are right, and of gold found; scores add up."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """The four numbers, as `ratios` takes them."""
        return self.right, self.predicted, self.found, self.gold

    @property
    def precision(self) -> float:
        """Share of right ones among those predicted."""
        return self._ratio(0)

    @property
    def recall(self) -> float:
        """Share of gold that is found."""
        return self._ratio(1)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return self._ratio(2)

    def _ratio(self, which: int) -> float:
        return float(ratios(np.array(self.numbers, dtype=np.float64))[which])


@dataclass(frozen=True, slots=True)
class Counts:
    """The scores of a document, which add up over documents; `types` by bead type.

    A type's precision is that of the predicted beads of the type, its recall that of gold's,
    nulls included.
    """

    strict: Score = Score()
    lax: Score = Score()
    pairs: Score = Score()
    characters: Score = Score()
    types: Mapping[str, Score] = field(default_factory=dict)

    @property
    def scores(self) -> dict[str, Score]:
        """The four scores by name."""
        return {
            "strict": self.strict,
            "lax": self.lax,
            "pairs": self.pairs,
            "characters": self.characters,
        }

    def __add__(self, other: Counts) -> Counts:
        types = dict(self.types)
        for kind, score in other.types.items():
            types[kind] = types.get(kind, Score()) + score
        return Counts(
            self.strict + other.strict,
            self.lax + other.lax,
            self.pairs + other.pairs,
            self.characters + other.characters,
            types,
        )

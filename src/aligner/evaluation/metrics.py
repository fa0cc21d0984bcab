"""Precision, recall and F1 of beads, strict and lax.

The definition is Vecalign's (Thompson and Koehn 2019, https://aclanthology.org/D19-1136/):
precision over all predicted beads, nulls included; recall over the gold beads that are no
nulls. A bead is strictly right if the gold has the same one, laxly if it shares a sentence
with a gold bead on both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from aligner.evaluation.gold import NoteGold
from aligner.types import Alignment, Bead, Span

# A bead as what it is made of: sentence numbers, or the offsets of characters.
Atoms = tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Score:
    """Right beads among those predicted and those wanted."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of beads, which add up over documents."""

    predicted: int = 0
    predicted_strict: int = 0
    predicted_lax: int = 0
    gold: int = 0
    gold_strict: int = 0
    gold_lax: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.predicted + other.predicted,
            self.predicted_strict + other.predicted_strict,
            self.predicted_lax + other.predicted_lax,
            self.gold + other.gold,
            self.gold_strict + other.gold_strict,
            self.gold_lax + other.gold_lax,
        )

    @property
    def strict(self) -> Score:
        """The score by beads that are the same."""
        return Score(
            _share(self.predicted_strict, self.predicted), _share(self.gold_strict, self.gold)
        )

    @property
    def lax(self) -> Score:
        """The score by beads that touch on both sides."""
        return Score(_share(self.predicted_lax, self.predicted), _share(self.gold_lax, self.gold))


def count_beads(gold: Iterable[Bead], system: Iterable[Bead]) -> Counts:
    """Count a document's beads against gold with the same sentence numbers."""
    return _count({_atoms(bead) for bead in gold}, {_atoms(bead) for bead in system})


def count_note(gold: NoteGold, alignment: Alignment) -> Counts:
    """Count a note's beads against gold spans of its text: splitting errors count too.

    Two sides are the same if they cover the same characters, white space apart. A null is
    right if it lies wholly within nulls of the gold. Gold that is optional counts nowhere
    when it is found or left out.
    """
    wanted = {
        (_covered(gold, b.source), _covered(gold, b.target)) for b in gold.beads if not b.optional
    }
    optional = {
        (_covered(gold, b.source), _covered(gold, b.target)) for b in gold.beads if b.optional
    }
    no_counterpart = frozenset().union(*(s | t for s, t in wanted if not (s and t)))
    may_miss = frozenset().union(*(s | t for s, t in optional))
    found = set()
    for bead in alignment.beads:
        source = _covered(gold, [alignment.source[i].span for i in bead.source])
        target = _covered(gold, [alignment.target[j].span for j in bead.target])
        if (source, target) in optional or (bead.is_null and source | target <= may_miss):
            continue
        if bead.is_null and source | target <= no_counterpart:
            wanted.add((source, target))
        found.add((source, target))
    return _count(wanted, found)


def _count(gold: Collection[Atoms], system: Collection[Atoms]) -> Counts:
    gold = {bead for bead in gold if bead[0] or bead[1]}
    system = {bead for bead in system if bead[0] or bead[1]}
    gold_pairs = {bead for bead in gold if bead[0] and bead[1]}
    system_pairs = {bead for bead in system if bead[0] and bead[1]}
    return Counts(
        len(system),
        len(system & gold),
        _lax(system, gold),
        len(gold_pairs),
        len(gold_pairs & system_pairs),
        _lax(gold_pairs, system_pairs),
    )


def _lax(beads: Collection[Atoms], reference: Collection[Atoms]) -> int:
    linked: dict[int, set[int]] = defaultdict(set)
    for source, target in reference:
        for atom in source:
            linked[atom] |= target
    return sum(
        bead in reference
        or any(not linked[atom].isdisjoint(bead[1]) for atom in bead[0] if atom in linked)
        for bead in beads
    )


def _atoms(bead: Bead) -> Atoms:
    return frozenset(bead.source), frozenset(bead.target)


def _covered(gold: NoteGold, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(
        offset
        for span in spans
        for offset in range(span.start, span.end)
        if not gold.text[offset].isspace()
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0

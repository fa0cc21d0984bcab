"""Several translation memories as one, each translation once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from aligner.memory.normal import source_key, text_key, unit_key
from aligner.memory.units import confidence, last_change
from aligner.types import TranslationUnit


class Keep(StrEnum):
    """Which of several equal units is kept."""

    CERTAIN = "certain"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge found out about a stream of units.

    `kept` says of each unit in turn whether it stays; `conflicts` are the keys of the
    sources that have several translations.
    """

    kept: bytearray
    conflicts: frozenset[int]

    @property
    def read(self) -> int:
        """Units in the stream."""
        return len(self.kept)

    @property
    def written(self) -> int:
        """Units that stay."""
        return sum(self.kept)

    def units(self, stream: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        """The units that stay, out of the same stream begun anew."""
        return (unit for unit, stays in zip(stream, self.kept, strict=True) if stays)

    def in_conflict(self, unit: TranslationUnit) -> bool:
        """Whether another unit translates the same in another way."""
        return source_key(unit) in self.conflicts


def merge(units: Iterable[TranslationUnit], keep: Keep = Keep.CERTAIN) -> Merge:
    """Find the units to keep: of those with the same texts the most certain or the newest.

    Of equally certain ones the newer is kept, of equally new ones the more certain, else the
    first. Units with one source and different targets are all kept. Takes some 400 bytes of
    memory a unit, however long.
    """
    best: dict[int, tuple[int, int]] = {}
    targets: dict[int, int] = {}
    conflicts: set[int] = set()
    number = -1
    for number, unit in enumerate(units):
        key, rank = unit_key(unit), _rank(unit, keep)
        if key not in best or rank > best[key][0]:
            best[key] = rank, number
        if unit.target_lang:
            source, target = source_key(unit), text_key(unit.target)
            if targets.setdefault(source, target) != target:
                conflicts.add(source)
    kept = bytearray(number + 1)
    for _, place in best.values():
        kept[place] = True
    return Merge(kept, frozenset(conflicts))


def _rank(unit: TranslationUnit, keep: Keep) -> int:
    """A number that is greater for the unit to keep."""
    certain = round(confidence(unit) * 10**6)
    date = int("".join(filter(str.isdecimal, last_change(unit)))[:14].ljust(14, "0"))
    return certain * 10**14 + date if keep is Keep.CERTAIN else date * 10**7 + certain

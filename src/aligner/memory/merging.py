"""Merge translation memories, without duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path

from aligner.confidence import LEAST_CONFIDENCE
from aligner.errors import FormatError
from aligner.languages import base_language
from aligner.memory.dedup import keys
from aligner.memory.formats import is_alignment, open_units
from aligner.memory.properties import confidence
from aligner.memory.units import Likely, last_change
from aligner.types import TranslationUnit

_OLD_LANG = re.compile(r"(?<=\s)lang=(?=[^<>]*>)")


class Keep(StrEnum):
    """Which of several equal units is kept."""

    CERTAIN = "certain"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Merge:
    """The result of comparing the units of a stream.

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

    def conflicting(self, stream: Iterable[TranslationUnit]) -> list[list[TranslationUnit]]:
        """The units that stay and translate one source in different ways, by source."""
        groups: dict[int, list[TranslationUnit]] = {}
        for unit in self.units(stream) if self.conflicts else ():
            key = keys(unit).source
            if key in self.conflicts:
                groups.setdefault(key, []).append(unit)
        return list(groups.values())


def merge(units: Iterable[TranslationUnit], keep: Keep = Keep.CERTAIN) -> Merge:
    """Find the units to keep: among units with the same texts, the most certain or the newest.

    Among equally certain units the newer is kept, among equally new ones the more certain, else
    the first. Units with one source and different targets are all kept. Takes around 400 bytes of
    memory per unit, whatever its length.
    """
    best: dict[int, tuple[int, int]] = {}
    targets: dict[int, int] = {}
    conflicts: set[int] = set()
    number = -1
    for number, unit in enumerate(units):
        key, rank = keys(unit), _rank(unit, keep)
        if key.unit not in best or rank > best[key.unit][0]:
            best[key.unit] = rank, number
        if unit.target_lang and targets.setdefault(key.source, key.target) != key.target:
            conflicts.add(key.source)
    kept = bytearray(number + 1)
    for _, place in best.values():
        kept[place] = True
    return Merge(kept, frozenset(conflicts))


def open_memories(
    paths: Sequence[str | Path],
    source_lang: str = "",
    target_lang: str = "",
    likely: Likely | None = None,
) -> tuple[str, Iterator[TranslationUnit]]:
    """The head of the first memory and the units of all, in the languages of its first unit.

    Of alignments the `likely` pairs are taken, else those that are written by default.

    Raises FormatError for a memory in other languages, and what `open_units` raises.
    """
    likely = likely or Likely(LEAST_CONFIDENCE)
    head, units = _open(paths[0], source_lang, target_lang, likely)
    first = next(units, None)
    if first is None:
        raise FormatError(f"{paths[0]}: no translation units in this file")
    further = _further(paths[1:], first.source_lang, first.target_lang, likely)
    return head, chain((first,), units, further)


def _open(
    path: str | Path, source_lang: str, target_lang: str, likely: Likely
) -> tuple[str, Iterator[TranslationUnit]]:
    head, units = open_units(path, source_lang, target_lang)
    return head, likely.of(units) if is_alignment(path) else units


def _further(
    paths: Sequence[str | Path], source_lang: str, target_lang: str, likely: Likely
) -> Iterator[TranslationUnit]:
    wanted = base_language(source_lang)
    for path in paths:
        for unit in _open(path, source_lang, target_lang, likely)[1]:
            if base_language(unit.source_lang) != wanted or (unit.others and not unit.target_lang):
                codes = "/".join([unit.source_lang, *(code for code, _ in unit.others)])
                raise FormatError(
                    f"{path}: has units in {codes}; the first memory is in "
                    f"{source_lang}/{target_lang}; merge memories of one pair of languages"
                )
            # In TMX 1.1 and 1.2 it was named otherwise than in the file that it comes to.
            old = unit.markup and "xml:lang" not in unit.markup
            yield unit.with_markup(_OLD_LANG.sub("xml:lang=", unit.markup)) if old else unit


def _rank(unit: TranslationUnit, keep: Keep) -> int:
    """A number that is greater for the unit to keep."""
    certain = round(confidence(unit) * 10**6)
    date = int("".join(filter(str.isdecimal, last_change(unit)))[:14].ljust(14, "0"))
    return certain * 10**14 + date if keep is Keep.CERTAIN else date * 10**7 + certain

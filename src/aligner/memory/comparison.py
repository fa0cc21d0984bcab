"""What changed from one translation memory to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from aligner.memory.normal import source_key, unit_key
from aligner.types import TranslationUnit

# Opens the units of a memory, anew each time.
Opener = Callable[[], Iterable[TranslationUnit]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit added (no `old`), removed (no `new`), or translated in another way."""

    old: TranslationUnit | None
    new: TranslationUnit | None


def compare(old: Opener, new: Opener) -> Iterator[Difference]:
    """The differences between two memories, removed and changed units in the old one's order.

    Units are the same when their texts are, as `normalise` has them; order and repetition
    count for nothing. A unit that is gone and one that came with the same source make a
    change. Each memory is read twice, and only what differs is kept.
    """
    before, after = ({unit_key(unit) for unit in opener()} for opener in (old, new))
    added: dict[int, list[TranslationUnit]] = {}
    for unit in _only(new(), after - before):
        added.setdefault(source_key(unit), []).append(unit)
    for unit in _only(old(), before - after):
        successors = added.get(source_key(unit))
        yield Difference(unit, successors.pop(0) if successors else None)
    for units in added.values():
        yield from (Difference(None, unit) for unit in units)


def _only(units: Iterable[TranslationUnit], keys: set[int]) -> Iterator[TranslationUnit]:
    """The units of these keys, each once."""
    for unit in units:
        key = unit_key(unit)
        if key in keys:
            keys.remove(key)
            yield unit

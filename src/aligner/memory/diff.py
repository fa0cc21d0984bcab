"""What changed from one translation memory to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from aligner.memory.dedup import keys
from aligner.types import TranslationUnit

# Opens the units of a memory, anew each time.
Opener = Callable[[], Iterable[TranslationUnit]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit that was added (no `old`), removed (no `new`), or translated differently."""

    old: TranslationUnit | None
    new: TranslationUnit | None


def compare(old: Opener, new: Opener) -> Iterator[Difference]:
    """Yield the differences between two memories, with removed and changed units in the old order.

    Units are the same if their texts are the same after `normalise`; order and repetition are
    ignored. A removed and an added unit with the same source are a change. Each memory is read
    twice, and only the differences are kept.
    """
    before, after = ({keys(unit).unit for unit in opener()} for opener in (old, new))
    added: dict[int, list[TranslationUnit]] = {}
    for unit in _only(new(), after - before):
        added.setdefault(keys(unit).source, []).append(unit)
    for unit in _only(old(), before - after):
        successors = added.get(keys(unit).source)
        yield Difference(unit, successors.pop(0) if successors else None)
    for units in added.values():
        yield from (Difference(None, unit) for unit in units)


def _only(units: Iterable[TranslationUnit], wanted: set[int]) -> Iterator[TranslationUnit]:
    """The wanted units, each once."""
    for unit in units:
        key = keys(unit).unit
        if key in wanted:
            wanted.remove(key)
            yield unit

"""Language pairs of units: most formats hold one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aligner.errors import UsageError
from aligner.languages import same_languages
from aligner.types import TranslationUnit

_NAMED = 8  # pairs that an error names


def pair_of(unit: TranslationUnit) -> str:
    """A unit's language pair as `zh-CN/en-US`."""
    return f"{unit.source_lang}/{unit.target_lang}"


def of_one_pair(units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
    """The units, as long as they are of one language pair or have no target.

    zh-CN and zh-TW are one language here. Raises UsageError with the pairs that there are.
    """
    remaining = iter(units)
    languages: tuple[str, str] | None = None
    for unit in remaining:
        own = unit.source_lang, unit.target_lang
        languages = languages or own
        sources = same_languages(own[:1], languages[:1])
        if not (sources and (not own[1] or same_languages(own, languages))):
            pairs = dict.fromkeys(["/".join(languages), pair_of(unit), *map(pair_of, remaining)])
            raise UsageError(
                f"units of several language pairs ({named(pairs)}) don't go into one file; "
                "choose a pair with --source-lang and --target-lang"
            )
        yield unit


def named(pairs: Iterable[str]) -> str:
    """Language pairs for an error, the first ones of many."""
    found = list(pairs)
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more

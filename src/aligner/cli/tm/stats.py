"""`aligner tm stats`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING

from aligner.cli import options
from aligner.cli.console import counting, show, show_json

if TYPE_CHECKING:
    from aligner.memory.stats import Stats

_SHOWN = 10
_BAR = 40


def stats(
    path: options.Memory,
    source_lang: options.PickSource = "",
    target_lang: options.PickTarget = "",
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Show statistics of a memory: units, languages, lengths, documents, confidence.

    Example: aligner tm stats all.tmx
    """
    from aligner.memory import open_units
    from aligner.memory.stats import collect_stats

    _, units = open_units(path, source_lang, target_lang)
    found = collect_stats(counting(units, "reading", quiet))
    if as_json:
        show_json(asdict(found))
        return
    for line in _lines(found):
        show(line)


def _day(time: str) -> str:
    """Return 2021-03-30 for 20210330T000000Z."""
    return f"{time[:4]}-{time[4:6]}-{time[6:8]}" if time[:8].isdecimal() else time


def _lines(found: Stats) -> Iterator[str]:
    yield f"units        {found.units}"
    for language, side in found.languages.items():
        yield (
            f"  {language:<10} {side.words} words, {side.characters} characters, "
            f"longest text {side.longest}"
        )
    yield f"sources      {found.sources}, {found.conflicts} with different translations"
    yield f"duplicates   {found.duplicates}"
    if found.without_target:
        yield f"one side     {found.without_target}"
    if found.oldest:
        yield f"dates        {_day(found.oldest)} to {_day(found.newest)}"
    if found.documents:
        yield f"documents    {len(found.documents)}"
        for name, count in islice(found.documents.items(), _SHOWN):
            yield f"  {count:>8}   {name}"
    if found.units:
        yield "confidence"
        for step, count in reversed(list(enumerate(found.confidences))):
            bar = "█" * round(_BAR * count / found.units)
            yield f"  {step / 10:.1f}-{step / 10 + 0.1:.1f}    {count:>8} {bar}".rstrip()

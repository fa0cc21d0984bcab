"""What a person sees on standard error: progress and the summary of a run."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from aligner.types import Alignment, is_wide

_Item = TypeVar("_Item")
_STAGES = 4
_SHOWN = 10
_LEAST, _DOUBTFUL = 3, 0.9


@contextmanager
def progress_bar(quiet: bool, documents: int = 1) -> Iterator[Callable[[str], None] | None]:
    """A bar over the stages of a run that takes over a second, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(total=_STAGES * documents, delay=1, leave=False, unit="stage") as bar:

        def advance(stage: str) -> None:
            bar.set_description(stage)
            bar.update()

        yield advance


def counting(units: Iterable[_Item], doing: str, quiet: bool = False) -> Iterator[_Item]:
    """The units, counted on a terminal once it takes over a second."""
    if quiet or not sys.stderr.isatty():
        yield from units
        return
    from tqdm import tqdm

    yield from tqdm(units, desc=doing, unit=" units", unit_scale=True, delay=1, leave=False)


def say(line: str = "") -> None:
    """Print a line for people."""
    print(line, file=sys.stderr)


def place_name(place: Path, form: str) -> str:
    """Where something was written, for people."""
    return f"{place}, a file for each language" if form == "moses" else str(place)


def summary_lines(alignment: Alignment, min_confidence: float = 0.0) -> Iterator[str]:
    """What was found, what was left out and why, and what to check first."""
    info = alignment.info
    facts = ("", info.reference), ("answers ", info.answers), ("", info.date)
    told = ", ".join(label + fact for label, fact in facts if fact)
    yield "  ".join(filter(None, [alignment.document, told]))
    for remark in alignment.remarks:
        yield f"  note         {remark}"
    languages = (alignment.source_lang, alignment.target_lang)
    counts = (len(alignment.source), len(alignment.target))
    yield "  sentences    " + ", ".join(
        f"{n} {language}" for n, language in zip(counts, languages, strict=True)
    )
    types = Counter(bead.type for bead in alignment.pairs)
    yield f"  pairs        {len(alignment.pairs)}" + (
        ": " + ", ".join(f"{n} of {kind}" for kind, n in types.most_common()) if types else ""
    )
    moved = [bead for bead in alignment.pairs if bead.moved]
    if moved:
        yield f"  moved        {len(moved)} pairs stand elsewhere in the other language"
        yield from _shown([alignment.source_text(bead) for bead in moved])
    dropped = sum(bead.confidence < min_confidence for bead in alignment.pairs)
    if dropped:
        yield f"               {dropped} below the confidence of {min_confidence} not written"
    nulls = [alignment.source_text(bead) + alignment.target_text(bead) for bead in alignment.nulls]
    if nulls:
        yield f"  unpaired     {len(nulls)} without a counterpart"
        yield from _shown(nulls)
    reasons: dict[str, list[str]] = {}
    for item in alignment.left_out:
        reasons.setdefault(item.reason, []).append(item.paragraph.text)
    if reasons:
        yield f"  left out     {len(alignment.left_out)} lines or paragraphs"
        for reason, texts in reasons.items():
            yield f"    {len(texts)} {reason}: " + " | ".join(clip(text, 40) for text in texts[:3])
    least = sorted(alignment.pairs, key=lambda bead: bead.confidence)
    doubtful = sum(bead.confidence < _DOUBTFUL for bead in least)
    yield f"  check first  {doubtful} pairs below {_DOUBTFUL:.2f}; the least certain:"
    for bead in least[: max(_LEAST, min(doubtful, _SHOWN))]:
        source, target = alignment.source_text(bead), alignment.target_text(bead)
        yield f"    {bead.confidence:.2f}  {clip(source, 44)} | {clip(target, 44)}"


def _shown(texts: list[str]) -> Iterator[str]:
    for text in texts[:_SHOWN]:
        yield f"    {clip(text, 90)}"
    if len(texts) > _SHOWN:
        yield f"    and {len(texts) - _SHOWN} more"


def clip(text: str, columns: int) -> str:
    """The beginning of a text, in at most so many columns of a terminal."""
    used = 0
    for position, character in enumerate(text):
        used += 1 + is_wide(character)
        if used > columns - 1:
            return text[:position] + "…"
    return text

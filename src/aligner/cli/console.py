"""Terminal output: results on standard output, progress and summaries on standard error."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from aligner.confidence import DOUBTFUL, format_confidence
from aligner.printable import printable_name, shown
from aligner.progress import SILENT, Progress
from aligner.spacing import is_wide
from aligner.types import Alignment, Part

_Item = TypeVar("_Item")
# Around a match in lines given to `show`; the text of a unit never contains them.
MARK, MARK_END = "\x02", "\x03"
_COLOURS = {MARK: "\x1b[1;31m", MARK_END: "\x1b[0m"}
_STARS = {MARK: "**", MARK_END: "**"}
_STAGES = 4
_SHOWN = 10
_LEAST = 3


class Bars:
    """Progress on a terminal, for work that takes over a second: bars on standard error."""

    def __init__(self, documents: int = 1) -> None:
        """Prepare a bar over the stages of so many documents; nothing is shown yet."""
        self._stages = _STAGES * documents
        self._bar: Any = None

    def stage(self, name: str, /) -> None:
        """Advance the stage bar by one."""
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(total=self._stages, delay=1, leave=False, unit="stage")
        self._bar.set_description(name)
        self._bar.update()

    def track(self, items: Iterable[_Item], doing: str, /) -> Iterator[_Item]:
        """Yield the items, counting them in a bar."""
        from tqdm import tqdm

        named = shown(doing)
        yield from tqdm(items, desc=named, unit=" units", unit_scale=True, delay=1, leave=False)

    def close(self) -> None:
        """Remove the stage bar."""
        if self._bar is not None:
            self._bar.close()


@contextmanager
def progress(quiet: bool, documents: int = 1) -> Iterator[Progress]:
    """Show progress bars if standard error is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield SILENT
        return
    with closing(Bars(documents)) as bars:
        yield bars


def counting(units: Iterable[_Item], doing: str, quiet: bool = False) -> Iterator[_Item]:
    """Yield the units, counting them on a terminal after one second."""
    with progress(quiet) as bars:
        yield from bars.track(units, doing)


def counting_sentences(parts: Iterable[Part], quiet: bool = False) -> Iterator[Part]:
    """Yield the parts of an alignment, counting source sentences on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield from parts
        return
    from tqdm import tqdm

    with tqdm(desc="aligning", unit=" sentences", delay=1, leave=False) as bar:
        for part in parts:
            bar.total = part.total or None
            bar.update(len(part.alignment.source))
            yield part


def say(line: str = "") -> None:
    """Print a message to standard error."""
    print(shown(line), file=sys.stderr)


def held_back(count: int, least: float) -> str:
    """Say how many pairs were not written, and how to see them."""
    units = "1 pair is" if count == 1 else f"{count} pairs are"
    return (
        f"{units} below confidence {least:g} and not written; "
        "-o OUT.xlsx shows them, --min-confidence 0 writes them"
    )


def show(line: str) -> None:
    """Print a result line: unchanged to files and pipes, without control characters to a terminal.

    Text between MARK and MARK_END is coloured on a terminal, and put between ** elsewhere.
    """
    terminal = sys.stdout.isatty()
    colours = _COLOURS if terminal and not os.environ.get("NO_COLOR") else _STARS
    pieces = re.split(f"([{MARK}{MARK_END}])", line)
    print("".join(colours.get(p) or (shown(p) if terminal else p) for p in pieces))


def show_json(value: Any, indent: int | None = 2) -> None:
    """Print a value as JSON, in ASCII if standard output is not UTF."""
    in_ascii = "utf" not in (sys.stdout.encoding or "utf-8").lower()
    show(json.dumps(value, ensure_ascii=in_ascii, indent=indent))


def place_name(place: Path, form: str = "") -> str:
    """Return the printable name of an output."""
    name = printable_name(str(place))
    return f"{name}, a file for each language" if form == "moses" else name


class Summary:
    """Summary of an alignment, collected from its parts while they are written."""

    def __init__(self, min_confidence: float = 0.0, once: bool = False) -> None:
        """`once`: the output contains identical pairs only once."""
        self._min_confidence = min_confidence
        self._once = once
        self._wordings: set[int] = set()
        self._last: Alignment | None = None
        self._sentences = [0, 0]
        self._types: Counter[str] = Counter()
        self._moved = _Examples()
        self._nulls = _Examples()
        self._dropped = self._doubtful = self._repeats = 0
        self._least: list[tuple[float, str, str]] = []

    def watch(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Yield the parts, adding each to the summary."""
        for part in parts:
            self._add(part.alignment)
            yield part

    def lines(self) -> Iterator[str]:
        """Yield what was found, what was left out and why, and what to check first."""
        alignment = self._last
        if alignment is None:
            return
        info = alignment.info
        facts = ("", info.reference), ("answers ", info.answers), ("", info.date)
        told = ", ".join(label + fact for label, fact in facts if fact)
        yield "  ".join(filter(None, [alignment.document, told]))
        for remark in alignment.remarks:
            yield f"  note         {remark}"
        languages = alignment.source_lang, alignment.target_lang
        counts = zip(self._sentences, languages, strict=True)
        yield "  sentences    " + ", ".join(f"{n} {language}" for n, language in counts)
        types = ", ".join(f"{n} of {kind}" for kind, n in self._types.most_common())
        yield f"  pairs        {self._types.total()}" + (f": {types}" if types else "")
        yield from self._moved.lines(
            "moved", "pairs are in a different position in the other language"
        )
        if self._dropped:
            yield f"  held back    {held_back(self._dropped, self._min_confidence)}"
        if self._repeats:
            yield f"               {self._repeats} repeat other pairs and are written once"
        yield from self._nulls.lines("unpaired", "without a counterpart")
        yield from _left_out_lines(alignment)
        doubtful = self._doubtful
        enough = format_confidence(DOUBTFUL)
        yield f"  check first  {doubtful} pairs below {enough}; the least certain:"
        for confidence, source, target in self._least[: max(_LEAST, min(doubtful, _SHOWN))]:
            shown = format_confidence(confidence)
            yield f"    {shown}  {clip(source, 44)} | {clip(target, 44)}"

    def _add(self, alignment: Alignment) -> None:
        self._last = alignment
        self._sentences[0] += len(alignment.source)
        self._sentences[1] += len(alignment.target)
        for bead in alignment.beads:
            texts = alignment.source_text(bead), alignment.target_text(bead)
            if bead.is_null:
                self._nulls.add("".join(texts))
                continue
            self._types[bead.type] += 1
            if bead.moved:
                self._moved.add(texts[0])
            dropped = bead.certainty < self._min_confidence
            self._dropped += dropped
            if self._once and not dropped:
                wording = hash(tuple(" ".join(text.split()) for text in texts))
                self._repeats += wording in self._wordings
                self._wordings.add(wording)
            self._doubtful += bead.confidence < DOUBTFUL
            self._least.append((bead.confidence, *texts))
        # A stable sort: text order among pairs of equal confidence.
        self._least = sorted(self._least, key=itemgetter(0))[:_SHOWN]


@dataclass
class _Examples:
    """A count, and the first examples."""

    count: int = 0
    texts: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Count one more example."""
        self.count += 1
        if len(self.texts) < _SHOWN:
            self.texts.append(text)

    def lines(self, label: str, what: str) -> Iterator[str]:
        """Yield the count and the examples, if any."""
        if self.count:
            yield f"  {label:11}  {self.count} {what}"
        for text in self.texts:
            yield f"    {clip(text, 90)}"
        if self.count > len(self.texts):
            yield f"    and {self.count - len(self.texts)} more"


def _left_out_lines(alignment: Alignment) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for item in alignment.left_out:
        reasons.setdefault(item.reason, []).append(item.paragraph.text)
    if reasons:
        yield f"  left out     {len(alignment.left_out)} lines or paragraphs"
    for reason, texts in reasons.items():
        yield f"    {len(texts)} {reason}: " + " | ".join(clip(text, 40) for text in texts[:3])


def clip(text: str, columns: int) -> str:
    """Return the beginning of a text, at most so many terminal columns wide."""
    used = 0
    for position, character in enumerate(text):
        used += 1 + is_wide(character)
        if used > columns - 1:
            return text[:position] + "…"
    return text

"""Which settings are rendered: every two of them together at least once."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from factory.settings import GAP, MARGIN, PAPERS
from factory.text import Text

_ROOM, _CELL_ROOM = 4.5, 2.8  # millimetres for each point of the letters' size
_TRIES = 60  # candidates of which the one that covers most is taken
_DRAWS = 2000  # after which no candidate will come


@dataclass(frozen=True, slots=True)
class Spec:
    """One rendering: who makes it, of what, and how."""

    producer: str
    text: str
    format: str = "pdf"
    arrangement: str = "by paragraph"
    columns: str = "1"
    style: str = "plain"
    furniture: str = "none"
    paper: str = "A4"
    size: str = "11"  # points
    dpi: str = ""

    @property
    def name(self) -> str:
        """The settings in words, fit for a file's name."""
        words = [str(getattr(self, field.name)) for field in fields(self)]
        return "_".join(word.replace(" ", "-") for word in words if word)


@dataclass(frozen=True, slots=True)
class Job:
    """A rendering and the file that it goes to."""

    spec: Spec
    text: Text
    path: Path


@dataclass(frozen=True, slots=True)
class Producer:
    """A program that makes documents.

    `factors` are the settings that it knows, by the name of the spec's field; `missing` says
    what isn't installed, or ""; `make` writes the files of many jobs.
    """

    name: str
    factors: Mapping[str, Sequence[str]]
    missing: Callable[[], str]
    make: Callable[[Sequence[Job]], None]


def is_sensible(spec: Spec, text: Text) -> bool:
    """Whether words find room: in a column, and in the cells of the text's widest table."""
    cells = 2 if spec.arrangement == "two-column table" else text.cells
    if spec.arrangement == "two-column table" and spec.columns != "1":
        return False
    count = int(spec.columns)
    width = (PAPERS[spec.paper][0] - 2 * MARGIN - (count - 1) * GAP) / count
    size = float(spec.size) * (1.2 if spec.style == "letterspaced" else 1.0)
    return width / size >= max(_ROOM, _CELL_ROOM * cells)


def _couples(spec: Spec, names: Iterable[str]) -> set[tuple[str, str, str, str]]:
    return {(a, getattr(spec, a), b, getattr(spec, b)) for a, b in itertools.combinations(names, 2)}


def covering(producer: Producer, known: Mapping[str, Text]) -> list[Spec]:
    """Specs in which any two settings of a producer that can meet do meet.

    The texts are spread over them so that each meets as many settings as may be. The same
    specs come every time.
    """
    factors = {name: list(levels) for name, levels in producer.factors.items()}
    chance = random.Random(producer.name)

    def candidates(fixed: dict[str, str]) -> Iterator[Spec]:
        for _ in range(_DRAWS):
            chosen = {name: chance.choice(levels) for name, levels in factors.items()} | fixed
            spec = Spec(producer.name, **{"text": chance.choice(list(known)), **chosen})
            if is_sensible(spec, known[spec.text]):
                yield spec

    specs: list[Spec] = []
    covered: set[tuple[str, str, str, str]] = set()
    everything = ("text", *factors)
    for a, b in itertools.combinations(factors, 2):
        for x, y in itertools.product(factors[a], factors[b]):
            if (a, x, b, y) not in covered:
                tried = list(itertools.islice(candidates({a: x, b: y}), _TRIES))
                if tried:
                    best = max(tried, key=lambda spec: len(_couples(spec, everything) - covered))
                    covered |= _couples(best, everything)
                    specs.append(best)
    return specs


def digest(*parts: str) -> str:
    """A short name for what a rendering is made from."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]

"""The results of comparing systems with gold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from aligner.evaluation.calibration import Calibration
from aligner.evaluation.judging import Judgement
from aligner.evaluation.metrics import Counts, Score
from aligner.evaluation.passages import Passage, passages
from aligner.evaluation.reference import Reference
from aligner.evaluation.resampling import Resampling

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Intervals:
    """95% intervals of a score's ratios."""

    precision: Interval
    recall: Interval
    f1: Interval


@dataclass(frozen=True, slots=True)
class SignificanceTest:
    """By how much a system's F1 is above the first system's, and whether that may be chance."""

    score: str
    difference: float
    interval: Interval
    p: float


@dataclass(frozen=True)
class SystemResult:
    """What is known of one system.

    `intervals` has the scores that can be had, by name: `strict` and `lax` need a system that
    says what has no counterpart, `pairs` and `characters` need the texts. `comparisons` are
    with the first system, which has none.
    """

    name: str
    counts: Counts
    intervals: Mapping[str, Intervals]
    comparisons: tuple[SignificanceTest, ...]
    calibration: Calibration | None
    signature: str

    @property
    def scores(self) -> dict[str, Score]:
        """The scores that can be had, by name."""
        return {name: self.counts.scores[name] for name in self.intervals}


@dataclass(frozen=True)
class DocumentResult:
    """One document: its gold, and the judgements on the systems in their order."""

    reference: Reference
    judgements: tuple[Judgement, ...]

    @property
    def name(self) -> str:
        """The document's name."""
        return self.reference.name

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages between borders on which the gold and all systems agree."""
        return passages(self.judgements)


@dataclass(frozen=True)
class Evaluation:
    """Systems compared with gold; `remarks` say what a reader should know of the figures."""

    gold: str
    signature: str
    documents: tuple[DocumentResult, ...]
    systems: tuple[SystemResult, ...]
    resampling: Resampling
    remarks: tuple[str, ...] = ()

"""Which beads are right: a document's claims beside the gold's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aligner.document import Span
from aligner.evaluation.metrics import Counts, Score
from aligner.evaluation.reference import Claim
from aligner.evaluation.spans import SpanSet, length, merged, shared
from aligner.types import Bead


class Verdict(StrEnum):
    """What the other side's beads say of a claim.

    Right: one is the same. Partly right: one shares a sentence with it on both sides. Open:
    the gold leaves it open, so that it counts nowhere.
    """

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "wrong"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, and how many of the links that it makes the other side makes too."""

    claim: Claim
    verdict: Verdict
    common: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the gold leaves it open."""
        return self.verdict == Verdict.OPEN

    @property
    def is_pair(self) -> bool:
        """Whether it counts, and has both sides."""
        return not self.is_open and not self.claim.is_null


@dataclass(frozen=True, slots=True)
class Judgement:
    """The claims of gold and of a system about a document, or a passage, each in their order."""

    gold: tuple[Judged, ...]
    system: tuple[Judged, ...]

    @property
    def counts(self) -> Counts:
        """The numbers of which scores are made."""
        counted = [judged for judged in self.system if not judged.is_open]
        predicted = [judged for judged in counted if not judged.claim.is_null]
        wanted = [judged for judged in self.gold if judged.is_pair]
        return Counts(
            strict=Score(_right(counted), len(counted), _right(wanted), len(wanted)),
            lax=Score(_touched(counted), len(counted), _touched(wanted), len(wanted)),
            pairs=Score(_right(predicted), len(predicted), _right(wanted), len(wanted)),
            characters=Score(
                sum(judged.common for judged in predicted),
                sum(judged.claim.links for judged in predicted),
                sum(judged.common for judged in wanted),
                sum(judged.claim.links for judged in wanted),
            ),
            types=_by_type(self.gold, counted),
        )


def judge(gold: Sequence[Claim], system: Sequence[Claim], own_sentences: bool = False) -> Judgement:
    """Compare a system's claims with those of gold, whose stretches must not overlap.

    With `own_sentences` the system has cut its sentences itself, and may have left text out.
    Then a null is right if it lies within nulls of the gold, and a null of the gold is found if
    no pair of the system has any of its text.
    """
    index = _Index(gold)
    wanted = {(claim.source, claim.target): claim.optional for claim in gold}
    made = {(claim.source, claim.target) for claim in system}
    may_miss = _covered(claim for claim in gold if claim.optional)
    gold_nulls: tuple[SpanSet, SpanSet] = ((), ())
    if own_sentences:
        gold_nulls = _covered(claim for claim in gold if claim.is_null and not claim.optional)
    paired = _covered(claim for claim in system if not claim.is_null)
    verdicts = []
    common_of_gold = [0] * len(gold)
    touched = [False] * len(gold)
    for claim in system:
        links = 0
        is_touched = False
        for number in index.sharing(claim.source):
            both = shared(claim.source, gold[number].source) * shared(
                claim.target, gold[number].target
            )
            if both and not gold[number].optional:
                is_touched = touched[number] = True
            links += both
            common_of_gold[number] += both
        key = (claim.source, claim.target)
        if wanted.get(key) or (claim.is_null and _within(claim, may_miss)):
            verdict = Verdict.OPEN
        elif key in wanted or (claim.is_null and _within(claim, gold_nulls)):
            verdict = Verdict.RIGHT
        else:
            verdict = Verdict.PARTLY if is_touched else Verdict.WRONG
        verdicts.append(Judged(claim, verdict, min(links, claim.links)))
    judged_gold = []
    for claim, links, is_touched in zip(gold, common_of_gold, touched, strict=True):
        if claim.optional:
            verdict = Verdict.OPEN
        elif (claim.source, claim.target) in made or (
            own_sentences and claim.is_null and _apart(claim, paired)
        ):
            verdict = Verdict.RIGHT
        else:
            verdict = Verdict.PARTLY if is_touched else Verdict.WRONG
        judged_gold.append(Judged(claim, verdict, min(links, claim.links)))
    return Judgement(tuple(judged_gold), tuple(verdicts))


def count_beads(gold: Iterable[Bead], system: Iterable[Bead]) -> Counts:
    """Count the beads of one document against gold with the same sentence numbers.

    The same bead twice counts once, and one that is empty on both sides not at all.
    """
    return judge(_distinct(gold), _distinct(system)).counts


def _distinct(beads: Iterable[Bead]) -> list[Claim]:
    claims = {}
    for bead in beads:
        source, target = (
            merged(Span(k, k + 1) for k in numbers) for numbers in (bead.source, bead.target)
        )
        if source or target:
            claims[source, target] = Claim(source, target, bead.type, bead.confidence)
    return list(claims.values())


class _Index:
    """Finds the claims that share a source place with a stretch."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        spans = sorted((span, k) for k, claim in enumerate(claims) for span in claim.source)
        self._starts = [span.start for span, _ in spans]
        self._ends = [span.end for span, _ in spans]
        self._owners = [owner for _, owner in spans]

    def sharing(self, stretch: SpanSet) -> Iterator[int]:
        """The numbers of the claims, each once."""
        found = set()
        for span in stretch:
            first = bisect_right(self._ends, span.start)
            found.update(self._owners[first : bisect_left(self._starts, span.end)])
        return iter(sorted(found))


def _covered(claims: Iterable[Claim]) -> tuple[SpanSet, SpanSet]:
    """What claims cover on each side."""
    chosen = list(claims)
    return (
        merged(span for claim in chosen for span in claim.source),
        merged(span for claim in chosen for span in claim.target),
    )


def _within(null: Claim, stretches: tuple[SpanSet, SpanSet]) -> bool:
    return shared(null.source, stretches[0]) == length(null.source) and shared(
        null.target, stretches[1]
    ) == length(null.target)


def _apart(null: Claim, stretches: tuple[SpanSet, SpanSet]) -> bool:
    return not shared(null.source, stretches[0]) and not shared(null.target, stretches[1])


def _right(claims: Iterable[Judged]) -> int:
    return sum(judged.verdict == Verdict.RIGHT for judged in claims)


def _touched(claims: Iterable[Judged]) -> int:
    return sum(judged.verdict in (Verdict.RIGHT, Verdict.PARTLY) for judged in claims)


def _by_type(gold: Sequence[Judged], system: Sequence[Judged]) -> dict[str, Score]:
    types: dict[str, Score] = {}
    for judged in system:
        one = Score(int(judged.verdict == Verdict.RIGHT), 1, 0, 0)
        types[judged.claim.type] = types.get(judged.claim.type, Score()) + one
    for judged in gold:
        if not judged.is_open:
            one = Score(0, 0, int(judged.verdict == Verdict.RIGHT), 1)
            types[judged.claim.type] = types.get(judged.claim.type, Score()) + one
    return types

"""Where alignments agree on borders: the passages that lie between."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.evaluation.judging import Judged, Judgement
from aligner.evaluation.reference import Claim
from aligner.evaluation.spans import SpanSet

Passage = tuple[Judgement, ...]  # One judgement a system, all about the same passage.


def passages(judgements: Sequence[Judgement]) -> list[Passage]:
    """Cut a document where the gold and all systems begin and end together, in text order.

    No claim shares text with one of another passage, so the passages of a document can be
    told right from wrong, and be drawn for resampling, one by one.
    """
    gold = [judged.claim for judged in judgements[0].gold]
    claims = gold + [judged.claim for each in judgements for judged in each.system]
    found = _Groups(len(claims))
    for side in ([c.source for c in claims], [c.target for c in claims]):
        found.join_overlapping(side)
    group = [found.of(k) for k in range(len(claims))]
    order = sorted(set(group), key=_places(group, claims).__getitem__)
    number = {name: k for k, name in enumerate(order)}
    parts: list[list[tuple[list[Judged], list[Judged]]]] = [
        [([], []) for _ in judgements] for _ in order
    ]
    start = len(gold)
    for which, each in enumerate(judgements):
        for k, judged in enumerate(each.gold):
            parts[number[group[k]]][which][0].append(judged)
        for k, judged in enumerate(each.system, start=start):
            parts[number[group[k]]][which][1].append(judged)
        start += len(each.system)
    return [tuple(Judgement(tuple(g), tuple(s)) for g, s in part) for part in parts]


def _places(group: Sequence[int], claims: Sequence[Claim]) -> dict[int, tuple[float, float]]:
    """Where each group stands, as a share of the text; source first, else target."""
    ends = [
        max((span.end for claim in claims for span in getattr(claim, side)), default=1) or 1
        for side in ("source", "target")
    ]
    places: dict[int, tuple[float, float]] = {}
    for name, claim in zip(group, claims, strict=True):
        source, target = (
            stretch[0].start / end if stretch else None
            for stretch, end in zip((claim.source, claim.target), ends, strict=True)
        )
        first = source if source is not None else target or 0.0
        place = (first, target if target is not None else first)
        places[name] = min(place, places.get(name, place))
    return places


class _Groups:
    """Sets of numbers that are joined step by step (union-find)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def of(self, number: int) -> int:
        """The name of a number's set."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join_overlapping(self, stretches: Sequence[SpanSet]) -> None:
        """Join the numbers whose stretches share a place."""
        spans = sorted((span, k) for k, stretch in enumerate(stretches) for span in stretch)
        end, last = -1, -1
        for span, k in spans:
            if last >= 0 and span.start < end:
                self._parent[self.of(k)] = self.of(last)
            if last < 0 or span.end > end:
                end, last = span.end, k

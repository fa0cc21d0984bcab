"""Stretches of text: what a bead covers on one side, whatever sentences it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from aligner.types import Span

# Spans in order that neither touch nor overlap.
Stretch: TypeAlias = tuple[Span, ...]


def merged(spans: Iterable[Span]) -> Stretch:
    """The stretch that spans cover together, in whatever order they come."""
    done: list[Span] = []
    for span in sorted(spans):
        if span.start >= span.end:
            continue
        if done and span.start <= done[-1].end:
            done[-1] = Span(done[-1].start, max(done[-1].end, span.end))
        else:
            done.append(span)
    return tuple(done)


def length(stretch: Stretch) -> int:
    """How many places a stretch covers."""
    return sum(span.end - span.start for span in stretch)


def shared(one: Stretch, other: Stretch) -> int:
    """How many places two stretches have in common."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)

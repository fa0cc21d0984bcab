"""Span sets: the text that a bead covers on one side, however it is split into sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from aligner.document import Span

# Spans in order that neither touch nor overlap.
SpanSet: TypeAlias = tuple[Span, ...]


def merged(spans: Iterable[Span]) -> SpanSet:
    """Return the set of places that spans in any order cover together."""
    done: list[Span] = []
    for span in sorted(spans):
        if span.start >= span.end:
            continue
        if done and span.start <= done[-1].end:
            done[-1] = Span(done[-1].start, max(done[-1].end, span.end))
        else:
            done.append(span)
    return tuple(done)


def length(stretch: SpanSet) -> int:
    """Return the number of places in a span set."""
    return sum(span.end - span.start for span in stretch)


def shared(one: SpanSet, other: SpanSet) -> int:
    """Return the number of places that two span sets share."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)

"""One window of two texts: moved passages are aligned apart from the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from aligner.matching.band import Numbers
from aligner.matching.decode import decode
from aligner.matching.moved import Passage, find_moved
from aligner.matching.scorer import Scorers
from aligner.matching.similarity import EncodedSide, SimilarityModel
from aligner.types import Bead


def align_window(
    comparison: SimilarityModel, max_bead: tuple[int, int], scorers: Scorers
) -> list[Bead]:
    """Beads that cover both sides once, in source order."""
    passages = find_moved(comparison)
    if not passages:
        return decode(comparison, max_bead, scorers)
    source, target = comparison.source, comparison.target
    ours = np.setdiff1d(np.arange(source.size), _numbers(p.source for p in passages))
    theirs = np.setdiff1d(np.arange(target.size), _numbers(p.target for p in passages))
    beads = _part(source, target, ours, theirs, max_bead, scorers)
    for passage in passages:
        moved = _moved(source, target, passage, max_bead, scorers)
        place = next(
            (
                k
                for k, bead in enumerate(beads)
                if bead.source and bead.source[0] >= passage.source[1]
            ),
            len(beads),
        )
        beads[place:place] = moved
    return beads


def _moved(
    source: EncodedSide,
    target: EncodedSide,
    passage: Passage,
    max_bead: tuple[int, int],
    scorers: Scorers,
) -> list[Bead]:
    sides = np.arange(*passage.source), np.arange(*passage.target)
    beads = _part(source, target, *sides, max_bead, scorers)
    return [replace(bead, moved=not bead.is_null) for bead in beads]


def _part(
    source: EncodedSide,
    target: EncodedSide,
    ours: Numbers,
    theirs: Numbers,
    max_bead: tuple[int, int],
    scorers: Scorers,
) -> list[Bead]:
    """Align some sentences of both sides; numbers are those of the whole."""
    if not len(ours) or not len(theirs):
        return [Bead((int(k),), ()) for k in ours] + [Bead((), (int(k),)) for k in theirs]
    comparison = SimilarityModel(source.take(ours), target.take(theirs))
    return [
        replace(
            bead,
            source=tuple(int(ours[k]) for k in bead.source),
            target=tuple(int(theirs[k]) for k in bead.target),
        )
        for bead in decode(comparison, max_bead, scorers)
    ]


def _numbers(spans: Iterable[tuple[int, int]]) -> Numbers:
    return np.concatenate([np.arange(*span) for span in spans])

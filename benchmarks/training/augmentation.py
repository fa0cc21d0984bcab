"""Forms of a chapter with omissions, short pieces, and foreign text in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.types import Bead
from training.corpus import Document, in_order, rebuild


def without_runs(
    document: Document, random: np.random.Generator, runs: int, longest: int
) -> Document:
    """Runs of beads lose one side."""
    count = len(document.beads)
    lost: dict[int, int] = {}
    for _ in range(runs):
        length = int(random.integers(1, longest + 1))
        first = int(random.integers(0, max(1, count - length)))
        side = int(random.integers(2))
        if not any(k in lost for k in range(first - 2, first + length + 2)):
            lost |= dict.fromkeys(range(first, min(count, first + length)), side)
    beads: list[Bead] = []
    for number, bead in enumerate(document.beads):
        if number not in lost:
            beads.append(bead)
        elif lost[number] == 0:
            beads += [Bead((), (k,)) for k in bead.target]
        else:
            beads += [Bead((k,), ()) for k in bead.source]
    return rebuild(document, beads)


def with_foreign(document: Document, lines: Sequence[str], on_target: bool, place: int) -> Document:
    """Unrelated lines in one text, before the bead of number `place`."""
    done = document.beads[:place]
    at = sum(len(b.target if on_target else b.source) for b in done)
    new = [Bead((), (at + k,)) if on_target else Bead((at + k,), ()) for k in range(len(lines))]
    rest = [
        Bead(b.source, tuple(k + len(lines) for k in b.target))
        if on_target
        else Bead(tuple(k + len(lines) for k in b.source), b.target)
        for b in document.beads[place:]
    ]
    source, target = list(document.source), list(document.target)
    (target if on_target else source)[at:at] = lines
    return Document(source, target, in_order([*done, *new, *rest], len(source), len(target)))


def fragment(sentence: str, random: np.random.Generator) -> str:
    """A few words of a sentence, as letterheads and addresses have them."""
    count = int(random.integers(1, 7))
    words = sentence.split()
    return " ".join(words[:count]) if len(words) > 1 else sentence[: 2 * count]


def made_up(
    chapters: Sequence[Document], number: int, seed: int = 1
) -> list[tuple[Document, set[int]]]:
    """Forms of a chapter with omissions, short pieces, and foreign text in them.

    Each comes with the numbers of the chapters that it has text of.
    """
    random = np.random.default_rng(seed * 1000 + number)
    chapter = chapters[number]
    made = [
        (without_runs(chapter, random, int(random.integers(2, 6)), 8), {number}) for _ in range(2)
    ]
    for turn in range(9):
        length = int(random.integers(6, 30))
        first = int(random.integers(0, len(chapter.beads) - length))
        piece = rebuild(chapter, chapter.beads[first : first + length])
        used = {number}
        if turn % 2 or turn >= 6:
            other = (number + int(random.integers(1, len(chapters)))) % len(chapters)
            used.add(other)
            on_target = bool(random.integers(2))
            text = chapters[other].target if on_target else chapters[other].source
            start = int(random.integers(0, 100))
            lines = text[start : start + int(random.integers(1, 6))]
            if turn >= 6:
                lines = [fragment(line, random) for line in lines]
            inside = turn >= 6 and random.random() < 0.6
            place = int(random.integers(len(piece.beads) + 1)) if inside else 0
            piece = with_foreign(piece, lines, on_target, place)
        if turn in (2, 5):
            piece = without_runs(piece, random, 1, 4)
        made.append((piece, used))
    return made

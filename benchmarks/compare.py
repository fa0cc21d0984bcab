"""How right and how fast is the search beside others, on the same vectors?

    python benchmarks/compare.py DEV_LITERARY

galechurch goes by length alone; sentalign is Vecalign's search in Cython. Both come from the
package index (extra `bench`). Accuracy is on the chapters of DEV_LITERARY; for aligner it is
the leave-one-chapter-out figure that its weights carry. Times are of the search alone: the
vectors of all runs of sentences are ready beforehand, for each in the form that it wants.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligner.embedding import load_encoder
from aligner.evaluation import Counts, count_beads
from aligner.matching import match
from aligner.matching.similarity import LONGEST_RUN
from aligner.memory import read_beads
from aligner.types import Bead
from aligner.vectors import EncodedText, Positions, Vectors
from results import record, table
from training.corpus import Document, read_chapters, sentences
from training.weights import provenance

_SIZES = ((300, 300), (5000, 6000))
_MAX_SIZE = 8  # sentences in a bead of sentalign's, both sides together


class Ready:
    """A stretch of a text whose runs of sentences have their vectors already."""

    def __init__(self, whole: EncodedText, runs: Sequence[Vectors], start: int, stop: int) -> None:
        self._whole, self._runs = whole, runs
        self._start, self._stop = start, stop
        part = whole.take(np.arange(start, stop))
        self.borders, self.clause_ends = part.borders, part.clause_ends
        self.token_mean, self.sums = part.token_mean, part.sums

    def runs(self, length: int) -> Vectors:
        return self._runs[length - 1][self._start : max(self._start, self._stop - length + 1)]

    def take(self, numbers: Positions) -> EncodedText:
        if len(numbers) and np.array_equal(numbers, np.arange(numbers[0], numbers[-1] + 1)):
            first, last = int(numbers[0]), int(numbers[-1]) + 1
            return self._stretch(self._start + first, self._start + last)
        return self._whole.take(numbers + self._start)

    def joined(self, others: Sequence[Any]) -> EncodedText:
        return self._stretch(self._start, others[-1]._stop) if others else self  # type: ignore[return-value]

    def _stretch(self, start: int, stop: int) -> EncodedText:
        return Ready(self._whole, self._runs, start, stop)  # type: ignore[return-value]


class Vectorized:
    """Hands out the sentences of one text, in the order in which they are asked for."""

    def __init__(self, encoded: EncodedText) -> None:
        self._whole = encoded
        self._runs = [encoded.runs(length) for length in range(1, LONGEST_RUN + 1)]
        self.given = 0

    def encode(self, texts: Sequence[str]) -> Any:
        start, self.given = self.given, self.given + len(texts)
        return Ready(self._whole, self._runs, start, self.given)


def overlaps(encoded: EncodedText, pad: Vectors, longest: int) -> list[Vectors]:
    """The vectors that sentalign asks for: runs of 1, 2, ... sentences, padded in front."""
    layers = []
    for length in range(1, longest + 1):
        runs = encoded.runs(length)
        pads = min(length - 1, len(encoded.borders) - 1)
        layers.append(np.concatenate([np.repeat(pad, pads, axis=0), runs]))
    return layers


def run_sentalign(
    document: Document, encoded: tuple[EncodedText, EncodedText]
) -> Callable[[], Any]:
    from sentalign import sentalign

    pad = load_encoder().encode(["PAD"]).runs(1)
    layers = [layer for text in encoded for layer in overlaps(text, pad, _MAX_SIZE)]

    def run() -> list[Bead]:
        remaining = iter(layers)
        found = sentalign(
            document.source,
            document.target,
            lambda texts: next(remaining)[: len(texts)],
            alignment_max_size=_MAX_SIZE,
        )
        return [Bead(tuple(a.src_indices), tuple(a.tgt_indices)) for a in found.alignments]

    return run


def run_galechurch(document: Document, _: object) -> Callable[[], Any]:
    import galechurch

    def run() -> list[Bead]:
        block = galechurch.align(document.source, document.target)
        return [
            Bead(
                tuple(range(bead.source_start, bead.source_end)),
                tuple(range(bead.target_start, bead.target_end)),
            )
            for bead in block.beads
        ]

    return run


def run_aligner(document: Document, encoded: tuple[EncodedText, EncodedText]) -> Callable[[], Any]:
    source, target = sentences(document.source, "zh"), sentences(document.target, "en")
    both = [*map(Vectorized, encoded)]
    # The two sides ask by turns for their own sentences.
    ours = set(document.source)

    def run() -> list[Bead]:
        for side in both:
            side.given = 0
        return list(match(source, target, lambda t: both[0 if t[0] in ours else 1].encode(t)))

    return run


RUNNERS = {"galechurch": run_galechurch, "sentalign": run_sentalign, "aligner": run_aligner}


def repeated(chapters: Sequence[Document], size: tuple[int, int]) -> Document:
    """Chapters one after the other until both sides are long enough, then cut."""
    source: list[str] = []
    target: list[str] = []
    while len(source) < size[0] or len(target) < size[1]:
        for chapter in chapters:
            source += chapter.source
            target += chapter.target
    return Document(source[: size[0]], target[: size[1]], [])


def seconds(run: Callable[[], Any], times: int) -> float:
    measured = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        measured.append(time.perf_counter() - start)
    return statistics.median(measured)


def main() -> None:
    folder = Path(sys.argv[1])
    chapters = read_chapters(folder)
    golds = [read_beads(path) for path in sorted(folder.glob("*.beads"))]
    encoder = load_encoder()
    rows = []
    for name in ("galechurch", "sentalign"):
        counts = Counts()
        for chapter, gold in zip(chapters, golds, strict=True):
            encoded = encoder.encode(chapter.source), encoder.encode(chapter.target)
            counts += count_beads(gold, RUNNERS[name](chapter, encoded)())
        rows.append([name, f"{counts.strict.f1:.3f}", f"{counts.lax.f1:.3f}"])
    trained = provenance()["leave_one_chapter_out"]
    rows.append(
        ["aligner, leave one out", f"{trained['strict F1']:.3f}", f"{trained['lax F1']:.3f}"]
    )
    text = table(["search on USE vectors", "strict F1", "lax F1"], rows)
    rows = []
    for size in _SIZES:
        document = repeated(chapters, size)
        encoded = encoder.encode(document.source), encoder.encode(document.target)
        times = 5 if max(size) < 1000 else 1
        took = {name: seconds(make(document, encoded), times) for name, make in RUNNERS.items()}
        ratio = took["sentalign"] / took["aligner"]
        rows.append(
            [f"{size[0]} x {size[1]}", *(f"{s:.2f} s" for s in took.values()), f"{ratio:.1f}"]
        )
    text += "\n" + table(["search alone", *RUNNERS, "sentalign / aligner"], rows)
    record("compare.py", text)


if __name__ == "__main__":
    main()

"""How do time and memory grow with the length of a text?

    python benchmarks/growth.py DEV_LITERARY [SENTENCES ...]

Each length is aligned by a process of its own, from sentences to beads, encoding included.
The texts are the chapters of DEV_LITERARY, each sentence's words turned about by a few places
in each further copy, so that copies are not each other's best match.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from results import record, table

_SIZES = ("2500", "5000", "10000", "20000")


def turned(sentence: str, copy: int) -> str:
    """A sentence that begins elsewhere: the same length and nearly the same words."""
    words = sentence.split()
    parts, glue = (words, " ") if len(words) > 2 else (list(sentence), "")
    place = copy * 3 % max(1, len(parts))
    return glue.join(parts[place:] + parts[:place])


def align(folder: Path, count: int) -> None:
    """Align texts of so many source sentences; print seconds and the share of sure pairs."""
    from aligner import align_sentences, load_encoder
    from train_scorer import read_chapters

    chapters = read_chapters(folder)
    source: list[str] = []
    target: list[str] = []
    copy = 0
    while len(source) < count:
        for chapter in chapters:
            source += [turned(s, copy) for s in chapter.source]
            target += [turned(s, copy) for s in chapter.target]
        copy += 1
    encoder = load_encoder()
    start = time.perf_counter()
    alignment = align_sentences(source, target, encoder=encoder)
    seconds = time.perf_counter() - start
    sure = sum(bead.confidence > 0.5 for bead in alignment.pairs) / len(alignment.pairs)
    print(len(source), len(target), seconds, sure)


def main() -> None:
    folder = Path(sys.argv[1])
    if sys.argv[2:3] == ["--one"]:
        align(folder, int(sys.argv[3]))
        return
    rows = []
    before = 0.0
    for size in sys.argv[2:] or _SIZES:
        command = [sys.executable, __file__, str(folder), "--one", size]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        printed = process.communicate()[0] if process.stdout is None else process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError(f"{size} sentences failed")
        source, target, seconds, sure = printed.split()
        rows.append(
            [
                f"{int(source):,} x {int(target):,}",
                f"{float(seconds):.1f} s",
                f"{float(seconds) / before:.2f}" if before else "",
                f"{usage.ru_maxrss / 1024:.0f} MiB",
                f"{float(sure):.2f}",
            ]
        )
        before = float(seconds)
    names = ["sentences", "time", "of the one before", "peak memory", "pairs above 0.5"]
    record("growth.py", table(names, rows))


if __name__ == "__main__":
    main()

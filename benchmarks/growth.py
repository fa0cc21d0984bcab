"""How do time and memory grow with the length of a text?

    python benchmarks/growth.py DEV_LITERARY [SENTENCES ...]

Each length is aligned by a process of its own, `aligner align --segmented A B -o OUT.tmx`, from
two files to a memory. The texts are the chapters of DEV_LITERARY, each sentence's words turned
about by a few places in each further copy, so that copies are not each other's best match.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aligner.memory import read_tmx
from results import record, table
from training.corpus import read_chapters

_SIZES = ("10000", "20000", "40000", "100000", "200000")


def turned(sentence: str, copy: int) -> str:
    """A sentence that begins elsewhere: the same length and nearly the same words."""
    words = sentence.split()
    parts, glue = (words, " ") if len(words) > 2 else (list(sentence), "")
    place = copy * 3 % max(1, len(parts))
    return glue.join(parts[place:] + parts[:place])


def write_texts(folder: Path, count: int, place: Path) -> tuple[int, int]:
    """Two files of at least so many source sentences; returns how many they have."""
    chapters = read_chapters(folder)
    sizes = [0, 0]
    copy = 0
    with (place / "text.zh").open("w") as source, (place / "text.en").open("w") as target:
        while sizes[0] < count:
            for chapter in chapters:
                for side, file, texts in (
                    (0, source, chapter.source),
                    (1, target, chapter.target),
                ):
                    file.writelines(turned(text, copy) + "\n" for text in texts)
                    sizes[side] += len(texts)
            copy += 1
    return sizes[0], sizes[1]


def main() -> None:
    folder = Path(sys.argv[1])
    rows = []
    before = 0.0
    last = 0
    for size in sys.argv[2:] or _SIZES:
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            source, target = write_texts(folder, int(size), place)
            texts = [str(place / f"text.{language}") for language in ("zh", "en")]
            command = [sys.executable, "-m", "aligner", "align", "--segmented", *texts, "--quiet"]
            start = time.perf_counter()
            process = subprocess.Popen([*command, "-o", str(place / "out.tmx")])
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            if status:
                raise RuntimeError(f"{size} sentences failed")
            units = likely = 0
            for unit in read_tmx(place / "out.tmx"):
                units += 1
                likely += float(unit.property("x-confidence")) > 0.5
        doubled = (
            f"{2 ** (math.log(seconds / before) / math.log(source / last)):.2f}" if last else ""
        )
        rows.append(
            [
                f"{source:,} x {target:,}",
                f"{seconds:.1f} s",
                f"{seconds / source * 1000:.2f} ms",
                doubled,
                f"{usage.ru_maxrss / 1024:.0f} MiB",
                f"{likely / units:.2f}",
            ]
        )
        before, last = seconds, source
    names = ["sentences", "time", "a sentence", "a doubling", "peak memory", "pairs above 0.5"]
    record("growth.py", table(names, rows))


if __name__ == "__main__":
    main()

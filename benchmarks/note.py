"""What does one note cost, stage by stage, and as a whole process?"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aligner.vectors import EncodedText, Encoder
from results import record, table

NOTE = Path(__file__).parent.parent / "data/notes/note-GJ-26-2021.txt"
RUNS = 7


class Watched:
    """An encoder, and the seconds that it took."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self.seconds = 0.0
        self._encoder = encoder

    def encode(self, sentences: Sequence[str]) -> EncodedText:
        start = time.perf_counter()
        encoded = self._encoder.encode(sentences)
        self.seconds += time.perf_counter() - start
        return encoded


def stages() -> dict[str, float]:
    """Seconds of each stage in this process, everything imported as it is needed."""
    seconds: dict[str, float] = {}

    def timed(name: str, call: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = call()
        seconds[name] = time.perf_counter() - start
        return result

    def imports() -> None:
        import aligner.align
        import aligner.memory  # noqa: F401

    timed("import", imports)
    from aligner import align_sentences, load_encoder, segment_note
    from aligner.memory import save_alignment

    segmented = timed("read, lay out, split", lambda: segment_note(NOTE))
    encoder = timed("load the model", load_encoder)
    source, target = ([s.text for s in side] for side in (segmented.source, segmented.target))
    watched = Watched(encoder)
    alignment = timed("embed and align", lambda: align_sentences(source, target, encoder=watched))
    seconds["embed"] = watched.seconds
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "note.tmx"
        timed("write TMX", lambda: save_alignment(alignment, place, "tmx"))
    seconds["align"] = seconds.pop("embed and align") - seconds["embed"]
    return seconds


def whole_process(cache: Path | None = None) -> tuple[float, float]:
    """Wall seconds and peak MiB of `aligner align`."""
    environment = {**os.environ, **({"ALIGNER_CACHE": str(cache)} if cache else {})}
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "aligner",
            "align",
            str(NOTE),
            "-q",
            "-o",
            f"{folder}/x.tmx",
        ]
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    if status:
        raise RuntimeError("aligner failed")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    if len(sys.argv) > 1:
        for name, seconds in stages().items():
            print(f"{name}\t{seconds}")
        return
    rows: dict[str, list[float]] = {}
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, __file__, "stages"], capture_output=True, text=True, check=True
        )
        for line in done.stdout.splitlines():
            name, figure = line.split("\t")
            rows.setdefault(name, []).append(float(figure))
    wholes = [whole_process() for _ in range(RUNS + 1)][1:]
    with tempfile.TemporaryDirectory() as folder:
        first = whole_process(Path(folder))
    text = table(
        ["stage", "seconds (median of 7 processes)"],
        [[name, f"{statistics.median(seconds):.3f}"] for name, seconds in rows.items()],
    )
    wall = statistics.median(seconds for seconds, _ in wholes)
    memory = max(peak for _, peak in wholes)
    text += (
        f"\nThe whole process, `aligner align NOTE -o OUT.tmx`: {wall:.2f} s (median), "
        f"{memory:.0f} MiB at most. The very first run, which unpacks the weights: "
        f"{first[0]:.2f} s, {first[1]:.0f} MiB.\n"
    )
    record("note.py", text)


if __name__ == "__main__":
    main()

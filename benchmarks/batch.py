"""How fast is a batch, from text files to one memory, and does memory stay flat?

    python benchmarks/batch.py [PAIRS] [NOTES]

PAIRS sentence pairs (100,000) in documents of 100, made of the sample notes' gold pairs in
random order, each with figures and a name of its own, so that no two are the same. Rates by
engine and number of workers are taken on a part of that, by turns, twice; one worker alone uses
all processors, so that there is a row for one on a single processor too. NOTES copies of the
sample notes (1,000), each with a number of its own, are a batch of notes as they come.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from results import record, table

DATA = Path(__file__).parent.parent / "data"
_LENGTH = 100  # pairs in a document
_SAMPLE = 8  # the scaling table is taken on one part in so many
_NAMES = (
    "Andorra 安道尔",
    "Benin 贝宁",
    "Chile 智利",
    "Fiji 斐济",
    "Ghana 加纳",
    "Laos 老挝",
    "Peru 秘鲁",
)


def gold_pairs() -> list[tuple[str, str]]:
    """Source and target texts of the notes' gold."""
    rows = [
        json.loads(line)
        for path in sorted((DATA / "gold").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()[1:]
    ]
    return [
        ("".join(s["text"] for s in row["source"]), " ".join(s["text"] for s in row["target"]))
        for row in rows
        if row["kind"] == "pair"
    ]


def make_documents(folder: Path, pairs: int) -> None:
    """Documents in two files, one language each, and a manifest of them."""
    known = gold_pairs()
    generator = random.Random(7)
    rows = []
    for number in range(pairs // _LENGTH):
        sides: tuple[list[str], list[str]] = ([], [])
        for place in range(_LENGTH):
            source, target = generator.choice(known)
            english, chinese = generator.choice(_NAMES).split()
            label = f"{number}.{place}"
            sides[0].append(f"{chinese}第{label}号：{source}")
            sides[1].append(f"{english}, No. {label}: {target}")
        for side, ending in zip(sides, ("zh", "en"), strict=True):
            (folder / f"{number}.{ending}.txt").write_text("\n\n".join(side) + "\n", "utf-8")
        rows.append(f"{number},{number}.zh.txt,{number}.en.txt\n")
    (folder / "list.csv").write_text("id,source,target\n" + "".join(rows))


def make_notes(folder: Path, count: int) -> None:
    """The sample notes over and over, each with a number of its own."""
    notes = [path.read_text("utf-8") for path in sorted((DATA / "notes").glob("*.txt"))]
    for number in range(count):
        text = notes[number % len(notes)].replace("China", f"China No. {number}", 1)
        (folder / f"{number:06}.txt").write_text(text, "utf-8")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: wall and processor seconds, and its memory in MiB by quarters."""

    seconds: float
    processor: float
    pairs: int
    memory: tuple[int, ...]

    @property
    def hourly(self) -> float:
        """Sentence pairs an hour."""
        return self.pairs / self.seconds * 3600


def measure(place: Path, *options: str, processors: int | None = None) -> Run:
    """Run a batch in a process of its own, on some processors or all."""
    usable = sorted(os.sched_getaffinity(0))[:processors]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [sys.executable, "-m", "aligner", "batch", str(place), "-o", str(out), "-q"]
        start = time.perf_counter()
        process = subprocess.Popen(
            [*command, *options],
            start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, usable),
        )
        samples: list[int] = []
        watch = threading.Thread(target=_watch, args=(process, samples))
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = status
        watch.join()
        if status:
            raise RuntimeError(f"the batch failed with {status}")
        rows = [line.split("\t") for line in (out / "results.tsv").read_text().splitlines()]
        column = rows[0].index("pairs")
        pairs = sum(int(row[column]) for row in rows[1:])
    quarter = max(1, len(samples) // 4)
    memory = tuple(max(samples[k : k + quarter]) for k in range(0, 4 * quarter, quarter))
    return Run(seconds, usage.ru_utime + usage.ru_stime, pairs, memory)


def _watch(process: subprocess.Popen[bytes], samples: list[int]) -> None:
    """The private memory of all processes of a session, in MiB, twice a second."""
    while process.returncode is None:
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                if int(stat.read_text().rpartition(")")[2].split()[3]) != process.pid:
                    continue
                lines = (stat.parent / "smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
        samples.append(total >> 10)
        time.sleep(0.5)


def _row(name: str, run: Run) -> list[str]:
    return [
        name,
        f"{run.pairs:,}",
        f"{run.seconds:.0f} s",
        f"{run.hourly:,.0f}",
        f"{1000 * run.processor / run.pairs:.1f} ms",
        " / ".join(map(str, run.memory)),
        f"{os.getloadavg()[0]:.1f}",
    ]


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    notes = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, make, count in (
            ("sample", make_documents, pairs // _SAMPLE),
            ("all", make_documents, pairs),
            ("notes", make_notes, notes),
        ):
            (folder / name).mkdir()
            make(folder / name, count)
        for turn in (1, 2):
            for label, options, processors in (
                ("1 worker on 1 processor", ("--workers", "1"), 1),
                ("1 worker", ("--workers", "1"), None),
                ("2 workers", ("--workers", "2"), None),
                ("Ray, 2 actors", ("--engine", "ray", "--workers", "2"), None),
            ):
                run = measure(folder / "sample/list.csv", *options, processors=processors)
                rows.append(_row(f"{label}, turn {turn}", run))
                print(rows[-1], flush=True)
        rows.append(_row(f"{notes:,} notes, 2 workers", measure(folder / "notes")))
        print(rows[-1], flush=True)
        rows.append(_row(f"{pairs:,} pairs, 2 workers", measure(folder / "all/list.csv")))
    names = ["run", "pairs", "time", "pairs an hour", "processor a pair",
             "private MiB by quarters of the run", "load after"]  # fmt: skip
    kernels = os.environ.get("OPENBLAS_CORETYPE", "chosen by OpenBLAS")
    record("batch.py", table(names, rows) + f"\nMatrix kernels: {kernels}.\n")


if __name__ == "__main__":
    main()

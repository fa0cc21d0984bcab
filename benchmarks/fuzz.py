"""Damaged files of every format that is read: each must be read or be refused in one line.

    python benchmarks/fuzz.py [FORMAT...] [--files 3000] [--seed 1]

Every file is a sound one changed in a few places: bytes, stretches that are cut, doubled or moved,
numbers and words that parsers trust, and what lies within packed files. It goes through what the
commands call. What is neither read nor refused by one of aligner's own errors, takes over 60
seconds or over 3 GiB counts as a failure, and its file is kept in a folder that is named.

Readers that work in a process of their own do so here too, but forked from one that has loaded
its libraries, or the start of Python would take most of the time.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import mkdtemp

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from fuzzing import FORMATS, run_files
from results import RESULTS, record, table

CHUNK = 50  # files that a process gets at a time
WORKERS = 2


@dataclass
class Tally:
    """What became of a format's files."""

    seed: int
    files: int = 0
    read: int = 0
    refused: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    memory: int = 0  # bytes, the most of any file


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    kept = Path(mkdtemp(prefix="fuzz-"))
    tallies = {}
    for name in given.formats or FORMATS:
        tallies[name] = fuzz(name, given.files, given.seed, kept)
        print(*row(name, tallies[name]), flush=True)
    # Formats that were not run keep what an earlier run found.
    rows = {row[0]: row for row in earlier_rows()} | {n: row(n, t) for n, t in tallies.items()}
    names = ["format", "files", "seed", "read", "refused", "failures", "slowest", "most memory"]
    text = table(names, [rows[name] for name in FORMATS if name in rows])
    for name, tally in tallies.items():
        for failure, count in tally.failures.most_common():
            text += f"\n- {name}: {count} x {failure}"
    record("fuzz.py", text)
    if any(tally.failures for tally in tallies.values()):
        sys.exit(f"files that fail are in {kept}")


def row(name: str, tally: Tally) -> list[str]:
    """A format's row of the table."""
    return [
        name,
        f"{tally.files:,}",
        str(tally.seed),
        f"{tally.read:,}",
        f"{tally.refused:,}",
        str(tally.failures.total()),
        f"{tally.slowest:.1f} s",
        f"{tally.memory >> 20} MiB",
    ]


def earlier_rows() -> list[list[str]]:
    """The rows of the table as RESULTS.md has it."""
    found = re.search(r"^## `fuzz.py`\n.*?(?=^## |\Z)", RESULTS.read_text("utf-8"), re.M | re.S)
    lines = found[0].splitlines() if found else []
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][2:]


def fuzz(name: str, files: int, seed: int, kept: Path) -> Tally:
    """Run a format's files in processes of their own."""
    tally = Tally(seed)
    chunks = [range(k, min(k + CHUNK, files)) for k in range(0, files, CHUNK)]
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for outcomes in pool.map(partial(run_files, name, seed, kept), chunks):
            for outcome in outcomes:
                tally.files += 1
                tally.read += outcome.kind == "read"
                tally.refused += outcome.kind == "refused"
                if outcome.kind == "failed":
                    tally.failures[outcome.message] += 1
                tally.slowest = max(tally.slowest, outcome.seconds)
                tally.memory = max(tally.memory, outcome.memory)
    return tally


if __name__ == "__main__":
    main()

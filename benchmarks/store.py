"""How fast is a living memory of a million units?

    python benchmarks/store.py [UNITS]

The units come from `synthetic.py`. Importing and whole commands are timed in processes of
their own, searches in this one.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from aligner.memory import write_tmx
from aligner.memory.store import Scope, concordance, open_memory, similar
from aligner.memory.store.terms import tokens
from aligner.memory.store.vectors import add_vectors, nearest
from results import record, table
from synthetic import units

_WORDS = 300
# The hardest for the index: very frequent words, and phrases of them that hardly anyone wrote.
_HARD = ("的", "the", "of the", '"of the"', '"the of to and"', '"that of the with a"', "zzzz")


def main() -> None:
    if sys.argv[1:2] == ["--write"]:
        write_tmx(units(int(sys.argv[2])), sys.argv[3])
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as folder:
        memory = Path(folder, "memory.db")
        written = Path(folder, "memory.tmx")
        # Not here: a process begins with the peak memory of the one that starts it.
        subprocess.run([sys.executable, __file__, "--write", str(count), written], check=True)
        rows = [
            _command("import a TMX", "import", str(memory), str(written)),
            _command("import it again: nothing is new", "import", str(memory), str(written)),
            _command("search 人权", "search", str(memory), "人权"),
            _command("search rights", "search", str(memory), "rights"),
            _command("export", "export", str(memory), "-o", str(Path(folder, "out.tmx"))),
        ]
        size = memory.stat().st_size / 2**20
        with open_memory(memory) as db:
            searches = list(_searches(db, count))
            found, near = _fuzzy(db, count)
            meaning = _meaning(db)
    record(
        "store.py",
        f"{count:,} units, a file of {size:.0f} MiB.\n\n"
        + table(["whole command", "time", "peak memory"], rows)
        + "\n"
        + table(["search, in process", "median", "95 of 100 within", "longest"], [*searches, near])
        + "\nThe fuzzy searches are for texts made of a unit by changing 5% to 30% of its words "
        f"or characters: {found:.1%} found it, or one as like.\n\nBy meaning every vector is "
        f"compared: {meaning:.1f} s.\n",
    )


def _command(name: str, *arguments: str) -> list[str]:
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "aligner", "tm", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise RuntimeError(f"{name} failed")
    seconds = time.perf_counter() - start
    return [name, f"{seconds:.2f} s", f"{usage.ru_maxrss / 1024:.0f} MiB"]


def _searches(db: sqlite3.Connection, count: int) -> Iterable[list[str]]:
    chance = random.Random(7)
    chinese, english = zip(*(_texts(db, chance, count) for _ in range(_WORDS)), strict=True)
    pairs, fours = [text[:2] for text in chinese], [text[2:6] for text in chinese]
    words = [chance.choice(text.rstrip(".").split()).strip(",") for text in english]
    phrases = [f'"{" ".join(text.split()[:3])}"' for text in english]
    for name, queries in (
        ("two Chinese characters", pairs),
        ("four Chinese characters", fours),
        ("an English word", words),
        ("an English phrase of three", phrases),
        ("very frequent words and phrases of them", list(_HARD)),
        ("a word within one document", [f"{word}\0" for word in words]),
    ):

        def search(query: str) -> object:
            word, inside, _ = query.partition("\0")
            return concordance(db, word, Scope(document=f"note-{count // 300}.txt" * bool(inside)))

        yield [name, *_times(search, queries)]


def _fuzzy(db: sqlite3.Connection, count: int) -> tuple[float, list[str]]:
    """Share of the changed texts that are found, and the times."""
    chance = random.Random(8)
    originals = [text for _ in range(_WORDS // 2) for text in _texts(db, chance, count)]
    changed = [_changed(text, chance) for text in originals]
    found = 0

    def search(pair: tuple[str, str]) -> None:
        nonlocal found
        original, query = pair
        hits = similar(db, query, limit=1)
        found += bool(hits) and hits[0].score >= _alike(original, query)

    times = _times(search, list(zip(originals, changed, strict=True)))
    return found / len(changed), ["nearly the same, a sentence", *times]


def _alike(original: str, query: str) -> float:
    from rapidfuzz.distance import Levenshtein

    alike = Levenshtein.normalized_similarity(tokens(original), tokens(query))
    return min(float(alike), 0.99)


def _changed(text: str, chance: random.Random) -> str:
    glue = " " if " " in text else ""
    words = text.split(" ") if glue else list(text)
    for _ in range(max(1, round(len(words) * chance.uniform(0.05, 0.3)))):
        place = chance.randrange(len(words))
        words[place : place + chance.randint(0, 1)] = [chance.choice(words)][: chance.randint(0, 1)]
        words = words or [text]
    return glue.join(words)


def _meaning(db: sqlite3.Connection) -> float:
    """Seconds to compare a vector with that of each unit; they are made by chance."""
    chance = np.random.default_rng(9)
    wanted = chance.standard_normal((1, 512), dtype=np.float32)

    def encode(texts: Sequence[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return chance.standard_normal((len(texts), 512), dtype=np.float32)

    scope = Scope(language="zh")
    deque(add_vectors(db, "chance", encode, scope), maxlen=0)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        nearest(db, wanted, "chance", scope)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _texts(db: sqlite3.Connection, chance: random.Random, count: int) -> tuple[str, str]:
    number = chance.randrange(1, count // 2)
    row = db.execute("SELECT source, target FROM units WHERE id >= ?", (number,)).fetchone()
    return row[0], row[1]


def _times(search: Callable[..., object], queries: Sequence[object]) -> list[str]:
    times = []
    for query in queries:
        start = time.perf_counter()
        search(query)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    shown = statistics.median(times), times[int(len(times) * 0.95)], times[-1]
    return [f"{milliseconds:.1f} ms" for milliseconds in shown]


if __name__ == "__main__":
    main()

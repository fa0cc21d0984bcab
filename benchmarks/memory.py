"""Translation memories of many units: speed and memory, beside translate-toolkit.

Both read and write the same units with all that our memories say of them: texts, languages,
identifier, date and properties. Each task runs in a process of its own; the best of a few
runs counts.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aligner.types import TranslationUnit
from results import record, table

COMPARED, MANY = 50_000, 1_000_000
RUNS = 3
_NOTE = Path(__file__).parent.parent / "data/gold"
_LANGUAGES = ("zh-CN", "en-US")


def units(count: int, seed: int = 0) -> Iterator[TranslationUnit]:
    """Units as long as those of the sample notes, no two alike."""
    pairs = [
        ("".join(s["text"] for s in row["source"]), " ".join(s["text"] for s in row["target"]))
        for path in sorted(_NOTE.glob("*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        if row.get("kind") == "pair"
    ]
    numbers = random.Random(seed)
    for number in range(count):
        source, target = pairs[number % len(pairs)]
        facts = {
            "x-document": f"note-{number // 30}.txt",
            "x-reference": "GJ/26/2021",
            "x-answers": "AL CHN 3/2021",
            "x-date": "2021-03-30",
            "x-page": f"{number % 5}/{number % 7}",
            "x-paragraph": f"{number % 17}/{number % 19}",
            "x-bead": "1-1",
            "x-confidence": f"{numbers.random():.3f}",
            "x-model": "use-multilingual-v3",
        }
        yield TranslationUnit(
            f"{number}、{source}",
            f"{number}. {target}",
            *_LANGUAGES,
            f"{number:016x}",
            "20210330T000000Z",
            tuple(facts.items()),
        )


def our_write(path: str, count: int) -> Callable[[], Any]:
    from aligner.memory import write_tmx

    made = list(units(count)) if count == COMPARED else units(count)
    return lambda: write_tmx(made, path)


def our_read(path: str, _: int) -> Callable[[], Any]:
    from aligner.memory import read_tmx

    def read() -> None:
        for unit in read_tmx(path):
            _ = (unit.source, unit.target, unit.id, unit.created, unit.properties)

    return read


def their_write(path: str, count: int) -> Callable[[], Any]:
    from lxml import etree
    from translate.storage.tmx import tmxfile

    made = list(units(count))

    def write() -> None:
        store: Any = tmxfile()
        for unit in made:
            store.addtranslation(unit.source, unit.source_lang, unit.target, unit.target_lang)
            element = store.units[-1].xmlelement
            element.set("tuid", unit.id)
            element.set("creationdate", unit.created)
            for place, (name, value) in enumerate(unit.properties):
                prop = etree.Element("prop", type=name)
                prop.text = value
                element.insert(place, prop)
        store.savefile(path)

    return write


def their_read(path: str, _: int) -> Callable[[], Any]:
    from translate.storage.tmx import tmxfile

    def read() -> None:
        store: Any = tmxfile.parsefile(path)  # type: ignore[no-untyped-call]
        for unit in store.units:
            element = unit.xmlelement
            facts = tuple((prop.get("type"), prop.text) for prop in element.iterfind("prop"))
            _ = (unit.source, unit.target, element.get("tuid"), element.get("creationdate"), facts)

    return read


def our_merge(path: str, _: int) -> Callable[[], Any]:
    from aligner.cli import main

    return lambda: main(["tm", "merge", path, path, "-q", "-o", f"{path}.merged.tmx"])


TASKS = {
    "aligner: write": our_write,
    "aligner: read": our_read,
    "translate-toolkit: write": their_write,
    "translate-toolkit: read": their_read,
    "aligner: merge": our_merge,
}


def measure(task: str, path: Path, count: int, runs: int = 1) -> tuple[float, float]:
    """Least seconds and MiB of a task in processes of their own."""
    figures = []
    for _ in range(runs):
        command = [sys.executable, __file__, task, str(path), str(count)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        figures.append(json.loads(done.stdout))
    return min(f[0] for f in figures), min(f[1] for f in figures)


def run_task(task: str, path: str, count: int) -> None:
    """Do one task and print its seconds and the process's peak memory."""
    call = TASKS[task](path, count)
    start = time.perf_counter()
    call()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak]))


def compared(folder: Path) -> str:
    path = folder / "x.tmx"
    rows, seconds = [], {}
    for task in list(TASKS)[:4]:
        seconds[task], memory = measure(task, path, COMPARED, RUNS)
        rows.append((task, f"{seconds[task]:.2f}", f"{memory:.0f}"))
    both = [
        sum(seconds[f"{name}: {what}"] for what in ("write", "read"))
        for name in ("translate-toolkit", "aligner")
    ]
    text = table(("task", "seconds", "peak MiB"), rows)
    return f"{COMPARED} units\n\n{text}\nTogether {both[0] / both[1]:.1f} times as fast.\n"


def many(folder: Path) -> str:
    path = folder / "many.tmx"
    rows = []
    for task in ("aligner: write", "aligner: read", "aligner: merge"):
        seconds, memory = measure(task, path, MANY)
        rows.append((task, f"{seconds:.0f}", f"{memory:.0f}"))
    size = path.stat().st_size / 2**20
    text = table(("task", "seconds", "peak MiB"), rows)
    return (
        f"{MANY} units, {size:.0f} MiB; merged with itself, so of twice as many read each is "
        f"found twice\n\n{text}"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = f"{compared(Path(folder))}\n{many(Path(folder))}"
    record("memory.py", text)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_task(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        main()

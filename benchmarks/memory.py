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
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from aligner.types import TranslationUnit
from results import record, table

COMPARED, MANY = 50_000, 1_000_000
RUNS = 5
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


def our_merge(path: str, count: int) -> Callable[[], Any]:
    """Two memories of half as many units each, a quarter of all in both."""
    from aligner.cli import main
    from aligner.memory import write_tmx

    half = count // 2
    write_tmx(units(half), f"{path}.1.tmx")
    write_tmx(islice(units(half * 3 // 2, seed=1), half // 2, None), f"{path}.2.tmx")
    parts = [f"{path}.1.tmx", f"{path}.2.tmx"]
    return lambda: main(["tm", "merge", *parts, "-q", "-o", f"{path}.merged.tmx"])


TASKS = {
    "aligner: write": our_write,
    "aligner: read": our_read,
    "translate-toolkit: write": their_write,
    "translate-toolkit: read": their_read,
    "aligner: merge": our_merge,
}


def measure(
    tasks: Sequence[str], path: Path, count: int, runs: int = 1
) -> dict[str, tuple[float, float]]:
    """Least seconds and MiB of each task, in processes of their own, turn and turn about."""
    figures: dict[str, list[tuple[float, float]]] = {task: [] for task in tasks}
    for _ in range(runs):
        for task in tasks:
            command = [sys.executable, __file__, task, str(path), str(count)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            figures[task].append(json.loads(done.stdout))
    return {
        task: (min(seconds for seconds, _ in found), min(memory for _, memory in found))
        for task, found in figures.items()
    }


def run_task(task: str, path: str, count: int) -> None:
    """Do one task and print its seconds and the process's peak memory."""
    call = TASKS[task](path, count)
    start = time.perf_counter()
    call()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak]))


def compared(folder: Path) -> str:
    figures = measure(list(TASKS)[:4], folder / "x.tmx", COMPARED, RUNS)
    lines = []
    for what in ("write", "read"):
        ours, theirs = figures[f"aligner: {what}"], figures[f"translate-toolkit: {what}"]
        lines.append(f"{what}: {theirs[0] / ours[0]:.1f} times as fast")
    sums = [
        sum(figures[f"{name}: {what}"][0] for what in ("write", "read"))
        for name in ("translate-toolkit", "aligner")
    ]
    lines.append(f"together: {sums[0] / sums[1]:.1f} times as fast")
    text = shown(figures, 2)
    return f"{COMPARED} units, the best of {RUNS} runs\n\n{text}\n{', '.join(lines)}\n"


def shown(figures: dict[str, tuple[float, float]], decimals: int) -> str:
    rows = [(task, f"{s:.{decimals}f}", f"{mib:.0f}") for task, (s, mib) in figures.items()]
    return table(("task", "seconds", "peak MiB"), rows)


def many(folder: Path) -> str:
    path = folder / "many.tmx"
    figures = measure(("aligner: write", "aligner: read", "aligner: merge"), path, MANY)
    size, text = path.stat().st_size / 2**20, shown(figures, 0)
    return f"{MANY} units, {size:.0f} MiB; merged of two halves, a quarter of all in both\n\n{text}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = f"{compared(Path(folder))}\n{many(Path(folder))}"
    record("memory.py", text)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_task(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        main()

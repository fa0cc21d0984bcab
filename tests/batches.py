"""Batches to test with: notes under several names, and an engine in this process."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from aligner.batch import Job, Result, Task
from aligner.batch.storage import OutputFolder
from aligner.batch.work import Worker
from notes import NOTES


def make_notes(folder: Path, count: int) -> Path:
    """A folder of sample notes, each with a sentence of its own."""
    for number in range(count):
        place = folder / f"{'sub/' if number % 3 == 2 else ''}note {number:02}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        text = NOTES[number % len(NOTES)].read_text("utf-8")
        place.write_text(text.replace("China", f"China No. {number}", 1), "utf-8")
    return folder


class Here:
    """Does the work in this process; results come in any order if `seed` says so."""

    def __init__(self, seed: int | None = None) -> None:
        self.seed = seed
        self.asked: list[str] = []

    def run(self, tasks: Iterable[Task], job: Job, folder: OutputFolder) -> Iterator[Result]:
        worker = Worker(job, folder)
        worker.start()
        chosen = list(tasks)
        if self.seed is not None:
            random.Random(self.seed).shuffle(chosen)  # noqa: S311
        for task in chosen:
            self.asked.append(task.id)
            yield worker.do(task)


def contents(output: Path) -> dict[str, bytes]:
    """What a run leaves, by name: all but what times go into."""
    found = {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name not in ("journal.jsonl", "lock")
    }
    rows = [line.split(b"\t") for line in found["results.tsv"].splitlines()]
    seconds = rows[0].index(b"seconds")
    found["results.tsv"] = b"\n".join(
        b"\t".join(row[:seconds] + row[seconds + 1 :]) for row in rows
    )
    return found


def fresh(folder: Path) -> Path:
    """The folder, emptied."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder

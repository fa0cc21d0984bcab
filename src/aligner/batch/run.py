"""Run a batch: from tasks to outputs, one memory and a table of results."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aligner.batch.journal import Journal, open_journal
from aligner.batch.local import LocalEngine
from aligner.batch.merged import write_memory
from aligner.batch.results import write_results
from aligner.batch.storage import LocalFolder, OutputFolder, RemoteFolder, is_uri
from aligner.batch.tasks import Job, Result, Status, Task
from aligner.batch.work import current_key
from aligner.errors import AlignerError, UsageError

OnResult = Callable[[Result, bool], None]


class Engine(Protocol):
    """Where the work is done."""

    def run(self, tasks: Iterable[Task], job: Job, folder: OutputFolder) -> Iterator[Result]:
        """The results of tasks, in the order in which they come; raises what ends the run."""


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """The result of a batch.

    `results` are in the order of the tasks; `kept` counts those of an earlier run; `units` counts
    the units of the merged memory, `duplicates` those left out of it; `seconds` is the time of
    this run.
    """

    results: tuple[Result, ...]
    kept: int
    units: int
    duplicates: int
    seconds: float

    def of(self, status: Status) -> list[Result]:
        """The results with a status."""
        return [result for result in self.results if result.status is status]


def run_batch(
    tasks: Sequence[Task],
    output: str | Path,
    job: Job = Job(),
    engine: Engine | None = None,
    resume: bool = False,
    on_result: OnResult | None = None,
) -> BatchSummary:
    """Align many documents into a folder, or a URI.

    A document that fails is recorded and doesn't stop the others. `resume` continues an earlier
    run: finished documents are kept unless their inputs, the job or aligner have changed.
    `on_result` is called with each result, and whether it is new. Raises UsageError for
    repeated ids, OutputError for a folder that can't be written or has another run in it, and
    ModelError.
    """
    start = time.perf_counter()
    twice = [name for name, count in Counter(task.id for task in tasks).items() if count > 1]
    if twice:
        raise UsageError(f"{twice[0]}: two tasks have this name; names must be unique")
    folder = RemoteFolder(str(output)) if is_uri(str(output)) else LocalFolder(Path(output))
    with open_journal(folder, resume) as journal:
        results: dict[str, Result] = {}

        def note(result: Result, is_new: bool) -> None:
            results[result.id] = result
            if on_result is not None:
                on_result(result, is_new)

        kept = 0

        def unfinished() -> Iterator[Task]:
            nonlocal kept
            for task in tasks:
                if task.reason:
                    left_out = Status.LEFT_OUT
                    note(Result(task.id, task.inputs, left_out, error=task.reason), False)
                elif finished := _finished(task, job, journal, folder):
                    kept += 1
                    note(finished, False)
                else:
                    yield task

        for result in (engine or LocalEngine()).run(unfinished(), job, folder):
            journal.add(result)
            note(result, True)
        in_order = tuple(results[task.id] for task in tasks)
        done = [result for result in in_order if result.status is Status.DONE]
        for name in journal.outputs - {name for result in done for name, _ in result.outputs}:
            folder.remove(name)
        found = write_memory(folder, [result.outputs[-1][0] for result in done])
        write_results(folder, in_order)
    seconds = time.perf_counter() - start
    return BatchSummary(in_order, kept, found.written, found.read - found.written, seconds)


def _finished(task: Task, job: Job, journal: Journal, folder: OutputFolder) -> Result | None:
    """What an earlier run made of a task, if all of it still holds."""
    result = journal.results.get(task.id)
    if result is None or result.status is not Status.DONE:
        return None
    try:
        same = result.key == current_key(task, job)
    except AlignerError:
        return None
    return result if same and all(folder.holds(*output) for output in result.outputs) else None

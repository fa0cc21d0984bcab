"""Workers that are processes of this machine."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from aligner.batch.schedule import Event, schedule
from aligner.batch.storage import OutputFolder
from aligner.batch.tasks import Job, Result, Task
from aligner.batch.work import Worker
from aligner.errors import AlignerError
from aligner.isolation import isolated
from aligner.threads import processors, single_threaded, use_threads

_PATIENCE = 5  # seconds for a process to end


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Worker processes of this machine: as many as it has processors, unless given."""

    workers: int = field(default_factory=processors)

    def run(self, tasks: Iterable[Task], job: Job, folder: OutputFolder) -> Iterator[Result]:
        """The results of tasks, as they come; raises what ends the run."""
        threads = max(1, processors() // self.workers)
        with _Processes(Worker(job, folder), threads) as crew:
            yield from schedule(tasks, crew, self.workers)


class _Processes:
    """Processes and the connections to them; a connection stands for its worker."""

    def __init__(self, worker: Worker, threads: int) -> None:
        self._given = worker, threads
        self._context = get_context("spawn")
        self._members: dict[Connection, BaseProcess] = {}

    def __enter__(self) -> Self:
        return self

    def hire(self) -> None:
        """Start a process."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, *self._given), daemon=True)
        with isolated(), _interrupts_held():
            process.start()
        theirs.close()
        self._members[ours] = process

    def give(self, worker: Connection, task: Task) -> None:
        """Send a task; `wait` tells if the worker has died meanwhile."""
        with suppress(OSError):
            worker.send(task)

    def wait(self) -> Event[Connection]:
        """The next message of a worker, or its end."""
        worker = wait(self._members)[0]
        assert isinstance(worker, Connection)  # noqa: S101 - nothing else is waited for
        try:
            message = worker.recv()
        except (EOFError, OSError):
            process = self._members.pop(worker)
            process.join(_PATIENCE)
            worker.close()
            return Event(worker, death=_cause(process.exitcode))
        if isinstance(message, AlignerError):
            raise message
        return Event(worker, message)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the processes: those at work lose it, which does no harm."""
        for worker, process in self._members.items():
            worker.close()
            process.terminate()
        for process in self._members.values():
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """What is started within never sees Ctrl-C, which is for the process that leads."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # Its start, with that of the first process, would let interrupts through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, worker: Worker, threads: int) -> None:
    """The process's part: a task in, a result out, until the connection ends."""
    use_threads(threads)
    with suppress(EOFError, OSError), single_threaded():
        try:
            worker.start()
            connection.send(None)
            while True:
                connection.send(worker.do(connection.recv()))
        except AlignerError as exc:
            connection.send(exc)


def _cause(status: int | None) -> str:
    if status is None or status >= 0:
        return f"exit status {status}"
    name = signal.Signals(-status).name
    if name == "SIGKILL":
        return "killed by SIGKILL, as happens when memory runs out"
    return f"killed by {name}"

"""Handing tasks to workers that may die: one at a time to each, lost ones again."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from aligner.batch.tasks import Result, Task
from aligner.batch.work import failure
from aligner.errors import InputError

TRIES = 3
_FRUITLESS = 3  # workers in a row that die before they can work

W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Event(Generic[W]):
    """A worker is ready for a task, with the result of the last one if it had one, or has died."""

    worker: W
    result: Result | None = None
    death: str = ""


class Crew(Protocol[W]):
    """Workers of one kind: local processes, actors on a cluster."""

    def hire(self) -> None:
        """Have one more worker begin, as soon as there is room for it."""

    def give(self, worker: W, task: Task) -> None:
        """Hand a task to a worker that is ready."""

    def wait(self) -> Event[W]:
        """The next event. Raises the error that ends the run, if a worker met one."""


def schedule(tasks: Iterable[Task], crew: Crew[W], size: int) -> Iterator[Result]:
    """The results of tasks, in the order in which they come.

    No more tasks are taken than there are workers to do them. The task of a worker that dies
    is handed to others; where two more die of it, the task has failed. Raises InputError if
    no worker can be started.
    """
    queue = _Queue(tasks)
    busy: dict[W, Task] = {}
    idle: list[W] = []
    fruitless = 0
    for _ in range(size):
        crew.hire()
    while True:
        while idle and (task := queue.take()):
            busy[idle[-1]] = task
            crew.give(idle.pop(), task)
        if idle and not busy:
            return
        event = crew.wait()
        had = busy.pop(event.worker, None)
        if event.death:
            idle = [worker for worker in idle if worker != event.worker]
            crew.hire()
            fruitless += had is None
            if fruitless == _FRUITLESS:
                raise InputError(f"the workers can't be started: {event.death}")
            if had and not queue.put_back(had):
                yield failure(had, f"its worker died {TRIES} times: {event.death}")
            continue
        fruitless = 0
        idle.append(event.worker)
        if event.result:
            yield event.result


class _Queue:
    """Tasks still to be done, those that were lost before others."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._waiting = iter(tasks)
        self._lost: deque[Task] = deque()
        self._tries: Counter[str] = Counter()

    def take(self) -> Task | None:
        return self._lost.popleft() if self._lost else next(self._waiting, None)

    def put_back(self, task: Task) -> bool:
        """Keep a task for another try, unless it has had them all."""
        self._tries[task.id] += 1
        if self._tries[task.id] < TRIES:
            self._lost.append(task)
        return self._tries[task.id] < TRIES

"""Tasks and workers that die."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.batch.schedule import TRIES, Event, schedule
from aligner.batch.tasks import Result, Status, Task
from aligner.errors import InputError

pytestmark = pytest.mark.slow


@dataclass
class Crew:
    """Workers that are numbers: each does what its task's fate says, the oldest first."""

    fates: dict[str, list[bool]]
    stillborn: int = 0
    events: list[Event[int]] = field(default_factory=list)
    hired: int = 0
    given: list[str] = field(default_factory=list)

    def hire(self) -> None:
        self.hired += 1
        dead = "stillborn" if self.hired <= self.stillborn else ""
        self.events.append(Event(self.hired, death=dead))

    def give(self, worker: int, task: Task) -> None:
        self.given.append(task.id)
        fate = self.fates[task.id]
        if fate and fate.pop(0):
            self.events.append(Event(worker, death="killed"))
        else:
            self.events.append(Event(worker, Result(task.id, task.inputs, Status.DONE)))

    def wait(self) -> Event[int]:
        return self.events.pop(0)


@given(st.lists(st.lists(st.booleans(), max_size=4), max_size=20), st.integers(1, 4))
def test_every_task_has_one_result_whoever_dies(fates: list[list[bool]], size: int) -> None:
    tasks = [Task(f"{number}", ("x",)) for number in range(len(fates))]
    crew = Crew({task.id: list(fate) for task, fate in zip(tasks, fates, strict=True)})
    results = {r.id: r for r in schedule(tasks, crew, size)}
    assert sorted(results) == sorted(task.id for task in tasks)
    for task, fate in zip(tasks, fates, strict=True):
        dies = fate[:TRIES] == [True] * TRIES
        assert (results[task.id].status is Status.FAILED) == dies
        if dies:
            assert results[task.id].error == "its worker died 3 times: killed"
        assert crew.given.count(task.id) <= TRIES


def test_no_task_is_taken_before_a_worker_can_have_it() -> None:
    taken = []

    def tasks() -> object:
        for number in range(100):
            taken.append(number)
            yield Task(f"{number}", ())

    crew = Crew({f"{number}": [] for number in range(100)})
    results = schedule(tasks(), crew, 3)  # type: ignore[arg-type]
    for done in range(1, 50):
        next(results)
        assert len(taken) <= done + 3


def test_workers_that_never_start_end_the_run() -> None:
    crew = Crew({"0": []}, stillborn=100)
    with pytest.raises(InputError, match="the workers can't be started: stillborn"):
        list(schedule([Task("0", ())], crew, 2))
    assert crew.hired < 10


def test_a_worker_that_never_starts_is_replaced() -> None:
    crew = Crew({"0": []}, stillborn=2)
    assert [r.status for r in schedule([Task("0", ())], crew, 1)] == [Status.DONE]

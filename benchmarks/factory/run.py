"""Renders what isn't rendered yet, and scores every rendering, in several processes."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from aligner import load_encoder
from aligner.vectors import Encoder
from factory import flow, markup, open_document, settings
from factory.design import Job, Producer, covering, digest
from factory.producers import PRODUCERS, browser
from factory.score import Score, score
from factory.text import texts

_CHUNK = 12  # renderings that one process makes at a time


def _source_digest(producer: Producer) -> str:
    """Changes with the code that makes a producer's files."""
    modules = [flow, markup, open_document, settings, browser, inspect.getmodule(producer.make)]
    return digest(*(inspect.getsource(module) for module in modules if module))


def plan(folder: Path, only: Sequence[str] = ()) -> list[Job]:
    """Every rendering of the design, of some producers or all, and its file in the folder."""
    known = texts()
    jobs = []
    for producer in PRODUCERS.values():
        if (only and producer.name not in only) or producer.missing():
            continue
        code = _source_digest(producer)
        for spec in covering(producer, known):
            text = known[spec.text]
            name = f"{spec.name}_{digest(code, repr(text))}.{spec.format}"
            jobs.append(Job(spec, text, folder / name))
    return jobs


def _make(jobs: Sequence[Job]) -> None:
    PRODUCERS[jobs[0].spec.producer].make(jobs)


def render(jobs: Iterable[Job], workers: int) -> int:
    """Make the files that aren't there; returns how many."""
    todo: dict[str, list[Job]] = {}
    for job in jobs:
        if not job.path.exists():
            job.path.parent.mkdir(parents=True, exist_ok=True)
            todo.setdefault(job.spec.producer, []).append(job)
    chunks = [
        group[start : start + _CHUNK]
        for group in todo.values()
        for start in range(0, len(group), _CHUNK)
    ]
    if chunks:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            list(pool.map(_make, chunks))
    return sum(map(len, chunks))


@cache
def _encoder() -> Encoder:
    return load_encoder()


def _score(job: Job) -> Score:
    settings = {key: value for key, value in asdict(job.spec).items() if value}
    return score(job.text, job.path, _encoder(), {**settings, "file": job.path.name})


def scores(jobs: Sequence[Job], workers: int) -> list[Score]:
    """The score of each, in order; a line on standard error for each fifty."""
    done = []
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for number, result in enumerate(pool.map(_score, jobs), start=1):
            done.append(result)
            if number % 50 == 0:
                print(f"{number} of {len(jobs)}", file=sys.stderr)
    return done

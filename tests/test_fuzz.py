"""A few damaged files of every format; `benchmarks/fuzz.py` reads thousands."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from fuzzing import FORMATS, run_files

FILES = 40


@pytest.fixture(scope="module")
def reader() -> Iterator[Executor]:
    """A process that holds what reading needs and no more.

    The readers' processes are forked from it and bounded in address space: models and programs
    that other tests have loaded by then would count.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files_are_read_or_refused(name: str, tmp_path: Path, reader: Executor) -> None:
    numbers = range(8 if name == "picture" else FILES)
    outcomes = reader.submit(run_files, name, 7, tmp_path, numbers).result()
    assert [outcome.message for outcome in outcomes if outcome.kind == "failed"] == []
    assert {outcome.kind for outcome in outcomes} == {"read", "refused"}

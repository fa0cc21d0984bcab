"""The table of results: a row for each document, in the order of the tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from aligner.batch.storage import OutputFolder
from aligner.batch.tasks import Result, Status
from aligner.memory import save
from aligner.printable import printable_name, shown

RESULTS = "results.tsv"
_COLUMNS = (
    "id",
    "status",
    "inputs",
    "source_sentences",
    "target_sentences",
    "pairs",
    "nulls",
    "held_back",
    "confidence",
    "seconds",
    "error",
)


def write_results(folder: OutputFolder, results: Iterable[Result]) -> None:
    """Write the table; figures are empty if there is no alignment. Raises OutputError."""
    folder.write(RESULTS, partial(_save, results))


def _save(results: Iterable[Result], place: Path) -> None:
    save(_lines(results), place)


def _lines(results: Iterable[Result]) -> Iterator[str]:
    yield "\t".join(_COLUMNS) + "\n"
    for result in results:
        counts = (result.source, result.target, result.pairs, result.nulls, result.held_back)
        figures = [*map(str, counts), f"{result.confidence:.4f}"]
        if result.status is not Status.DONE:
            figures = [""] * len(figures)
        seconds = f"{result.seconds:.3f}" if result.status is not Status.LEFT_OUT else ""
        inputs = " + ".join(map(printable_name, result.inputs))
        row = (result.id, result.status.value, inputs, *figures, seconds, result.error)
        yield "\t".join(map(_cell, row)) + "\n"


def _cell(text: str) -> str:
    """On one line, without what would steer the terminal that shows it."""
    return shown(" ".join(text.split()))

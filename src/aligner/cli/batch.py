"""`aligner batch`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli import options
from aligner.cli.console import progress, say
from aligner.errors import UsageError
from aligner.printable import printable_name

if TYPE_CHECKING:
    from aligner.batch import BatchSummary, Engine, Result

_SHOWN = 10
_WORKERS = 10_000


class _Engine(StrEnum):
    LOCAL = "local"
    RAY = "ray"


# Long for its options and their help.
def batch(
    place: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER|MANIFEST",
            help="A folder, or a CSV, TSV, JSONL or Parquet file. Its columns are id, and document "
            "or source and target.",
        ),
    ],
    output: Annotated[str, typer.Option("-o", "--output", metavar="OUT", help="Output folder.")],
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="Format of the document outputs.")
    ] = "tmx",
    pattern: Annotated[
        list[str] | None,
        typer.Option(
            "--pattern",
            metavar="GLOB",
            help="Only these files of the folder, such as '*.txt'. Repeatable.",
        ),
    ] = None,
    pair: Annotated[
        bool,
        typer.Option(
            "--pair", help="Pair the files that translate each other, by name and content."
        ),
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Continue the run in OUT.")] = False,
    engine: Annotated[
        _Engine, typer.Option("--engine", help="Local worker processes, or Ray.")
    ] = _Engine.LOCAL,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            max=_WORKERS,
            help="Number of workers.",
            show_default="one per processor",
        ),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="ADDRESS",
            help="Address of a Ray cluster.",
            show_default="a new cluster on this machine",
        ),
    ] = None,
    segmented: Annotated[
        bool, typer.Option("--segmented", help="Pairs have one sentence per line. Keep them.")
    ] = False,
    source_lang: options.SourceLang = options.SOURCE_LANG,
    target_lang: options.TargetLang = options.TARGET_LANG,
    model: options.Model = options.MODEL,
    max_bead: options.MaxBead = options.MAX_BEAD,
    min_confidence: options.PairConfidence = None,
    clauses: options.Clauses = False,
    ocr: options.Ocr = False,
    quiet: options.Quiet = False,
) -> int:
    """Align many documents and merge the results into one memory.

    Example: aligner batch notes -o corpus

    OUT gets one output per document, memory.tmx, memory.parquet and results.tsv.
    A document that fails is recorded in results.tsv and doesn't stop the others.
    If any document fails, the exit status is 4.

    Example: aligner batch list.csv -o corpus --resume
    """
    from aligner import batch as batches
    from aligner.align import Aligner, Settings

    largest = options.parse_max_bead(max_bead)
    settings = Settings(source_lang, target_lang, model, largest, clauses, ocr)
    job = batches.Job(settings, form, min_confidence, segmented)
    if address is not None and engine is not _Engine.RAY:
        raise UsageError("--address is the address of a Ray cluster; add --engine ray")
    if batches.is_manifest(place):
        if pattern or pair:
            raise UsageError("--pattern and --pair are for folders; a manifest names its files")
        tasks = batches.read_manifest(place)
    else:
        found = batches.find_files(place, pattern or (), output)
        if found.passed_over and not quiet:
            say(f"skipped: {found.passed_over}")
        if pair:
            with progress(quiet) as bars:
                tasks = batches.pair_files(found, Aligner(settings, progress=bars))
        else:
            tasks = batches.folder_tasks(found)
    chosen = _make_engine(engine, workers, address)
    with _documents_bar(len(tasks), quiet) as on_result:
        summary = batches.run_batch(tasks, output, job, chosen, resume, on_result)
    if not quiet:
        for line in _summary_lines(summary, output):
            say(line)
    return 4 if summary.of(batches.Status.FAILED) else 0


def _make_engine(engine: _Engine, workers: int | None, address: str | None) -> Engine:
    if engine is _Engine.RAY:
        from aligner.batch.on_ray import RayEngine

        return RayEngine(workers, address)
    from aligner.batch import LocalEngine

    return LocalEngine(workers) if workers else LocalEngine()


@contextmanager
def _documents_bar(total: int, quiet: bool) -> Iterator[Callable[[Result, bool], None]]:
    """Show progress per document on a terminal, and what an interrupted run has finished."""
    from tqdm import tqdm

    sentences = failed = done = 0
    hidden = quiet or not sys.stderr.isatty()
    with tqdm(total=total, unit="doc", disable=hidden, smoothing=0.05) as bar:

        def advance(result: Result, is_new: bool) -> None:
            nonlocal sentences, failed, done
            done += 1
            failed += result.status == "failed"
            if is_new:
                sentences += result.sentences
                bar.update()
            else:
                # Documents of an earlier run say nothing about how long the rest takes.
                bar.total = (bar.total or 0) - 1
                bar.refresh()
            seconds = bar.format_dict["elapsed"]
            rate = sentences / seconds if seconds else 0.0
            bar.set_postfix_str(f"{rate:.0f} sentences/s, {failed} failed", refresh=False)

        try:
            yield advance
        except KeyboardInterrupt:
            bar.close()
            if not quiet:
                say(
                    f"interrupted: {done} of {total} documents are finished; continue with --resume"
                )
            raise


def _summary_lines(summary: BatchSummary, output: str) -> Iterator[str]:
    from aligner.batch import Status

    done, failed, left_out = map(summary.of, (Status.DONE, Status.FAILED, Status.LEFT_OUT))
    kept = f", {summary.kept} of them in an earlier run" if summary.kept else ""
    yield f"documents    {len(done)} aligned{kept}, {len(failed)} failed"
    yield from _reasons(failed)
    if left_out:
        yield f"left out     {len(left_out)}"
        yield from _reasons(left_out)
    sentences, pairs = (sum(getattr(r, what) for r in done) for what in ("sentences", "pairs"))
    yield f"sentences    {sentences} in both languages, {pairs} pairs"
    doubtful = sum(result.held_back for result in done)
    if doubtful:
        yield f"held back    {doubtful} pairs, too uncertain for the memory; see results.tsv"
    yield f"memory       {summary.units} units, {summary.duplicates} duplicates left out"
    yield f"time         {summary.seconds:.1f} s"
    yield f"written to   {printable_name(output)}"


def _reasons(results: list[Result]) -> Iterator[str]:
    for result in results[:_SHOWN]:
        # Most reasons already begin with the file name.
        name = result.id.rpartition("/")[2]
        yield f"  {result.id}: {result.error.removeprefix(f'{name}: ')}"
    if len(results) > _SHOWN:
        yield f"  and {len(results) - _SHOWN} more; see results.tsv"

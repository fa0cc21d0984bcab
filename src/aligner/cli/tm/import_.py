"""`aligner tm import`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import counting, held_back, say
from aligner.confidence import LEAST_CONFIDENCE


def import_files(
    memory: options.Living,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", readable=False, help="Files with units.")
    ],
    document: Annotated[
        str,
        typer.Option(
            "--document",
            callback=options.as_text,
            help="Document of units that don't name theirs; else the file.",
        ),
    ] = "",
    min_confidence: options.LeastConfidence = LEAST_CONFIDENCE,
    quiet: options.Quiet = False,
) -> None:
    """Put files into a memory that lives in one SQLite file; it is made where there is none.

    The same file again adds nothing; a corrected one replaces the units of its documents, and
    the history keeps what was replaced.

    Example: aligner tm import memory.db note.tmx
    """
    from aligner import pipeline

    watch = partial(counting, quiet=quiet)
    change = pipeline.import_files(memory, files, document, watch, min_confidence)
    if not quiet:
        counts = (
            (change.added, "added"),
            (change.removed, "removed"),
            (change.updated, "updated"),
            (change.unchanged, "unchanged"),
        )
        told = ", ".join(f"{count} {what}" for count, what in counts if count) or "no unit found"
        say(f"{told}; documents: {change.documents}")
        if change.held_back:
            say(held_back(change.held_back, min_confidence))

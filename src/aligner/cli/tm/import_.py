"""`aligner tm import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import held_back, progress, say
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
    from aligner.memory.store import files as importing

    with progress(quiet) as bars:
        change = importing.import_files(memory, files, document, min_confidence, bars)
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

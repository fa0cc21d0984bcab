"""`aligner tm import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import held_back, progress, say
from aligner.confidence import LEAST_CONFIDENCE


def import_files(
    memory: options.Database,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", readable=False, help="Files with translation units."),
    ],
    document: Annotated[
        str,
        typer.Option(
            "--document",
            callback=options.as_text,
            metavar="NAME",
            help="Document of units that don't name one.",
            show_default="the file name",
        ),
    ] = "",
    min_confidence: options.MinConfidence = LEAST_CONFIDENCE,
    quiet: options.Quiet = False,
) -> None:
    """Import files into a memory database, which is created if it doesn't exist.

    Importing the same file again adds nothing.
    A corrected file replaces the units of its documents.
    The history keeps the replaced units.

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
        found = ", ".join(f"{count} {what}" for count, what in counts if count) or "no units found"
        say(f"{found}; documents: {change.documents}")
        if change.held_back:
            say(held_back(change.held_back, min_confidence))

"""`aligner evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import progress_bar
from aligner.errors import UsageError


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", readable=False, help="Gold file, or a folder of them.")
    ],
    system: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SYSTEM]...", readable=False, help="Bead files to judge, one a gold bead file."
        ),
    ] = None,
    model: options.Model = options.MODEL,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Measure alignments against gold: strict and lax precision, recall and F1.

    With the gold of notes (*.jsonl), the notes are aligned from their raw text. With gold
    bead files (*.beads), SYSTEM are bead files to compare with them, or a folder of them.

    Example: aligner evaluate data/gold

    Example: aligner evaluate gold.beads mine.beads
    """
    from aligner import pipeline
    from aligner.evaluation import as_json as to_json
    from aligner.evaluation import report_lines

    golds = pipeline.find_gold(gold)
    if system:
        files = pipeline.find_gold(system[0]) if system[0].is_dir() else system
        results = pipeline.evaluate_beads(golds, files)
    elif golds[0].suffix == ".beads":
        raise UsageError(f"{gold}: gold beads need the bead files to judge as SYSTEM")
    else:
        with progress_bar(quiet, len(golds)) as progress:
            results = pipeline.evaluate_notes(
                golds, pipeline.Settings(model=model), progress=progress
            )
    if as_json:
        print(json.dumps(to_json(results), indent=2, ensure_ascii=False))
    else:
        for line in report_lines(results):
            print(line)

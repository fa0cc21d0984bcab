"""`aligner tm convert`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import counting, held_back, place_name, say


def convert(
    path: options.Memory,
    second: Annotated[
        Path | None,
        typer.Argument(
            metavar="TARGET", readable=False, help="Target file of a Moses pair, such as corpus.en."
        ),
    ] = None,
    output: options.Output = options.OUTPUT,
    form: options.Format = None,
    source_lang: options.PickSource = "",
    target_lang: options.PickTarget = "",
    min_confidence: options.PairConfidence = None,
    quiet: options.Quiet = False,
) -> None:
    """Convert a memory or an alignment to another format.

    TMX, TSV, XLSX, XLIFF, Parquet and Moses convert to each other and to HTML.
    TSV and Moses lose the properties, and only TMX keeps inline codes.
    JSONL converts to every format, but only JSONL converts to JSONL or beads.
    HTML and beads can't be read.
    --min-confidence is for alignments (JSONL).

    Example: aligner tm convert note.tmx -o note.xlsx

    Example: aligner tm convert corpus.zh corpus.en -o corpus.tmx
    """
    from aligner import memory

    memory.check_place(output)
    form = memory.format_of(output, form)
    doubtful = 0
    least = memory.least_confidence(form, min_confidence)
    if second is None and memory.is_alignment(path):
        alignment = memory.read_jsonl(path)
        memory.save_alignment(alignment, output, form, least)
        doubtful = sum(bead.certainty < least for bead in alignment.pairs)
    else:
        if second is None:
            head, units = memory.open_units(path, source_lang, target_lang)
        else:
            head, units = "", memory.read_moses(path, second, source_lang, target_lang)
        memory.save_units(counting(units, "converting", quiet), output, form, head)
    if quiet:
        return
    if doubtful:
        say(held_back(doubtful, least))
    if str(output) != "-":
        say(f"written to {place_name(output, form)}")

"""`aligner tm convert`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import counting, place_name, say


def convert(
    path: options.Memory,
    second: Annotated[
        Path | None,
        typer.Argument(
            metavar="[TARGET]", readable=False, help="The other file of a Moses pair, corpus.en."
        ),
    ] = None,
    output: options.Output = options.OUTPUT,
    form: options.Format = None,
    source_lang: options.PickSource = "",
    target_lang: options.PickTarget = "",
    quiet: options.Quiet = False,
) -> None:
    """Turn a memory or an alignment into another format.

    TMX, TSV, XLSX, XLIFF and Moses pairs turn into each other and into HTML; properties live
    in all but TSV and Moses, inline codes in TMX alone. A JSONL alignment turns into
    everything. Nothing turns into JSONL or beads but JSONL, for they hold sentences, nulls
    and places, which a memory has not kept. HTML and beads are not read.

    Example: aligner tm convert note.tmx -o note.xlsx

    Example: aligner tm convert corpus.zh corpus.en -o corpus.tmx
    """
    from aligner import memory

    memory.check_place(output)
    form = memory.format_of(output, form)
    if second is None and path.suffix.lower() == ".jsonl":
        memory.save_alignment(memory.read_jsonl(path), output, form)
    else:
        if second is None:
            head, units = memory.open_units(path, source_lang, target_lang)
        else:
            head, units = "", memory.read_moses(path, second, source_lang, target_lang)
        memory.save_units(counting(units, "converting", quiet), output, form, head)
    if not quiet and str(output) != "-":
        say(f"written to {place_name(output, form)}")

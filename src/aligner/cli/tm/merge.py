"""`aligner tm merge`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import clip, counting, held_back, place_name, say
from aligner.confidence import LEAST_CONFIDENCE

_SHOWN = 5


# Long for its options and their help.
def merge(
    memories: options.Memories,
    output: options.Output = options.OUTPUT,
    newest: Annotated[
        bool,
        typer.Option("--newest", help="Keep the newest of identical units, not the most certain."),
    ] = False,
    conflicts: Annotated[
        Path | None,
        typer.Option(
            "--conflicts",
            metavar="FILE",
            readable=False,
            help="Also write the sources with different translations to FILE.",
        ),
    ] = None,
    source_lang: options.PickSource = "",
    target_lang: options.PickTarget = "",
    min_confidence: options.MinConfidence = LEAST_CONFIDENCE,
    quiet: options.Quiet = False,
) -> None:
    """Merge memories into one, without duplicates.

    Units are duplicates if only widths, quotes, dashes or white space differ.
    The most certain is kept. A unit without a confidence counts as certain.
    Different translations of one source are all kept and reported.
    --min-confidence is for alignments (JSONL).

    Example: aligner tm merge old.tmx new.tmx -o all.tmx

    Example: aligner tm merge *.tmx --newest --conflicts look.xlsx -o all.tmx
    """
    from aligner import memory
    from aligner.memory.merging import Keep, open_memories
    from aligner.memory.merging import merge as find
    from aligner.memory.units import Likely

    options.refuse_pipes(memories)
    form = memory.format_of(output)
    for place in (output, conflicts):
        if place is not None:
            memory.check_place(place)
    languages = (source_lang, target_lang)
    likely = Likely(min_confidence)
    _, units = open_memories(memories, *languages, likely)
    found = find(counting(units, "reading", quiet), Keep.NEWEST if newest else Keep.CERTAIN)
    doubtful = likely.held_back
    # Before writing, which may replace one of the memories.
    groups = found.conflicting(open_memories(memories, *languages, likely)[1])
    head, units = open_memories(memories, *languages, likely)
    kept = found.units(counting(units, "writing", quiet))
    memory.save_units(kept, output, form, head)
    if conflicts is not None and groups:
        rows = [unit for group in groups for unit in group]
        memory.save_units(rows, conflicts, memory.format_of(conflicts), head)
    if quiet:
        return
    say(f"{found.read} units read, {found.read - found.written} duplicates left out")
    if doubtful:
        say(held_back(doubtful, min_confidence))
    if groups:
        sources = "1 source" if len(groups) == 1 else f"{len(groups)} sources"
        say(f"{sources} with different translations, all kept:")
        for group in groups[:_SHOWN]:
            say(f"  {clip(group[0].source, 70)}")
            for unit in group:
                say(f"    {clip(unit.target, 90)}")
    if str(output) != "-":
        say(f"{found.written} units written to {place_name(output, form)}")

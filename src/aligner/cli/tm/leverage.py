"""`aligner tm leverage`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import place_name, progress, say, show, show_json


# Long for its options and their help.
def leverage(
    memory: Annotated[
        Path,
        typer.Argument(
            metavar="MEMORY", readable=False, help="Memory database, or a memory file such as TMX."
        ),
    ],
    documents: Annotated[
        list[Path],
        typer.Argument(metavar="DOCUMENT", readable=False, help="New documents."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            readable=False,
            help="Write the pre-translated documents: .tmx, .xliff or .tsv.",
        ),
    ] = None,
    min_match: Annotated[
        int,
        typer.Option(
            "--min-match",
            metavar="%",
            min=50,
            max=100,
            help="Minimum match in per cent to fill in.",
        ),
    ] = 75,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Also look for sentences similar in meaning.")
    ] = False,
    source_lang: Annotated[
        str,
        typer.Option(
            "--source-lang",
            callback=options.as_text,
            metavar="LANG",
            help="Language of the documents.",
            show_default="by script",
        ),
    ] = "",
    target_lang: Annotated[
        str,
        typer.Option(
            "--target-lang",
            callback=options.as_text,
            metavar="LANG",
            help="Language to translate into. XLIFF needs one if the memory has several.",
            show_default="any",
        ),
    ] = "",
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Analyse how much of new documents a memory already covers, as CAT tools do.

    A sentence is a 100% match if the memory has it character for character.
    It is a repetition if it occurs earlier in the documents.
    Otherwise it counts by the closest match in the memory.

    Example: aligner tm leverage memory.db new-note.txt -o new-note.tmx
    """
    from aligner.align import Aligner
    from aligner.memory.leverage.analysis import analysis
    from aligner.memory.leverage.lookup import leverage as look_up
    from aligner.memory.leverage.pretranslation import check_ending, save_pretranslated

    if output:
        options.check_output(output, memory, *documents)
        check_ending(output)
    with progress(quiet) as bars:
        aligner = Aligner(progress=bars)
        segments = look_up(memory, documents, source_lang, target_lang, meaning, aligner)
    if output:
        save_pretranslated(segments, output, min_match / 100)
    rows = analysis(segments)
    if as_json:
        show_json([asdict(row) for row in rows])
    else:
        show(f"{'match':<16} {'segments':>9} {'words':>9} {'characters':>11} {'of words':>9}")
        for row in rows:
            show(
                f"{row.kind:<16} {row.segments:>9,} {row.words:>9,} {row.characters:>11,}"
                f" {row.share:>9.1%}"
            )
    if output and not quiet:
        say(f"written to {place_name(output)}")

"""`aligner align`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import Summary, counting_sentences, place_name, progress, say
from aligner.errors import UsageError
from aligner.types import Part


def align(
    first: Annotated[
        Path,
        typer.Argument(
            metavar="INPUT", readable=False, help="A mixed document, or a document in one language."
        ),
    ],
    second: Annotated[
        Path | None,
        typer.Argument(
            metavar="INPUT2", readable=False, help="The document in the other language."
        ),
    ] = None,
    output: options.Output = options.OUTPUT,
    form: options.Format = None,
    segmented: Annotated[
        bool, typer.Option("--segmented", help="Inputs have one sentence per line. Keep them.")
    ] = False,
    source_lang: options.SourceLang = options.SOURCE_LANG,
    target_lang: options.TargetLang = options.TARGET_LANG,
    model: options.Model = options.MODEL,
    max_bead: options.MaxBead = options.MAX_BEAD,
    min_confidence: options.PairConfidence = None,
    clauses: options.Clauses = False,
    ocr: options.Ocr = False,
    quiet: options.Quiet = False,
) -> None:
    """Align one mixed document, or two documents with one language each.

    Example: aligner align note.txt -o note.tmx

    Documents are text, PDF, Word, OpenDocument, RTF, HTML or Markdown files.
    Books, slides, sheets, subtitles and XML are read, too.
    Two documents may be given in either order.

    Example: aligner align chinese.pdf english.docx -o both.tmx

    With --segmented, give the source file and then the target file.
    Each line is one sentence. Files may be of any length.

    Example: aligner align --segmented text.zh text.en -o text.beads
    """
    from aligner.align import Aligner, Settings, require_translation
    from aligner.memory import FORMATS, format_of, least_confidence, save_parts

    # Everything wrong with the call is reported before the work begins.
    options.check_output(output, *filter(None, (first, second)))
    form = format_of(output, form)
    options.refuse_terminal(output, form)
    largest = options.parse_max_bead(max_bead)
    settings = Settings(source_lang, target_lang, model, largest, clauses, ocr)
    if segmented and second is None:
        raise UsageError("--segmented takes two files, source and target")
    least = least_confidence(form, min_confidence)
    summary = Summary(least, FORMATS[form].once)
    with progress(quiet or segmented) as bars:
        aligner = Aligner(settings, progress=bars)
        parts: Iterable[Part]
        if segmented and second is not None:
            parts = counting_sentences(aligner.stream(first, second), quiet)
        else:
            parts = [Part(aligner.align(first, second))]
        if min_confidence != 0.0:
            parts = require_translation(parts)
        save_parts(summary.watch(parts), output, form, least)
    if not quiet:
        for line in summary.lines():
            say(line)
        if str(output) != "-":
            say(f"  written to   {place_name(output, form)}")

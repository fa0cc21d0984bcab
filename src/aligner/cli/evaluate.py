"""`aligner evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import progress, show, show_json
from aligner.errors import UsageError

Sentences = Annotated[
    Path | None,
    typer.Option(
        metavar="TEXT",
        readable=False,
        help="Sentences of the gold beads, one per line: a file, or a folder of files named like "
        "the gold, such as 001.zh. By default, files next to the gold are used.",
    ),
]


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", readable=False, help="Gold file, or folder of gold files."),
    ],
    system: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="SYSTEM",
            readable=False,
            help="Alignments to judge: a bead file, an alignment (.jsonl), a TMX, or a folder with "
            "one file per gold file. All are compared with the first.",
        ),
    ] = None,
    source: Sentences = None,
    target: Sentences = None,
    source_lang: options.SourceLang = options.SOURCE_LANG,
    target_lang: options.TargetLang = options.TARGET_LANG,
    model: options.Model = options.MODEL,
    as_json: options.Json = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="REPORT", readable=False, help="Also write an HTML report."),
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Evaluate alignments against gold: precision, recall, F1 and confidence intervals.

    GOLD is a note's gold (.jsonl) or beads of sentence files (.beads).
    Without SYSTEM, the text of the gold is aligned and the result is evaluated.

    Example: aligner evaluate data/gold

    Example: aligner evaluate gold.beads mine.beads theirs.beads --html out.html
    """
    from aligner import evaluation as judging
    from aligner.align import Aligner, Settings
    from aligner.memory import check_place, save

    if html is not None:
        check_place(html)
    if (source is None) != (target is None):
        raise UsageError("--source and --target must be given together")
    settings = Settings(source_lang, target_lang, model)
    texts = (source, target) if source and target else None
    with progress(quiet, len(judging.find_gold(gold))) as bars:
        aligner = Aligner(settings, progress=bars)
        evaluation = judging.evaluate(gold, system or [], aligner, texts=texts)
        if html is not None:
            save(judging.report_page(evaluation, aligner), html)
    if as_json:
        show_json(judging.values(evaluation))
    else:
        for line in judging.report_lines(evaluation):
            show(line)

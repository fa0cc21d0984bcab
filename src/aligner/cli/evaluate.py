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
        help="Sentences of gold beads, one a line: a file, or a folder of files named after "
        "the gold's, as 001.zh. Without this they are looked for beside the gold.",
    ),
]


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", readable=False, help="Gold file, or a folder of them."),
    ],
    system: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SYSTEM]...",
            readable=False,
            help="What to judge: a bead file, an alignment (.jsonl) or a TMX, or a folder with "
            "one for each file of gold. Several are compared with the first.",
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
        typer.Option("--html", metavar="REPORT", readable=False, help="Write a page as well."),
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Measure alignments against gold: precision, recall, F1, and how sure they are.

    GOLD is the gold of notes (.jsonl) or of sentences (.beads). Without SYSTEM, the gold's
    text is aligned and the result is judged.

    Example: aligner evaluate data/gold

    Example: aligner evaluate gold.beads mine.beads theirs.beads --html report.html
    """
    from aligner import evaluation as judging
    from aligner.align import Aligner, Settings
    from aligner.memory import check_place, save

    if html is not None:
        check_place(html)
    if (source is None) != (target is None):
        raise UsageError("--source and --target go together")
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

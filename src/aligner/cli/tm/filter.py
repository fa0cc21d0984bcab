"""`aligner tm filter`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli import options
from aligner.cli.console import clip, counting, say, show_json
from aligner.errors import UsageError
from aligner.types import TranslationUnit

if TYPE_CHECKING:
    from aligner.memory.filters import Report

_Only = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="NAME", help="Apply only this rule. Repeatable."),
]
_Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="NAME", help="Don't apply this rule. Repeatable."),
]


# Long for its options and their help.
def filter_memory(
    path: options.Memory,
    output: options.Output = options.OUTPUT,
    rules: _Only = None,
    without: _Without = None,
    min_confidence: options.MinConfidence = 0.5,
    min_length: Annotated[
        int, typer.Option(metavar="N", min=0, help="Minimum characters per side.")
    ] = 1,
    max_length: Annotated[
        int, typer.Option(metavar="N", min=1, help="Maximum characters per side.")
    ] = 2000,
    max_ratio: Annotated[
        float,
        typer.Option(
            metavar="R",
            min=1.0,
            help="Maximum ratio of lengths; a Chinese character counts as three.",
        ),
    ] = 2.5,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report what would be removed; write nothing.")
    ] = False,
    rejected: Annotated[
        Path | None,
        typer.Option(
            "--rejected", metavar="FILE", readable=False, help="Write the removed units to FILE."
        ),
    ] = None,
    source_lang: options.PickSource = "",
    target_lang: options.PickTarget = "",
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Remove units that are not good translations, by named rules.

    The rules are empty, confidence, length, ratio and copy.
    Then come boilerplate, script, language, numbers and duplicate.
    The rule copy removes units whose source and target are the same.
    The rule boilerplate removes figures, marks and addresses without words.
    The rule numbers removes units with a number that is on one side only.

    Example: aligner tm filter all.tmx -o clean.tmx --rejected look.xlsx

    Example: aligner tm filter all.tmx --dry-run --rule numbers
    """
    from aligner import memory
    from aligner.memory.filters import Limits, Report, choose_rules, filter_units

    if as_json and not dry_run and str(output) == "-":
        raise UsageError(
            "--json and the memory can't both go to standard output; name a file with -o"
        )
    limits = Limits(min_confidence, min_length, max_length, max_ratio)
    chosen = choose_rules(limits, rules or (), without or ())
    form = memory.format_of(output)
    for place in (output, rejected):
        if place is not None and not dry_run:
            memory.check_place(place)
    head, units = memory.open_units(path, source_lang, target_lang)
    report = Report()
    gone: list[TranslationUnit] = []
    keep_gone = gone.append if rejected and not dry_run else lambda _: None
    kept = filter_units(counting(units, "filtering", quiet), chosen, report, keep_gone)
    if dry_run:
        for _ in kept:
            pass
    else:
        memory.save_units(kept, output, form, head)
        if rejected and gone:
            memory.save_units(gone, rejected, memory.format_of(rejected), head)
    if as_json:
        show_json(_as_json(report))
    elif not quiet:
        _say(report)


def _as_json(report: Report) -> dict[str, Any]:
    examples = {
        name: [
            {"reason": reason, "source": unit.source, "target": unit.target}
            for unit, reason in found
        ]
        for name, found in report.examples.items()
    }
    return {
        "read": report.read,
        "kept": report.kept,
        "rules": [
            {"rule": name, "units": count, "examples": examples[name]}
            for name, count in report.counts.items()
        ],
    }


def _say(report: Report) -> None:
    say(f"{report.read} units read, {report.kept} kept, {report.read - report.kept} removed")
    for name, count in report.counts.most_common():
        say(f"  {name}  {count}")
        for unit, reason in report.examples[name]:
            say(f"    {reason}: {clip(unit.source, 40)} | {clip(unit.target, 50)}")

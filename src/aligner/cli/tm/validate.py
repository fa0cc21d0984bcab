"""`aligner tm validate`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import counting, say, show, show_json
from aligner.printable import printable_name

_UNUSABLE = 3


def validate(
    memories: Annotated[
        list[Path], typer.Argument(metavar="TMX", readable=False, help="TMX files.")
    ],
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Check TMX files against the TMX 1.4 DTD and rules for usable memories.

    Each finding is printed with its line.
    The exit status is 3 if there are errors. Warnings don't count.

    Example: aligner tm validate note.tmx
    """
    from aligner.memory.tmx.validate import validate_tmx

    levels: Counter[str] = Counter()
    for path in memories:
        for finding in counting(validate_tmx(path), "finding", quiet):
            levels[finding.level] += 1
            if as_json:
                show_json({"file": printable_name(str(path)), **asdict(finding)}, indent=None)
            else:
                place = f"{printable_name(str(path))}:{finding.line}"
                show(f"{place}: {finding.level}: {finding.message} [{finding.rule}]")
    if not quiet:
        say(f"{levels['error']} errors, {levels['warning']} warnings")
    if levels["error"]:
        raise typer.Exit(_UNUSABLE)

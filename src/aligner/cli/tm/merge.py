"""`aligner tm merge`."""

from __future__ import annotations

from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import say


class _Keep(StrEnum):
    CERTAIN = "certain"
    NEWEST = "newest"


def merge(
    memories: Annotated[
        list[Path], typer.Argument(metavar="TMX...", readable=False, help="Translation memories.")
    ],
    output: options.Output = options.OUTPUT,
    keep: Annotated[
        _Keep, typer.Option("--keep", help="Which of several equal units is kept.")
    ] = _Keep.CERTAIN,
    quiet: options.Quiet = False,
) -> None:
    """Make one memory of several, each translation once.

    Units are equal when their texts are, but for widths, quotes, dashes and white space.

    Example: aligner tm merge old.tmx new.tmx -o all.tmx
    """
    from aligner.memory import Keep, check_place, open_tmx, write_tmx
    from aligner.memory import merge as find

    check_place(output)
    head, units = open_tmx(memories[0])
    found = find(chain(units, *(open_tmx(path)[1] for path in memories[1:])), Keep(keep.value))
    stream = chain.from_iterable(open_tmx(path)[1] for path in memories)
    write_tmx(found.units(stream), output, head)
    if not quiet:
        say(f"{found.read} units read, {found.read - found.written} duplicates left out")

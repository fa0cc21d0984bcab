"""`aligner tm diff`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from aligner.cli import options
from aligner.cli.console import say, show, show_json

if TYPE_CHECKING:
    from aligner.memory.diff import Difference, Opener

_DIFFERENT = 1


def diff(
    old: options.Memory,
    new: options.Memory,
    source_lang: options.PickSource = "",
    target_lang: options.PickTarget = "",
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Show the units that differ between two memories: added, removed or changed.

    As with diff, the exit status is 0 if they are the same and 1 if they differ.

    Example: aligner tm diff old.tmx new.tmx
    """
    from aligner.memory import open_units
    from aligner.memory.diff import compare

    options.refuse_pipes((old, new))

    def opener(path: Path) -> Opener:
        return lambda: open_units(path, source_lang, target_lang)[1]

    kinds: Counter[str] = Counter()
    for difference in compare(opener(old), opener(new)):
        kind = _kind(difference)
        kinds[kind] += 1
        if as_json:
            show_json(_as_json(kind, difference), indent=None)
        else:
            _show(difference)
    if not quiet:
        say(", ".join(f"{kinds[kind]} {kind}" for kind in ("added", "removed", "changed")))
    if kinds:
        raise typer.Exit(_DIFFERENT)


def _kind(difference: Difference) -> str:
    if difference.old is None:
        return "added"
    return "removed" if difference.new is None else "changed"


def _as_json(kind: str, difference: Difference) -> dict[str, str]:
    either = difference.old or difference.new
    row = {"type": kind, "source": either.source if either else ""}
    if difference.old is not None:
        row["old"] = difference.old.target
    if difference.new is not None:
        row["new"] = difference.new.target
    return row


def _show(difference: Difference) -> None:
    either = difference.old or difference.new
    if either is None:
        return
    show(f"  {either.source}")
    if difference.old is not None:
        show(f"- {difference.old.target}")
    if difference.new is not None:
        show(f"+ {difference.new.target}")

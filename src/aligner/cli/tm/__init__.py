"""`aligner tm`: one file a command."""

from __future__ import annotations

import typer

from aligner.cli.switches import Command, Group
from aligner.cli.tm.contents import documents, export, history, remove
from aligner.cli.tm.convert import convert
from aligner.cli.tm.diff import diff
from aligner.cli.tm.filter import filter_memory
from aligner.cli.tm.import_ import import_files
from aligner.cli.tm.leverage import leverage
from aligner.cli.tm.merge import merge
from aligner.cli.tm.search import search
from aligner.cli.tm.stats import stats
from aligner.cli.tm.validate import validate

tm = typer.Typer(
    cls=Group,
    help="Merge, filter, check, convert, compare and search translation memories.",
    epilog="Example: aligner tm search memory.db 劳动保障",
    no_args_is_help=True,
)
tm.command(cls=Command)(merge)
tm.command("filter", cls=Command)(filter_memory)
tm.command(cls=Command)(stats)
tm.command(cls=Command)(validate)
tm.command(cls=Command)(convert)
tm.command(cls=Command)(diff)
tm.command("import", cls=Command)(import_files)
tm.command(cls=Command)(search)
tm.command(cls=Command)(documents)
tm.command(cls=Command)(history)
tm.command(cls=Command)(remove)
tm.command(cls=Command)(export)
tm.command(cls=Command)(leverage)


@tm.callback()
def about() -> None:
    """Merge, filter, check, convert, compare and search translation memories."""

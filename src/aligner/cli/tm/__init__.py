"""`aligner tm`: one file a command."""

from __future__ import annotations

import typer

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

tm = typer.Typer(help="Translation memories.", no_args_is_help=True)
tm.command()(merge)
tm.command("filter")(filter_memory)
tm.command()(stats)
tm.command()(validate)
tm.command()(convert)
tm.command()(diff)
tm.command("import")(import_files)
tm.command()(search)
tm.command()(documents)
tm.command()(history)
tm.command()(remove)
tm.command()(export)
tm.command()(leverage)


@tm.callback()
def about() -> None:
    """Translation memories: merge, clean, check, convert, compare and search them."""

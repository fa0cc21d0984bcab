"""`aligner tm`: one file a command."""

from __future__ import annotations

import typer

from aligner.cli.tm.contents import documents, export, history, remove
from aligner.cli.tm.import_ import import_
from aligner.cli.tm.leverage import leverage
from aligner.cli.tm.merge import merge
from aligner.cli.tm.search import search

tm = typer.Typer(help="Translation memories.", no_args_is_help=True)
tm.command()(merge)
tm.command("import")(import_)
tm.command()(search)
tm.command()(documents)
tm.command()(history)
tm.command()(remove)
tm.command()(export)
tm.command()(leverage)


@tm.callback()
def about() -> None:
    """Translation memories: merge, clean, check and compare them."""

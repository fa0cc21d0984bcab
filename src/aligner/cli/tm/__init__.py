"""`aligner tm`: one file a command."""

from __future__ import annotations

import typer

from aligner.cli.tm.merge import merge

tm = typer.Typer(help="Translation memories.", no_args_is_help=True)
tm.command()(merge)


@tm.callback()
def about() -> None:
    """Translation memories: merge, clean, check and compare them."""

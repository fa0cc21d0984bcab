"""`aligner models`."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from aligner.cli import options
from aligner.embedding import DEFAULT_MODEL, available_models

models = typer.Typer(help="The embedding models.", no_args_is_help=True)


@models.callback()
def about() -> None:
    """The embedding models."""


@models.command("list")
def list_models(as_json: options.Json = False) -> None:
    """List the models that need no download.

    Example: aligner models list
    """
    if as_json:
        print(json.dumps([asdict(info) for info in available_models()], indent=2))
        return
    for info in available_models():
        default = "  (default)" if info.name == DEFAULT_MODEL else ""
        print(f"{info.name}{default}")
        print(f"  {info.summary}")
        print(f"  {info.dimension} dimensions, {info.licence}, languages: {info.languages}")

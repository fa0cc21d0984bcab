"""Who is told how far the work has come: one protocol for all of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

_Item = TypeVar("_Item")


class Progress(Protocol):
    """Follows work that takes long; the command line shows it as bars."""

    def stage(self, name: str, /) -> None:
        """A stage of the work, such as "aligning", begins."""

    def track(self, items: Iterable[_Item], doing: str, /) -> Iterable[_Item]:
        """The same items in the same order, counted as they pass."""


class _Silent:
    def stage(self, name: str, /) -> None:
        """Say nothing."""

    def track(self, items: Iterable[_Item], _: str, /) -> Iterable[_Item]:
        """The items as they are."""
        return items


SILENT: Progress = _Silent()

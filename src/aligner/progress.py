"""The progress protocol."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

_Item = TypeVar("_Item")


class Progress(Protocol):
    """Receives the progress of long work; the command line shows it as bars."""

    def stage(self, name: str, /) -> None:
        """A stage of the work, such as "aligning", begins."""

    def track(self, items: Iterable[_Item], doing: str, /) -> Iterable[_Item]:
        """Yield the same items in the same order, counting them."""


class _Silent:
    def stage(self, name: str, /) -> None:
        """Show nothing."""

    def track(self, items: Iterable[_Item], _: str, /) -> Iterable[_Item]:
        """Yield the items."""
        return items


SILENT: Progress = _Silent()

"""Standard streams that are closed, or whose encoding has no Chinese."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress


def open_streams() -> None:
    r"""Have all three standard streams there, and one that takes all characters.

    A file that is opened later never takes the place of a stream that was closed. What is read
    from closed standard input, or written to closed standard output, is refused by the system;
    messages to closed standard error are lost. A character that the encoding of standard output
    lacks is written as `\u4e2d`, which JSON reads back.
    """
    for name, mode, access in (
        ("stdin", "r", os.O_WRONLY),
        ("stdout", "w", os.O_RDONLY),
        ("stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, access)
            # Open to the end, as the standard streams are.
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def give_up_output() -> None:
    """Forget what standard output has not taken, which the end of the process would try again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

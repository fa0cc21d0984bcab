"""The command line app, and how errors are reported."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from aligner import __version__
from aligner.cli.align import align
from aligner.cli.batch import batch
from aligner.cli.console import say, show
from aligner.cli.evaluate import evaluate
from aligner.cli.models import models
from aligner.cli.review import review
from aligner.cli.segment import segment
from aligner.cli.streams import give_up_output, open_streams
from aligner.cli.switches import Command, Group
from aligner.cli.tm import tm
from aligner.errors import AlignerError, reason_of, unwritable
from aligner.printable import printable_name

_UNUSABLE, _DEFECT = 3, 70  # the second as in sysexits.h

app = typer.Typer(
    cls=Group,
    name="aligner",
    help="Turn mixed Chinese/English documents into translation memories.",
    epilog="Example: aligner align note.txt -o note.tmx",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(cls=Command)(align)
app.command(cls=Command)(batch)
app.command(cls=Command)(segment)
app.command(cls=Command)(evaluate)
app.command(cls=Command)(review)
app.add_typer(models, name="models")
app.add_typer(tm, name="tm")


def _show_version(wanted: bool) -> None:
    if wanted:
        show(f"aligner {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
) -> None:
    """Options before the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    0 done; 1 `tm diff` found differences; 2 wrong usage; 3 an input, output or model can't be
    used; 4 a batch finished with failures; 70 a bug in aligner; 130 interrupted; 141 broken pipe.
    """
    open_streams()
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    debug = "--debug" in arguments
    try:
        status = app(list(arguments), standalone_mode=False)
        _flush()
    except TyperException as exc:
        return _usage(exc)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except (BrokenPipeError, SystemExit) as exc:
        # Typer makes exit status 1 of a broken pipe, and others of what the shell asks of it.
        if isinstance(exc, SystemExit) and exc.code != 1:
            raise
        # The reader of a pipe went away: nothing more to say, to nobody.
        give_up_output()
        return 141
    except Exception as exc:
        if debug:
            raise
        return _fail(*_describe(exc))
    return status if isinstance(status, int) else 0


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise unwritable("standard output", exc) from exc


def _usage(exc: TyperException) -> int:
    context = getattr(exc, "ctx", None)
    message = exc.format_message().rstrip(".")
    if context is None or not message:
        # For a command without arguments, the help has been shown.
        if message:
            say(message)
        return 2
    see = " See" if message.endswith("?") else "; see"
    return _fail(f"{message}{see} `{context.command_path} --help`", 2)


def _describe(exc: Exception) -> tuple[str, int]:
    """The message for an error, and the exit status."""
    if isinstance(exc, AlignerError):
        return str(exc), exc.exit_status
    if isinstance(exc, MemoryError):
        return "not enough memory; process less at a time", _UNUSABLE
    if isinstance(exc, OSError):
        # An error without a file name comes from standard output, full or closed.
        place = printable_name(str(exc.filename or "standard output"))
        return f"{place}: can't be used ({reason_of(exc)})", _UNUSABLE
    what = f"{type(exc).__name__}: {exc}"
    return f"unexpected {what}; run with --debug for the traceback, and report it", _DEFECT


def _fail(message: str, status: int) -> int:
    say("aligner: " + " ".join(message.split()))
    try:
        sys.stdout.flush()
    except OSError:
        give_up_output()
    return status

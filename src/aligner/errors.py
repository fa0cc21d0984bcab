"""The errors that aligner raises, all below one root.

    AlignerError
    ├── UsageError          the call itself is wrong: exit status 2
    │   └── StepError       a step of a review that can't be taken where it was asked for
    └── InputError          what was given can't be used: exit status 3
        ├── ReadError       a file that is missing, unreadable, empty or not text
        ├── LanguageError   a document that lacks one of the two languages
        ├── TranslationError two texts that don't translate each other
        ├── ModelError      an embedding model that is unknown, broken or not installed
        ├── FormatError     a memory, bead or gold file that breaks its format
        └── OutputError     a place that can't be written

Every message is one line that says what is wrong, where, and what to do.
"""

from __future__ import annotations

from aligner.printable import printable_name

DISTRIBUTION = "aligner-tm"  # what the package is called in indexes, where another has its name


def needs_extra(what: str, extra: str) -> str:
    """The message where `what`, such as "XLSX needs openpyxl", takes an extra of this package."""
    return f"{what}; run: pip install '{DISTRIBUTION}[{extra}]'"


class AlignerError(Exception):
    """Root of every error that aligner raises on purpose."""

    exit_status = 3


class UsageError(AlignerError):
    """The call is wrong, whatever the input holds."""

    exit_status = 2


class StepError(UsageError):
    """A step of a review can't be taken; the message is a key that the page has words for."""


class InputError(AlignerError):
    """What was given can't be used."""


class ReadError(InputError):
    """A document can't be read."""


class LanguageError(InputError):
    """A document lacks one of the two languages, or they can't be told apart."""


class TranslationError(InputError):
    """Two texts are no translations of each other."""


class ModelError(InputError):
    """An embedding model is unknown, broken or not installed."""


class FormatError(InputError):
    """A file breaks the format that its name promises."""


class OutputError(InputError):
    """The output can't be written where it was asked for."""


def unreadable(place: object, cause: Exception) -> ReadError:
    """The error for a file that the system doesn't give."""
    place = printable_name(str(place))
    if isinstance(cause, FileNotFoundError):
        return ReadError(f"{place}: no such file; check the path")
    if isinstance(cause, IsADirectoryError):
        return ReadError(f"{place}: this is a folder; give a file")
    check = "; check its permissions" if isinstance(cause, PermissionError) else ""
    return ReadError(f"{place}: can't be read ({reason_of(cause)}){check}")


def unwritable(place: object, cause: Exception) -> OutputError:
    """The error for a file that the system doesn't take."""
    return OutputError(f"{printable_name(str(place))}: can't be written ({reason_of(cause)})")


def reason_of(cause: Exception) -> str:
    """What the system says of an error, on one line."""
    return getattr(cause, "strerror", None) or " ".join(str(cause).split())

"""Bounds that every reader keeps to, since any file may be damaged or hostile."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager

from aligner.errors import AlignerError, FormatError, InputError

# A reader in a process of its own: of address space in bytes, of processor time in seconds.
MAX_MEMORY = 3 * 2**30
_SECONDS, _SECONDS_A_MEBIBYTE, _MOST_SECONDS = 45, 10, 300

# Documents.
MAX_DOCUMENT = 128 * 2**20  # bytes, and characters that are read out of one
MAX_MARKUP = 32 * 2**20  # bytes of HTML or Markdown
MAX_TAGS = 500_000  # of a web page
MAX_PAGES = 5000
MAX_PIXELS = 150_000_000  # of a picture
MAX_PAGE_PIXELS = 18_000_000  # that a page is read at: A3 at 300 dots an inch
PAGE_SECONDS = 60  # of processor time, for each page that is a picture
MAX_PARTS = 64 * 2**20  # bytes of the text that is packed in a document

# Memories, which are read unit by unit, and alignments, which are held whole.
MAX_LINE = 2**24  # characters of a line, or of a unit in XML
MAX_ALIGNMENT = 2**29  # characters
MAX_BEADS = 2**23  # of a bead file, its sentences counted too
MAX_ROWS, MAX_COLUMNS = 1_048_576, 1024  # of a sheet

# What text unpacks to: real memories shrink to a tenth, only emptiness to a thousandth.
_MAX_RATIO = 100
_UNPACKED = 8 * 2**20  # bytes that anything may unpack to

# The encodings of text that Python knows, but for those that are no encodings of text, take
# time that grows with the square, or keep ASCII from being ASCII.
_ENCODINGS = {
    "ascii", "utf-8", "utf-8-sig", "gb18030", "hz", "big5", "big5hkscs", "cp950",
    "shift_jis", "shift_jis_2004", "cp932", "euc_jp", "euc_jis_2004", "iso2022_jp",
    "euc_kr", "cp949", "johab", "iso2022_kr", "koi8-r", "koi8-u", "tis-620",
    "cp437", "cp850", "cp852", "cp866", "cp874", "mac-roman", "mac-cyrillic",
    *(f"iso8859-{k}" for k in range(1, 17) if k != 12),
    *(f"cp{k}" for k in range(1250, 1259)),
}  # fmt: skip
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}  # what pages call the one is often the other


def text_encoding(name: str) -> str | None:
    """Python's name for an encoding that a file declares, None for one that is not known."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = _WIDER.get(found, found)
    return found if found in _ENCODINGS else None


def most_seconds(size: int) -> int:
    """Processor time that a file of so many bytes may take in a process of its own."""
    return min(_SECONDS + (size * _SECONDS_A_MEBIBYTE >> 20), _MOST_SECONDS)


def check_unpacked(name: object, packed: int, unpacked: int) -> None:
    """Raise FormatError if so many packed bytes unpack to more than text ever does."""
    if unpacked > max(_UNPACKED, _MAX_RATIO * packed):
        raise FormatError(
            f"{name}: unpacks to over {unpacked >> 20} MiB, {_MAX_RATIO} times its size, as no "
            "text does; if it is real, unpack it first"
        )


@contextmanager
def exhaustion(name: object, error: type[InputError]) -> Iterator[None]:
    """What a file does to memory or to the stack, as an error of one line."""
    try:
        yield
    except MemoryError as exc:
        raise error(f"{name}: needs more memory than is available; split it first") from exc
    except RecursionError as exc:
        raise error(f"{name}: nested too deeply; check the file") from exc


@contextmanager
def damage(name: object, what: str, advice: str, error: type[InputError]) -> Iterator[None]:
    """Whatever a library lets through of a damaged file, as an error of one line.

    `what` is the kind of file, such as "an RTF file", `advice` what to do.
    """
    try:
        yield
    except (AlignerError, MemoryError, RecursionError):
        raise
    except Exception as exc:
        reason = " ".join(str(exc).split())[:120] or type(exc).__name__
        raise error(f"{name}: not {what} that can be read ({reason}); {advice}") from exc

"""Reading a file's text as a stream, whatever its encoding, packed or not."""

from __future__ import annotations

import codecs
import gzip
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from aligner.byte_order import byte_order_mark
from aligner.errors import FormatError, unreadable
from aligner.memory.output import STANDARD_OUTPUT

_CHUNK = 1 << 16
_WITHOUT_BOM = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']""")


class TextSource:
    """The text of a file in pieces, without its byte order mark; `-` is standard input.

    The encoding is that of the byte order mark, or else the one that an XML declaration
    names, or else UTF-8. Raises ReadError, and FormatError with the line at which the bytes
    are not of the encoding.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = path
        self.encoding = ""
        self.has_bom = False

    def __iter__(self) -> Iterator[str]:
        try:
            with open_bytes(self.path) as file:
                yield from self._decoded(file)
        except (EOFError, gzip.BadGzipFile, zlib.error) as exc:
            raise FormatError(f"{self.path}: the gzip data are cut off or damaged") from exc
        except OSError as exc:
            raise unreadable(self.path, exc) from exc

    def _decoded(self, file: BinaryIO) -> Iterator[str]:
        data = file.read(_CHUNK)
        mark, self.encoding = _encoding(data)
        self.has_bom = mark > 0
        try:
            decoder = codecs.getincrementaldecoder(self.encoding)()
        except LookupError as exc:
            raise FormatError(
                f"{self.path}: line 1: the encoding {self.encoding} is not known; save it as UTF-8"
            ) from exc
        data = data[mark:]
        line = 1
        while data:
            following = file.read(_CHUNK)
            try:
                text = decoder.decode(data, not following)
            except UnicodeDecodeError as exc:
                good = exc.object[: exc.start].decode(self.encoding, "replace")
                raise FormatError(
                    f"{self.path}: line {line + good.count(chr(10))}: not {self.encoding}, as it "
                    "should be; save the file as UTF-8"
                ) from exc
            line += text.count("\n")
            yield text
            data = following


def lines_of(path: str | Path) -> Iterator[str]:
    """The lines of a text file, packed or not, without their ends."""
    rest: list[str] = []
    for text in TextSource(path):
        first, *others = text.split("\n")
        rest.append(first)
        if others:
            *lines, last = "".join(rest), *others
            yield from (line.removesuffix("\r") for line in lines)
            rest = [last]
    if any(rest):
        yield "".join(rest)


@contextmanager
def open_bytes(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file, `-` for standard input, unpacked where it is gzip; raises OSError."""
    with ExitStack() as stack:
        standard_input = str(path) == STANDARD_OUTPUT
        file = sys.stdin.buffer if standard_input else stack.enter_context(Path(path).open("rb"))
        packed = cast("BufferedReader", file).peek(2)[:2] == b"\x1f\x8b"
        yield cast("BinaryIO", stack.enter_context(gzip.open(file)) if packed else file)


def _encoding(data: bytes) -> tuple[int, str]:
    """Length of the byte order mark, and the encoding."""
    mark, encoding = byte_order_mark(data)
    if mark:
        return mark, encoding
    for start, encoding in _WITHOUT_BOM:
        if data.startswith(start):
            return 0, encoding
    declared = _DECLARED.match(data.lstrip()[:200])
    name = declared[1].decode().lower() if declared else "utf-8"
    # What reads as ASCII so far can't be UTF-16 or UTF-32, whatever it says.
    return 0, "utf-8" if re.match(r"utf-?(16|32)|ucs|iso-10646", name) else name

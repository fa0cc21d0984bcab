"""Reading a file's text as a stream, whatever its encoding, packed or not."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from aligner.bounds import MAX_LINE, check_unpacked, text_encoding
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
        except OSError as exc:
            raise unreadable(self.path, exc) from exc

    def _decoded(self, file: BinaryIO) -> Iterator[str]:
        data = file.read(_CHUNK)
        mark, self.encoding = self._encoding(data)
        self.has_bom = mark > 0
        decoder = codecs.getincrementaldecoder(self.encoding)()
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

    def _encoding(self, data: bytes) -> tuple[int, str]:
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
        if re.match(r"utf-?(16|32)|ucs|iso-10646", name):
            return 0, "utf-8"
        known = text_encoding(name)
        if known is None:
            raise FormatError(
                f"{self.path}: line 1: unknown encoding {name}; save the file as UTF-8"
            )
        return 0, known


def lines_of(path: str | Path) -> Iterator[str]:
    """The lines of a text file, packed or not, without their ends.

    Raises like `TextSource`, and FormatError for a line of over 16 Mi characters.
    """
    rest: list[str] = []
    size = 0  # of the rest
    for text in TextSource(path):
        first, *others = text.split("\n")
        rest.append(first)
        size = len(others[-1]) if others else size + len(first)
        if size > MAX_LINE:
            raise FormatError(f"{path}: a line of over {MAX_LINE >> 20} Mi characters; check it")
        if others:
            *lines, last = "".join(rest), *others
            yield from (line.removesuffix("\r") for line in lines)
            rest = [last]
    if any(rest):
        yield "".join(rest)


@contextmanager
def open_bytes(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file, `-` for standard input, unpacked where it is gzip.

    Raises OSError, and FormatError for gzip data that are damaged or unpack to too much.
    """
    with ExitStack() as stack:
        standard_input = str(path) == STANDARD_OUTPUT
        file = sys.stdin.buffer if standard_input else stack.enter_context(Path(path).open("rb"))
        packed = cast("io.BufferedReader", file).peek(2)[:2] == b"\x1f\x8b"
        if packed:
            file = cast("io.BufferedReader", io.BufferedReader(_Unpacked(file, path)))
        try:
            yield cast("BinaryIO", file)
        except (EOFError, gzip.BadGzipFile, zlib.error) as exc:
            raise FormatError(f"{path}: the gzip data is truncated or damaged") from exc


class _Unpacked(io.RawIOBase):
    """What gzip data unpack to, unless that is more than text ever does."""

    def __init__(self, file: IO[bytes], path: str | Path) -> None:
        self._packed = _Counted(file)
        self._file = gzip.GzipFile(fileobj=cast("BinaryIO", self._packed))
        self._path = path
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read1(len(buffer))
        buffer[: len(data)] = data
        self._size += len(data)
        check_unpacked(self._path, self._packed.size, self._size)
        return len(data)


class _Counted:
    """A file that counts what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.size += len(data)
        return data

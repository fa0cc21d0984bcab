"""Files of one sentence a line, of any length: lines stay on the disk until asked for."""

from __future__ import annotations

import codecs
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, overload

from aligner.bounds import MAX_DOCUMENT
from aligner.errors import ReadError
from aligner.reading.characters import clean
from aligner.reading.documents import read_document
from aligner.reading.forms import form_of
from aligner.spacing import is_blank


class FileLine(NamedTuple):
    """A line of a file, cleaned, and the place of its first character in the text of all lines."""

    text: str
    start: int


class LineFile(Sequence[FileLine]):
    """The lines of a file, blank ones too, the last one with or without a line end.

    Text in UTF-8, in which line feeds alone end a line, is of any size and takes 17 bytes of
    memory a line; a file in another encoding is read as a document and held whole. `full` has 1
    for each line that is not blank. Raises ReadError for a file that is missing, unreadable,
    empty, of another format, or changes meanwhile.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.full = bytearray()
        self._starts = array("q")  # in the text, in characters
        self._places = array("q")  # in the file, in bytes
        self._state = self._look()
        self._whole: list[str] | None = None
        if not self._index(self._in_utf8()):
            # Another encoding, other line ends, or no file at all, which is told here.
            self._places = array("q")
            self._whole = read_document(self.path).text.removesuffix("\n").split("\n")
            self._index(iter(self._whole))
        if not any(self.full):
            raise ReadError(f"{self.path}: the file is empty; give one that holds text")

    def __len__(self) -> int:
        return len(self.full)

    @overload
    def __getitem__(self, place: int) -> FileLine: ...

    @overload
    def __getitem__(self, place: slice) -> list[FileLine]: ...

    def __getitem__(self, place: int | slice) -> FileLine | list[FileLine]:
        if isinstance(place, slice):
            return self.read(range(len(self))[place])
        return self.read([range(len(self))[place]])[0]

    def read(self, numbers: Iterable[int]) -> list[FileLine]:
        """The lines of these numbers, from 0."""
        if self._whole is not None:
            return [FileLine(self._whole[k], self._starts[k]) for k in numbers]
        found = []
        try:
            with self.path.open("rb") as file:
                if self._look() != self._state:
                    raise ReadError(f"{self.path}: changed while it was read; try again")
                for k in numbers:
                    file.seek(self._places[k])
                    found.append(FileLine(_clean(file.readline().decode()), self._starts[k]))
        except (OSError, UnicodeDecodeError) as exc:
            raise ReadError(f"{self.path}: can't be read any more ({exc})") from exc
        return found

    def _look(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0
        return found.st_size, found.st_mtime_ns

    def _index(self, lines: Iterator[str]) -> bool:
        """Note where lines are; False where they can't be told apart here."""
        start = 0
        try:
            for line in lines:
                self.full.append(not is_blank(line))
                self._starts.append(start)
                start += len(line) + 1
        except (OSError, UnicodeDecodeError):
            del self.full[:], self._starts[:]
        return bool(self.full)

    def _in_utf8(self) -> Iterator[str]:
        """The lines of a file in UTF-8; raises UnicodeDecodeError for another one."""
        if not self.path.is_file():
            return
        with self.path.open("rb") as file:
            head = file.read(4096)
            if head.startswith(b"PK") or form_of(head, self.path.name) != "text":
                return
            place = 3 if head.startswith(codecs.BOM_UTF8) else 0
            file.seek(place)
            while raw := file.readline(MAX_DOCUMENT):
                if len(raw) == MAX_DOCUMENT:
                    most = MAX_DOCUMENT >> 20
                    raise ReadError(f"{self.path}: a line of {most} MiB; split it first")
                # Zero bytes are UTF-16; a bare carriage return ends the lines of old Macs.
                if b"\0" in raw or b"\r" in raw.removesuffix(b"\n").removesuffix(b"\r"):
                    raise UnicodeDecodeError("utf-8", raw, 0, 1, "not lines of text in UTF-8")
                self._places.append(place)
                place += len(raw)
                yield _clean(raw.decode())


def _clean(line: str) -> str:
    return clean(line.rstrip("\r\n")).replace("\n", " ")

"""XML as a stream, read as if every file were hostile, which some are.

expat, not lxml, because it tells at which byte an element begins: so the elements that
other tools wrote can be kept as they wrote them.
"""

from __future__ import annotations

import codecs
import gzip
import re
import sys
import zlib
from collections.abc import Generator, Iterator
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast
from xml.parsers import expat

from aligner.errors import FormatError, ReadError
from aligner.memory.output import STANDARD_OUTPUT

_CHUNK = 1 << 16
MAX_SIZE = 1 << 24
MAX_TAGS = 1_000_000
_TAG = r"""<(?:[^"'>]|"[^"]*"|'[^']*')*+>"""
_ONE_TAG = re.compile(_TAG)
_SPECIAL = re.compile("<[!?]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>\s*")
_DECLARED = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']""")


class XmlStream:
    """The elements of one name in a file, as they stand there, one by one.

    expat sees to it that the file is well-formed and takes no entities, declared or used;
    being sure of that, patterns cut it several times faster than calls for each tag could.
    Elements of over 16 Mi characters and a million tags in or between them are refused.

    Attributes:
        outside: attributes of the elements before the first, by name.
        head: what stands there, as it stands, without the XML declaration, up to `body`.
        encoding: the file's.
        has_bom: whether it begins with a byte order mark.

    """

    def __init__(self, path: str | Path, root: str, body: str, entry: str) -> None:
        self.path = path
        self.outside: dict[str, dict[str, str]] = {}
        self.head = ""
        self.encoding = ""
        self.has_bom = False
        self._root, self._body = root, body
        self._head = re.compile(f"{_up_to(body)}{_TAG}", re.DOTALL)
        self._to_entry = re.compile(_up_to(entry), re.DOTALL)
        self._to_end = re.compile(_up_to("/" + entry), re.DOTALL)
        self._end_tag = f"</{entry}>"
        self._line = 1
        self._tags = 0
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._refuse_entity

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Each element with the number of its line; raises ReadError and FormatError."""
        waiting = ""
        try:
            for text in self._text():
                self._parse(text, final=not text)
                waiting += text
                if not self.head:
                    waiting = self._cut_head(waiting)
                if self.head:
                    waiting = yield from self._cut(waiting)
                if len(waiting) > MAX_SIZE or self._tags + waiting.count("<") > MAX_TAGS:
                    raise self.error("more text or tags than a unit can have; check the file")
        except (EOFError, gzip.BadGzipFile, zlib.error) as exc:
            raise FormatError(f"{self.path}: the gzip data are cut off or damaged") from exc
        except OSError as exc:
            raise ReadError(f"{self.path}: can't be read ({exc.strerror or exc})") from exc

    def error(self, message: str, line: int = 0) -> FormatError:
        """An error at a line, or at that of the element at hand."""
        return FormatError(f"{self.path}: line {line or self._line}: {message}")

    def _parse(self, text: str, final: bool) -> None:
        try:
            self._parser.Parse(text, final)
        except expat.ExpatError as exc:
            what = expat.ErrorString(exc.code)
            raise self.error(f"not well-formed XML ({what})", exc.lineno) from exc

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.outside and name != self._root:
            message = f"not {self._root.upper()}: it begins with <{name}>"
            raise self.error(message, self._parser.CurrentLineNumber)
        self.outside.setdefault(name, attributes)
        if name == self._body:
            self._parser.StartElementHandler = None

    def _refuse_entity(self, name: str, *_: object) -> None:
        message = f"XML entities are refused, such as {name}; write the characters instead"
        raise self.error(message, self._parser.CurrentLineNumber)

    def _cut_head(self, text: str) -> str:
        """Take the head off, once it is complete."""
        match = self._head.match(text, 0, text.rfind(">") + 1)
        if match is None:
            return text
        self.head = _DECLARATION.sub("", match[0], count=1)
        self._line += match[0].count("\n")
        return text[match.end() :]

    def _cut(self, text: str) -> Generator[tuple[int, str], None, str]:
        """The complete elements in a text; returns what is left of it."""
        # Behind the last `>` may be half a tag.
        limit = text.rfind(">") + 1
        plain = _SPECIAL.search(text) is None
        end: int | None = 0
        while end is not None:
            position = end
            start = cast("re.Match[str]", self._to_entry.match(text, position, limit)).end()
            self._line += text.count("\n", position, start)
            self._tags += text.count("<", position, start)
            end = self._find_end(text, start, limit, plain)
            if end is not None:
                yield self._line, text[start:end]
                self._line += text.count("\n", start, end)
        return text[start:]

    def _find_end(self, text: str, start: int, limit: int, plain: bool) -> int | None:
        """Where the element that begins at `start` ends, when that is to be seen yet."""
        found = text.find(self._end_tag, start, limit)
        # In a comment or the like it would be no tag.
        if found > 0 and (plain or _SPECIAL.search(text, start, found) is None):
            return found + len(self._end_tag)
        tag = _ONE_TAG.match(text, start, limit)
        if tag is not None and not tag[0].endswith("/>"):
            inside = cast("re.Match[str]", self._to_end.match(text, tag.end(), limit))
            tag = _ONE_TAG.match(text, inside.end(), limit)
        return tag.end() if tag is not None else None

    def _text(self) -> Iterator[str]:
        """The file decoded, whatever its encoding, without a byte order mark; last ""."""
        lines = 1
        with open_bytes(self.path) as file:
            data = file.read(_CHUNK)
            bom, self.encoding = _encoding(data)
            self.has_bom = bom > 0
            try:
                decoder = codecs.getincrementaldecoder(self.encoding)()
            except LookupError as exc:
                raise self.error(f"the encoding {self.encoding} is not known", 1) from exc
            data = data[bom:]
            while data:
                text = self._decode(decoder, data, lines)
                if text:
                    yield text
                lines += text.count("\n")
                data = file.read(_CHUNK)
            yield self._decode(decoder, b"", lines)

    def _decode(self, decoder: codecs.IncrementalDecoder, data: bytes, lines: int) -> str:
        try:
            return decoder.decode(data, not data)
        except UnicodeDecodeError as exc:
            line = lines + exc.object[: exc.start].decode(self.encoding).count("\n")
            message = f"not {self.encoding}, as it says that it is; save it as UTF-8"
            raise self.error(message, line) from exc


def _up_to(word: str) -> str:
    """Pattern of all before a tag; comments and the like are passed over whole."""
    special = r"!--.*?--|!\[CDATA\[.*?\]\]|\?.*?\?"
    return rf"(?:[^<]++|<(?:{special})>|<(?!{word}[\s/>]|!--|!\[|\?))*+"


def open_bytes(path: str | Path) -> BinaryIO:
    """Open a file, `-` for standard input, unpacked where it is gzip; raises OSError."""
    file = sys.stdin.buffer if str(path) == STANDARD_OUTPUT else Path(path).open("rb")  # noqa: SIM115
    packed = cast("BufferedReader", file).peek(2)[:2] == b"\x1f\x8b"
    return cast("BinaryIO", gzip.open(file)) if packed else file


def _encoding(data: bytes) -> tuple[int, str]:
    """Length of the byte order mark, and the encoding."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return (0 if b"<" in mark else len(mark)), encoding
    declared = _DECLARED.match(data.lstrip()[:200])
    name = declared[1].decode().lower() if declared else "utf-8"
    # What reads as ASCII so far can't be UTF-16 or UTF-32, whatever it says.
    return 0, "utf-8" if re.match(r"utf-?(16|32)|ucs|iso-10646", name) else name

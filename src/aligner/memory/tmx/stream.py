"""A TMX file cut into its `tu` elements, read as if it were hostile, which some files are.

What every unit of most files looks like is cut and taken apart by patterns, several times
faster than by an XML parser; all else is left to parsers. Well-formedness is not taken on
trust: the patterns match nothing that is not well-formed.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple, cast
from xml.parsers import expat

from aligner.errors import FormatError
from aligner.memory.source import TextSource
from aligner.memory.tmx.element import PLAIN, Parts, parse_unit, parts_of_any, parts_of_plain
from aligner.memory.units import FORBIDDEN

MAX_SIZE = 1 << 24
MAX_TAGS = 10_000
_SPECIAL = r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_TAG = r"""<(?:[^"'<>]|"[^"<]*"|'[^'<]*')*+>"""
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>\s*")
_LEGAL = bytes({*range(0x20, 0x100), 0x09, 0x0A, 0x0D})


def _up_to(tag: str) -> str:
    """Pattern of all before a tag; comments and the like are passed over whole."""
    return rf"(?:[^<]++|{_SPECIAL}|<(?!{tag}[\s/>]|!--|!\[|\?))*+"


_HEAD = re.compile(f"{_up_to('body')}{_TAG}", re.DOTALL)
_GAP = re.compile(rf"(?:\s++|{_SPECIAL})*+", re.DOTALL)
_START = re.compile(rf"(?=<tu[\s/>]){_TAG}")
_REST = re.compile(f"{_up_to('/tu')}{_TAG}", re.DOTALL)
_FOOT = re.compile(rf"(?:\s++|{_SPECIAL}|</body\s*>|</tmx\s*>)*+", re.DOTALL)


class Entry(NamedTuple):
    """A `tu`: the line on which it begins, comments before it, its text, and what it is made of."""

    line: int
    comments: str
    element: str
    parts: Parts


class TmxStream:
    """The units of a TMX file, one by one.

    Entities, declared or used, and units of over 16 Mi characters or 10,000 tags are
    refused; external references are never followed.

    Attributes:
        source: the text of the file, its encoding and byte order mark.
        head: what stands before the units, as it stands, without the XML declaration.
        head_line: number of its first line.
        outside: attributes of the elements there, by name, such as `header`.
        namespaces: those that declare prefixes, as they are written.

    """

    def __init__(self, path: str | Path) -> None:
        self.source = TextSource(path)
        self.head = ""
        self.head_line = 1
        self.outside: dict[str, dict[str, str]] = {}
        self._line = 1
        self.namespaces = ""
        # Reads what stands around the units, and tells what is wrong with a file.
        self._parser = parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.StartNamespaceDeclHandler = self._start_namespace
        parser.StartElementHandler = self._start
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._refuse_entity

    def __iter__(self) -> Iterator[Entry]:
        """Each unit; raises ReadError, and FormatError with the line."""
        waiting = ""
        for text in self.source:
            waiting += text
            self._check_characters(text, waiting)
            if not self.head:
                waiting = self._cut_head(waiting)
            if self.head:
                waiting = yield from self._cut(waiting)
            if len(waiting) > MAX_SIZE or waiting.count("<") > MAX_TAGS:
                self._parse(waiting)
                raise self.error("the unit has too much text or too many tags; check the file")
        self._parse(waiting, final=True)
        if not _FOOT.fullmatch(waiting):
            raise self.error("expected a translation unit or the end of the file; check the file")

    def error(self, message: str, line: int = 0) -> FormatError:
        """An error at a line, or at the line at hand."""
        return FormatError(f"{self.source.path}: line {line or self._line}: {message}")

    def _parse(self, text: str, final: bool = False) -> None:
        """Read what is not a unit; raises FormatError."""
        before = self._line - self._parser.CurrentLineNumber
        try:
            self._parser.Parse(text, final)
        except expat.ExpatError as exc:
            what = expat.ErrorString(exc.code)
            raise self.error(f"not well-formed XML ({what})", before + exc.lineno) from exc

    def _start_namespace(self, prefix: str | None, uri: str | None) -> None:
        if not self.outside and prefix:
            self.namespaces += f' xmlns:{prefix}="{escape(uri or "")}"'

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.outside and _as_written(name) != "tmx":
            line = self._parser.CurrentLineNumber
            raise self.error(f"not TMX: the file begins with <{_as_written(name)}>", line)
        written = {_as_written(key): value for key, value in attributes.items()}
        self.outside.setdefault(_as_written(name), written)

    def _refuse_entity(self, name: str, *_: object) -> None:
        message = f"XML entities are refused, such as {name}; write the characters instead"
        raise self.error(message, self._parser.CurrentLineNumber)

    def _check_characters(self, new: str, waiting: str) -> None:
        """Refuse what XML forbids in the text that was added last."""
        if new.encode().translate(None, _LEGAL) or "\ufffe" in new or "\uffff" in new:
            place = cast("re.Match[str]", FORBIDDEN.search(waiting)).start()
            message = f"the character U+{ord(waiting[place]):04X}, which XML forbids; remove it"
            raise self.error(message, self._line + waiting.count("\n", 0, place))

    def _cut_head(self, text: str) -> str:
        """Take the head off, once it is complete."""
        match = _HEAD.match(text, 0, text.rfind(">") + 1)
        if match is None:
            return text
        self._parse(match[0])
        if "body" not in self.outside:
            self._parse("", final=True)
            raise self.error("the body is in the wrong place")
        self.head = _DECLARATION.sub("", match[0], count=1)
        self.head_line = 1 + match[0].count("\n") - self.head.count("\n")
        self._line += match[0].count("\n")
        return text[match.end() :]

    def _cut(self, text: str) -> Generator[Entry, None, str]:
        """The complete units in a text; returns what is left of it."""
        position = 0
        while True:
            start = cast("re.Match[str]", _GAP.match(text, position)).end()
            comments = text[position:start].strip()
            if comments:
                self._parse(text[position:start])
            self._line += text.count("\n", position, start)
            match = PLAIN.match(text, start)
            parts = parts_of_plain(match) if match else None
            if match and parts:
                position = match.end()
            else:
                end = _end(text, start)
                if end is None:
                    return text[start:]
                parts = self._parts(text[start:end])
                position = end
            yield Entry(self._line, comments, text[start:position], parts)
            self._line += text.count("\n", start, position)

    def _parts(self, element: str) -> Parts:
        from lxml import etree

        try:
            return parts_of_any(parse_unit(element, self.namespaces))
        except RecursionError as exc:
            raise self.error("inline elements nested too deeply; check the file") from exc
        except etree.XMLSyntaxError as exc:
            line = self._line + (exc.lineno or 1) - 1
            what = " ".join(re.sub(", line .*", "", exc.msg).split())
            raise self.error(f"not well-formed XML ({what})", line) from exc


def _as_written(name: str) -> str:
    """A name with its prefix, from its namespace, local name and prefix as the parser has them."""
    parts = name.split(" ")
    return f"{parts[2]}:{parts[1]}" if len(parts) == 3 else parts[-1]


def _end(text: str, start: int) -> int | None:
    """Where the unit that begins at `start` ends, when that is to be seen."""
    tag = _START.match(text, start)
    if tag is None or tag[0].endswith("/>"):
        return tag and tag.end()
    rest = _REST.match(text, tag.end())
    return rest and rest.end()

"""Ways to damage a file."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from random import Random

_CHANGES = (1, 1, 1, 2, 3, 6)  # to one file
_PACKED = ("docx", "xlsx", "odt", "epub", "pptx", "sheet")
_BINARY = (*_PACKED, "pdf", "doc", "parquet", "picture", "tmx.gz")
_TEXTS = (".xml", ".rels", ".xhtml", ".opf")  # the parts of an archive that readers look at
_LONGEST = 400  # bytes of a piece that is moved about
_COPIES = 300
_NUMBER = re.compile(rb"\d+")
_WORD = re.compile(rb"[A-Za-z]{2,}")
_NUMBERS = (
    b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"4294967295", b"1048576000",
    b"99999999999999999999", b"1e308", b"nan", b"9" * 5000,
)  # fmt: skip
_PIECES = (
    b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1f\x8b", b"\xe2\x80\x8b", b"\xc2\xad",
    b"\xe2\x80\xae", b"\xc2\x9b", b"\xed\xa0\x80", b"\xf0\xa0\xae\xb7", b"\r", b"\f", b"\t",
    b"<", b">", b"&", b"&#0;", b"&#8203;", b"&x;", b"]]>", b"<!--", b"-->", b"<![CDATA[", b"<?x?>",
    b'<!DOCTYPE x [<!ENTITY x "y">]>', b'<?xml version="1.0" encoding="punycode"?>',
    b'<meta charset="idna">', b'<meta charset="undefined">', b"<p>&#8203;</p>", b"x:y='z' ",
    b"<div>" * 400, b"<p>a" * 500, b"[" * 5000, b'{"a":' * 2000, b'"', b"\\ud800", b"null",
    b"true", b"[[1]]", b'{"type": "pair"}', b"> " * 500, b"*" * 500, b"`" * 300, b"\n\n",
    b"%PDF-1.7", b"endobj", b"endstream", b"<<" * 300, b"/Kids [1 0 R]", b"PK\x03\x04",
    b"{\\u-1?" * 300, b"{" * 2000, b"\\cell", b"\\row", b"\\bin99", b"\\'d6", b" --> ",
)  # fmt: skip


def mutated(data: bytes, name: str, random: Random) -> bytes:
    """A sound file, damaged in one place or several, outside or in what it packs."""
    inner = random.random() < 0.7
    if name in _PACKED and inner:
        return _in_archive(data, random)
    if name == "tmx.gz" and inner:
        return gzip.compress(_changed(gzip.decompress(data), random), 1)
    if name == "pdf" and inner:
        return _in_streams(data, random)
    data = _changed(data, random)
    if name not in _BINARY and random.random() < 0.7:
        # What is no text any more is refused before any reader of a format sees it.
        return data.decode("utf-8", "ignore").encode()
    return data


def _changed(data: bytes, random: Random) -> bytes:
    for _ in range(random.choice(_CHANGES)):
        change = random.choice((_flip, _number, _cut, _double, _move, _insert, _end, _word))
        data = change(data, random)
    return data


def _in_archive(data: bytes, random: Random) -> bytes:
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = [part for part in old.namelist() if part.endswith(_TEXTS)]
        changed = random.sample(parts, random.randint(1, 2))
        for part in old.namelist():
            if random.random() < 0.01:
                continue
            content = old.read(part)
            new.writestr(part, _changed(content, random) if part in changed else content)
    return out.getvalue()


def _in_streams(data: bytes, random: Random) -> bytes:
    """Change what a PDF's stream unpacks to, whose length and place are wrong then."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.S))
    stream = random.choice(streams)
    with suppress(zlib.error):
        packed = zlib.compress(_changed(zlib.decompress(stream[1]), random))
        return data[: stream.start(1)] + packed + b"\n" + data[stream.end(1) :]
    return data[: stream.start(1)] + _changed(stream[1], random) + data[stream.end(1) :]


def _place(data: bytes, random: Random) -> int:
    return random.randrange(len(data) + 1)


def _piece(data: bytes, random: Random) -> tuple[int, int]:
    start = _place(data, random)
    return start, min(len(data), start + random.randint(1, _LONGEST))


def _flip(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _number(data: bytes, random: Random) -> bytes:
    found = _NUMBER.search(data, _place(data, random))
    if found is None:
        return data
    return data[: found.start()] + random.choice(_NUMBERS) + data[found.end() :]


def _word(data: bytes, random: Random) -> bytes:
    """One word of the file in another one's place: names of elements, members, operators."""
    one, other = (_WORD.search(data, _place(data, random)) for _ in range(2))
    return data[: one.start()] + other[0] + data[one.end() :] if one and other else data


def _cut(data: bytes, random: Random) -> bytes:
    start, stop = _piece(data, random)
    return data[:start] + data[stop:]


def _double(data: bytes, random: Random) -> bytes:
    start, stop = _piece(data, random)
    return data[:start] + data[start:stop] * random.choice((2, 3, _COPIES)) + data[stop:]


def _move(data: bytes, random: Random) -> bytes:
    start, stop = _piece(data, random)
    piece, rest = data[start:stop], data[:start] + data[stop:]
    place = _place(rest, random)
    return rest[:place] + piece + rest[place:]


def _insert(data: bytes, random: Random) -> bytes:
    place = _place(data, random)
    return data[:place] + random.choice(_PIECES) + data[place:]


def _end(data: bytes, random: Random) -> bytes:
    return data[: _place(data, random)] if random.random() < 0.3 else data

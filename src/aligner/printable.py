"""Names and texts as they can be shown and written: valid Unicode, nothing that steers a terminal.

Names of files are bytes: those that are not UTF-8, from archives packed in GBK for example, reach
Python with half characters in place of bytes, which no file or terminal takes.
"""

from __future__ import annotations

import os
import re

# Control characters of ASCII and Latin-1, ends of lines, marks that turn the direction of writing,
# halves of characters. All have four hexadecimal digits, so that JSON with them escaped is JSON.
_TURNS = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_UNSHOWN = re.compile(f"[\x00-\x1f\x7f-\x9f{_TURNS}\ud800-\udfff\ufffe\uffff]")
_UNSHOWN_BUT_LAYOUT = re.compile(_UNSHOWN.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))
# What stands for a byte or a character in a name.
_ESCAPE = re.compile(r"\\(?=x[0-9a-f]{2}|u[0-9a-f]{4})")
_MOST_BYTES = 255  # of a part of a path, on nearly all file systems


def shown(text: str) -> str:
    r"""A text as a terminal may have it: what steers it stands as `\u001b`; tabs, line feeds stay.

    JSON stays the same JSON.
    """
    return _UNSHOWN_BUT_LAYOUT.sub(_coded, text)


def printable_name(name: str) -> str:
    r"""A file's name, or the names on a path, as valid Unicode without control characters.

    Most names are that already. In one that is not UTF-8 every byte beyond ASCII stands as
    `\xd6`: what happens to read as UTF-8 there means something else. Different names never
    become the same, for a backslash that would be taken for one of these stands twice.
    """
    return "/".join(_part(part) for part in name.split("/"))


def _part(name: str) -> str:
    try:
        text = os.fsencode(name).decode()
    except UnicodeDecodeError:
        # The bytes beyond ASCII as characters that no file's name has otherwise.
        raw = os.fsencode(name).decode("ascii", "surrogateescape")
        return _UNSHOWN.sub(_coded_byte, _escaped(raw))
    except UnicodeEncodeError:  # no name of a file, but data
        text = name
    return _UNSHOWN.sub(_coded, _escaped(text))


def _escaped(name: str) -> str:
    return _ESCAPE.sub(r"\\\\", name)


def _coded(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _coded_byte(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code & 0xFF:02x}" if code > 0xDC7F else _coded(match)


def fitting(name: str, more: int = 0) -> str:
    """A path of names, each cut to what file systems take with `more` bytes behind it.

    What is cut off is told by a digest, so that different names stay different.
    """
    from hashlib import sha256

    parts = []
    for part in name.split("/"):
        data = part.encode()
        if len(data) + more > _MOST_BYTES:
            mark = "~" + sha256(data).hexdigest()[:16]
            part = data[: _MOST_BYTES - more - len(mark)].decode(errors="ignore") + mark
        parts.append(part)
    return "/".join(parts)


def on_disk(name: str) -> str:
    """A name as the file system of this machine takes it: the same, where it takes Unicode."""
    return os.fsdecode(name.encode())

"""Error messages for a file of the wrong kind, with the command that accepts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from shlex import quote

# Endings of files that are not named after their format.
ALIASES = {"xlf": "xliff", "htm": "html"}
_HEAD = 4096  # bytes that tell what a file is
# Nothing is matched twice, in however many ways a hostile head could be.
_XML = (
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+"
    rb"(?:<!DOCTYPE[^>]*>\s*+)?"
)
_CODE = rb"[a-zA-Z]{2,3}(?:-\w+)?"


class Kind(Enum):
    """A kind of file that is not a document, by its usual name."""

    DATABASE = "a memory database"
    TMX = "a TMX memory"
    XLIFF = "an XLIFF file"
    SHEET = "a sheet"
    PARQUET = "a Parquet table"
    TABLE = "a table of pairs"
    ALIGNMENT = "an alignment"
    GOLD = "the gold of a note"
    BEADS = "a bead file"
    MANIFEST = "a manifest"


# A kind's first bytes, and the ending that a name must have where the bytes could be a text's.
_FORMS = (
    (Kind.DATABASE, rb"SQLite format 3\0", ""),
    (Kind.TMX, _XML + rb"<tmx[\s>]", ""),
    (Kind.XLIFF, _XML + rb"<xliff[\s>]", ""),
    (Kind.PARQUET, rb"PAR1", ""),
    (Kind.ALIGNMENT, rb'\{"type": ?"document", ?"format":', ""),
    (Kind.GOLD, rb'\{"document": ?"[^"]*", ?"source_lang":', ""),
    (Kind.SHEET, rb"PK\x03\x04", "xlsx"),
    (
        Kind.TABLE,
        rb"%s\t%s(?:\tconfidence\tbead)?\r?\n" % (_CODE, _CODE),
        "tsv",
    ),
    (Kind.BEADS, rb"\s*\[[\d, ]*\] ?: ?\[[\d, ]*\]", "beads"),
    (Kind.MANIFEST, rb"(?:\xef\xbb\xbf)?(?:id,)?(?:document|source,target)(?:,id)?\s*\n", "csv"),
    (Kind.MANIFEST, rb"(?:id\t)?(?:document|source\ttarget)(?:\tid)?\s*\n", "tsv"),
)


def named_format(path: str | Path) -> str:
    """The format that a memory's or an alignment's name ends in, `.gz` aside: xliff for a.xlf.gz.

    An ending that is none is returned as it is, in small letters; "" if there is no ending.
    """
    path = Path(path)
    if path.suffix.lower() == ".gz":
        path = path.with_suffix("")
    ending = path.suffix.removeprefix(".").lower()
    return ALIASES.get(ending, ending)


def names_languages(row: Sequence[str]) -> bool:
    """Whether the first two cells of a sheet's first row are languages, as those of memories."""
    codes = [str(cell).encode() for cell in row[:2]]
    return len(codes) == 2 and all(re.fullmatch(_CODE, code) for code in codes)


def kind_of(data: bytes, name: str) -> Kind | None:
    """Return the kind of a file by its first bytes; None for a document or an unknown kind."""
    named = named_format(name)
    head = data[:_HEAD]
    for kind, form, needed in _FORMS:
        if needed in ("", named) and re.match(form, head, re.S):
            return kind
    return None


def kind_of_file(path: Path) -> Kind | None:
    """Like `kind_of`; None if it is not a regular file or can't be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return kind_of(file.read(_HEAD), path.name)
    except OSError:
        return None


_REVIEW = "to review it: aligner tm {command} {file} -o {tmx}, then: aligner review {tmx}"
_OURS = "to review it: aligner review {file}; to search it: aligner tm import memory.db {file}"
_TAKES = {
    Kind.DATABASE: "to search it: aligner tm search {file} WORDS; "
    + _REVIEW.replace("{command}", "export"),
    Kind.TMX: _OURS,
    Kind.ALIGNMENT: _OURS,
    Kind.GOLD: "to judge alignments by it: aligner evaluate {file} SYSTEM",
    Kind.BEADS: "it holds no text; to judge it: aligner evaluate GOLD {file}",
    Kind.MANIFEST: "for the documents that it lists: aligner batch {file} -o OUT",
}
_WITHOUT_UNITS = (Kind.GOLD, Kind.BEADS, Kind.MANIFEST)


def no_document(kind: Kind, name: str) -> str:
    """Return the message for a file that is not a document."""
    return f"{name}: this is {kind.value}, not a document; {_command(kind, name)}"


def no_memory(path: str | Path) -> str:
    """Return the message for a file that is not a memory database."""
    kind = kind_of_file(Path(path))
    if kind is None:
        return f"{path}: not a memory database; align a document first: {_aligned(path)}"
    if kind in _WITHOUT_UNITS:
        return f"{path}: this is {kind.value}, not a memory database; {_command(kind, path)}"
    file = quote(str(path))
    made = f"aligner tm import memory.db {file}"
    return f"{path}: this is {kind.value}, not a memory database; create one: {made}"


def no_units(path: str | Path) -> str:
    """Return the message for a file that is not a memory."""
    kind = kind_of_file(Path(path))
    if Path(path).is_dir():
        return f"{path}: this is a folder; name the files in it"
    if not Path(path).exists():
        return f"{path}: no such file; check the path"
    if kind in _WITHOUT_UNITS:
        return f"{path}: this is {kind.value}, not a memory; {_command(kind, path)}"
    if kind is not None:
        return f"{path}: this is {kind.value}; give it a name that ends so"
    return (
        f"{path}: not a memory; align a document first: {_aligned(path)}; two files of plain "
        "text, a sentence a line, are converted: aligner tm convert A.zh A.en -o A.tmx"
    )


def no_tmx(kind: Kind, path: str | Path) -> str:
    """Return the message for a file that is not a TMX."""
    file, tmx = quote(str(path)), _tmx(path)
    if kind in _WITHOUT_UNITS:
        return f"{path}: this is {kind.value}, not a TMX; {_command(kind, path)}"
    command = "export" if kind is Kind.DATABASE else "convert"
    return (
        f"{path}: this is {kind.value}, not a TMX; create one: aligner tm {command} {file} -o {tmx}"
    )


def _command(kind: Kind, path: str | Path) -> str:
    take = _TAKES.get(kind, _REVIEW)
    return take.format(command="convert", file=quote(str(path)), tmx=_tmx(path))


def _aligned(path: str | Path) -> str:
    return f"aligner align {quote(str(path))} -o {_tmx(path)}"


def _tmx(path: str | Path) -> str:
    return quote(Path(path).with_suffix(".tmx").name or "memory.tmx")

"""Word documents: paragraphs, tables, text boxes and notes, as their styles tell them apart."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

from aligner.bounds import damage
from aligner.document import BlockKind
from aligner.errors import ReadError
from aligner.reading.archive import open_archive, xml_root
from aligner.reading.docx_body import Body
from aligner.reading.docx_elements import value
from aligner.reading.docx_metadata import docx_metadata
from aligner.reading.docx_styles import Styles
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.tables import Tables

_MAIN = "word/document.xml"
_TYPES = "[Content_Types].xml"
_NOT_NOTES = ("separator", "continuationSeparator", "continuationNotice")


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of a Word document: insertions as accepted, deletions as done, no comments.

    Page margins come first, as running heads, notes last. Numbers that Word makes are no text.
    Raises ReadError for a damaged or encrypted document, one that declares XML entities, or one
    that unpacks to over 64 MiB.
    """
    with (
        damage(name, "a Word document", "save it anew in Word", ReadError),
        open_archive(data, name) as archive,
    ):
        return _read(archive, name)


def _read(archive: zipfile.ZipFile, name: str) -> Extract:
    parts = _parts(archive, name)
    main = xml_root(archive, parts.get("main", [_MAIN])[0], name)
    styles = Styles(*(xml_root(archive, part, name) for part in parts.get("styles", [])[:1]))
    tables = Tables()
    body = Body(styles, tables)
    body.read(main)
    heads: dict[str, None] = {}
    for part in [*parts.get("header", []), *parts.get("footer", [])]:
        margin = Body(styles, Tables())
        margin.read(xml_root(archive, part, name))
        heads |= dict.fromkeys(line for b in margin.blocks for line in b.text.split("\n"))
    running = tuple(TextBlock(line, BlockKind.RUNNING) for line in heads if line.strip())
    notes = _notes(archive, name, parts, body, styles, tables) if body.notes else ()
    blocks = (*body.blocks, *notes)
    return Extract((*running, *blocks) if blocks else (), metadata=docx_metadata(archive))


def _notes(
    archive: zipfile.ZipFile,
    name: str,
    parts: dict[str, list[str]],
    body: Body,
    styles: Styles,
    tables: Tables,
) -> tuple[TextBlock, ...]:
    """The footnotes, then the endnotes, that a body refers to, in the order of reference."""
    found = Body(styles, tables)
    for form in ("footnote", "endnote"):
        known = {
            value(note, "id"): note
            for part in parts.get(f"{form}s", [])
            for note in xml_root(archive, part, name)
            if value(note, "type") not in _NOT_NOTES
        }
        for kind, number in dict.fromkeys(body.notes):
            if kind == form and number in known:
                found.read(known[number], BlockKind.NOTE)
    return tuple(found.blocks)


def _parts(archive: zipfile.ZipFile, name: str) -> dict[str, list[str]]:
    """The names of the parts beside the main one, by kind: main, styles, header, footnotes."""
    found: dict[str, list[str]] = {}
    if _TYPES in archive.namelist():
        for part in xml_root(archive, _TYPES, name).iterchildren("{*}Override"):
            kind = (part.get("ContentType") or "").removesuffix("+xml").rpartition(".")[2]
            found.setdefault(kind, []).append((part.get("PartName") or "").lstrip("/"))
    folder = found.get("main", [_MAIN])[0].rpartition("/")[0]
    return {
        kind: sorted(each for each in names if each.rpartition("/")[0] == folder)
        for kind, names in found.items()
    }

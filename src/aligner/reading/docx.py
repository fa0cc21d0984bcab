"""Word documents: paragraphs, tables, text boxes and notes, as their styles tell them apart."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from aligner.bounds import MAX_DOCX
from aligner.document import BlockKind
from aligner.errors import ReadError
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
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name)
            return _read(archive)
    except etree.XMLSyntaxError as exc:
        if "depth" in str(exc):
            raise ReadError(
                f"{name}: nested too deeply for a document; save it anew in Word"
            ) from exc
        raise _damaged(name, exc) from exc
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, RuntimeError) as exc:
        raise _damaged(name, exc) from exc
    except NotImplementedError as exc:  # a way of packing that zipfile doesn't know
        raise _damaged(name, exc) from exc


def _damaged(name: str, exc: Exception) -> ReadError:
    reason = " ".join(str(exc).split())[:120] or type(exc).__name__
    return ReadError(
        f"{name}: not a Word document that can be read ({reason}); save it anew in Word"
    )


def _check(archive: zipfile.ZipFile, name: str) -> None:
    """Raise ReadError for parts that unpack to too much or declare entities."""
    unpacked = 0  # pictures never are
    for part in archive.infolist():
        if not part.filename.endswith((".xml", ".rels")):
            continue
        unpacked += part.file_size
        if unpacked > MAX_DOCX:
            raise ReadError(
                f"{name}: unpacks to more than {MAX_DOCX >> 20} MiB of text; split it first"
            )
        content = archive.read(part)
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
            raise ReadError(f"{name}: declares XML entities, as no Word document does")


def _read(archive: zipfile.ZipFile) -> Extract:
    parts = _parts(archive)
    main = _root(archive, parts.get("main", [_MAIN])[0])
    styles = Styles(*(_root(archive, part) for part in parts.get("styles", [])[:1]))
    tables = Tables()
    body = Body(styles, tables)
    body.read(main)
    heads: dict[str, None] = {}
    for part in [*parts.get("header", []), *parts.get("footer", [])]:
        margin = Body(styles, Tables())
        margin.read(_root(archive, part))
        heads |= dict.fromkeys(line for b in margin.blocks for line in b.text.split("\n"))
    running = tuple(TextBlock(line, BlockKind.RUNNING) for line in heads if line.strip())
    notes = _notes(archive, parts, body, styles, tables) if body.notes else ()
    blocks = (*body.blocks, *notes)
    return Extract((*running, *blocks) if blocks else (), metadata=docx_metadata(archive))


def _notes(
    archive: zipfile.ZipFile,
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
            for note in _root(archive, part)
            if value(note, "type") not in _NOT_NOTES
        }
        for kind, number in dict.fromkeys(body.notes):
            if kind == form and number in known:
                found.read(known[number], BlockKind.NOTE)
    return tuple(found.blocks)


def _parts(archive: zipfile.ZipFile) -> dict[str, list[str]]:
    """The names of the parts beside the main one, by kind: main, styles, header, footnotes."""
    found: dict[str, list[str]] = {}
    if _TYPES in archive.namelist():
        for part in _root(archive, _TYPES).iterchildren("{*}Override"):
            kind = (part.get("ContentType") or "").removesuffix("+xml").rpartition(".")[2]
            found.setdefault(kind, []).append((part.get("PartName") or "").lstrip("/"))
    folder = found.get("main", [_MAIN])[0].rpartition("/")[0]
    return {
        kind: sorted(name for name in names if name.rpartition("/")[0] == folder)
        for kind, names in found.items()
    }


def _root(archive: zipfile.ZipFile, part: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(archive.read(part), parser)

"""The parts of documents that are ZIP files: Word's, LibreOffice's, slides, electronic books."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aligner.bounds import MAX_PARTS
from aligner.errors import ReadError

_TEXT = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf")  # pictures are never unpacked
_ENCRYPTED = 1
_ENTITIES = re.compile(rb"<!DOCTYPE|<!ENTITY")


@contextmanager
def open_archive(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """The parts of a document, whose texts unpack to 64 MiB at most; raises ReadError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as exc:
        raise ReadError(f"{name}: damaged ({exc}); save it anew, or copy it again") from exc
    with archive:
        texts = [part for part in archive.infolist() if part.filename.lower().endswith(_TEXT)]
        if any(part.flag_bits & _ENCRYPTED for part in texts):
            raise ReadError(f"{name}: encrypted; save it without a password")
        if sum(part.file_size for part in texts) > MAX_PARTS:
            raise ReadError(
                f"{name}: unpacks to more than {MAX_PARTS >> 20} MiB of text; split it first"
            )
        yield archive


def read_part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """A part's content; raises ReadError for one that declares XML entities."""
    content = archive.read(part)
    if _ENTITIES.search(content):
        raise _entities(name)
    return content


def xml_root(archive: zipfile.ZipFile, part: str, name: str) -> Any:
    """The root element of a part in XML; raises ReadError for one that declares entities."""
    return parse_xml(read_part(archive, part, name), name)


def parse_xml(content: bytes, name: str) -> Any:
    """The root element of XML without a document type; raises ReadError for one that has it."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise _entities(name)
    return root


def _entities(name: str) -> ReadError:
    return ReadError(f"{name}: declares XML entities, as no such document does")

"""Electronic books: their chapters in the order of reading, each read as a web page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from aligner.bounds import damage
from aligner.errors import ReadError
from aligner.metadata import Metadata, metadata_of
from aligner.reading.archive import open_archive, parse_xml, xml_root
from aligner.reading.extract import Extract, joined_blocks
from aligner.reading.html import decode_page, extract_markup

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html")


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of an EPUB, each file of it on a page of its own; the contents are left out.

    Raises ReadError for a book that is damaged, encrypted, or unpacks to over 64 MiB.
    """
    with (
        damage(name, "an electronic book", "save it anew as EPUB", ReadError),
        open_archive(data, name) as archive,
    ):
        container = xml_root(archive, "META-INF/container.xml", name)
        place = container.find(".//{*}rootfile").get("full-path")
        package = parse_xml(archive.read(place), name)
        parts = set(archive.namelist())
        chapters = []
        for path in _spine(package, posixpath.dirname(place)):
            if path not in parts:
                raise ReadError(f"{name}: lacks its part {path}; copy the book again")
            content = archive.read(path)
            if content.strip():
                chapters.append(extract_markup(decode_page(content, name), name))
        if not chapters and "META-INF/encryption.xml" in parts:
            raise ReadError(f"{name}: protected against copying; ask for a book without it")
        blocks = joined_blocks(chapter.blocks for chapter in chapters)
        return Extract(blocks, metadata=_metadata(package))


def _spine(package: Any, folder: str) -> Iterator[str]:
    """The parts with text, in the order of reading, without the table of contents."""
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        if "nav" not in (item.get("properties") or "").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _metadata(package: Any) -> Metadata:
    def text(name: str) -> str | None:
        value: str | None = package.findtext(f".//{_DC}{name}")
        return value

    return metadata_of(
        "the book's metadata",
        title=text("title"),
        author=text("creator"),
        date=text("date"),
        language=text("language"),
    )

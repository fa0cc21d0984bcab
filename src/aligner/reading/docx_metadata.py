"""What a Word document says of itself, in its core properties."""

from __future__ import annotations

import zipfile

from aligner.metadata import Metadata, metadata_of

PART = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


def docx_metadata(archive: zipfile.ZipFile) -> Metadata:
    """The core properties, of parts whose size and entities are checked already."""
    from lxml import etree

    if PART not in archive.namelist():
        return Metadata()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(archive.read(PART), parser)
    if root is None:
        return Metadata()
    return metadata_of(
        "document properties",
        title=root.findtext(f"{_DC}title"),
        author=root.findtext(f"{_DC}creator"),
        date=root.findtext(f"{_TERMS}issued"),
        language=root.findtext(f"{_DC}language"),
        created=root.findtext(f"{_TERMS}created"),
    )

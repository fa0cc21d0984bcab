"""Word documents, by way of the HTML that mammoth makes of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from aligner.bounds import damage
from aligner.document import BlockKind
from aligner.errors import ReadError, needs_extra
from aligner.reading.archive import open_archive, parse_xml, read_part
from aligner.reading.characters import clean
from aligner.reading.docx_metadata import docx_metadata
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.html import extract_markup

_STYLES = "br[type='page'] => hr.page"
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of a Word document: insertions as accepted, deletions as done, no comments.

    Lines of the page margins come first, as running heads. Raises ReadError for a damaged or
    encrypted document, one that declares XML entities, or one that unpacks to over 64 MiB.
    """
    try:
        import mammoth
    except ImportError as exc:
        raise ReadError(
            needs_extra(f"{name}: Word documents need one more package", "formats")
        ) from exc
    with damage(name, "a Word document", "save it anew in Word", ReadError):
        with open_archive(data, name) as archive:
            margins = _margins(archive, name)
            metadata = docx_metadata(archive)
        html = _converted(mammoth, data, name)
    body = extract_markup(f"<html><body>{html}</body></html>", name) if html else Extract()
    heads = tuple(TextBlock(text, BlockKind.RUNNING) for text in margins) if body.blocks else ()
    return Extract(heads + body.blocks, metadata=metadata)


def _converted(mammoth: Any, data: bytes, name: str) -> str:
    try:
        html: str = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        ).value
    except RecursionError as exc:
        raise ReadError(f"{name}: nested too deeply for a document; save it anew in Word") from exc
    return html


def _margins(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Check the parts that hold text, and give the lines of the heads and feet."""
    lines: dict[str, None] = {}
    for part in archive.namelist():
        if not part.endswith((".xml", ".rels")):
            continue
        content = read_part(archive, part, name)
        if _MARGIN.fullmatch(part):
            root = parse_xml(content, name)
            for paragraph in root.iter(f"{_W}p"):
                text = clean("".join(t.text or "" for t in paragraph.iter(f"{_W}t"))).strip()
                if text:
                    lines[text] = None
    return list(lines)

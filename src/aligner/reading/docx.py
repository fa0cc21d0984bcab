"""Word documents, by way of the HTML that mammoth makes of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from aligner.bounds import MAX_DOCX
from aligner.document import BlockKind
from aligner.errors import ReadError, needs_extra
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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            margins = _margins(archive, name)
            metadata = docx_metadata(archive)
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        ).value
    except (ReadError, MemoryError):
        raise
    except RecursionError as exc:
        raise ReadError(f"{name}: nested too deeply for a document; save it anew in Word") from exc
    except Exception as exc:  # mammoth lets through whatever its parsers raise
        reason = " ".join(str(exc).split())[:120] or type(exc).__name__
        raise ReadError(
            f"{name}: not a Word document that can be read ({reason}); save it anew in Word"
        ) from exc
    body = extract_markup(f"<html><body>{html}</body></html>", name) if html else Extract()
    heads = tuple(TextBlock(text, BlockKind.RUNNING) for text in margins) if body.blocks else ()
    return Extract(heads + body.blocks, metadata=metadata)


def _margins(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Check the parts that hold text, and give the lines of the heads and feet."""
    from lxml import etree

    lines: dict[str, None] = {}
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
        if _MARGIN.fullmatch(part.filename):
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
            for paragraph in root.iter(f"{_W}p"):
                text = clean("".join(t.text or "" for t in paragraph.iter(f"{_W}t"))).strip()
                if text:
                    lines[text] = None
    return list(lines)

"""What a PDF file says of itself, in its information dictionary and its catalogue."""

from __future__ import annotations

import ctypes
from typing import Any

from aligner.metadata import Metadata, metadata_of

_LONGEST = 256  # bytes of a language's code


def pdf_metadata(document: Any) -> Metadata:
    """The metadata of a file that is open.

    The day on which the file was made is no date of issue: it is that of printing. XMP is not
    read, for PDFium doesn't tell the document's own from that of its pictures.
    """
    known = document.get_metadata_dict()
    return metadata_of(
        "PDF properties",
        title=known.get("Title"),
        author=known.get("Author"),
        language=_language(document),
        created=known.get("CreationDate"),
    )


def _language(document: Any) -> str:
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(_LONGEST)
    units = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    size = pdfium.FPDFCatalog_GetLanguage(document, units, _LONGEST)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "ignore") if size <= _LONGEST else ""

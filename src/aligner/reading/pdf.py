"""PDF files: characters and their boxes from PDFium, put into lines, columns and paragraphs."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from typing import Any

from aligner.bounds import MAX_PAGES
from aligner.errors import ReadError, needs_extra
from aligner.reading.characters import clean
from aligner.reading.extract import Extract
from aligner.reading.fragments import Glyph
from aligner.reading.page import page_text
from aligner.reading.pdf_metadata import pdf_metadata

_FULL_TURN = 2 * math.pi
_TURNED = 0.1  # radians
_FEW = 10  # characters of a page without a text layer: a number, a stamp's


def extract(data: bytes, name: str, languages: Sequence[str] = ()) -> Extract:
    """The text layer of a PDF file, columns one after the other, a form feed between pages.

    Pages without a text layer are read by tesseract in some languages, if any are given.
    Raises ReadError for a file that is damaged, encrypted or over 5,000 pages, or a scan
    where no language is given.
    """
    try:
        import pypdfium2
    except ImportError as exc:
        raise ReadError(needs_extra(f"{name}: PDF files need one more package", "formats")) from exc
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as exc:
        if "password" in str(exc).lower():
            raise ReadError(f"{name}: encrypted; save a copy without the password") from exc
        raise ReadError(
            f"{name}: a damaged or truncated PDF file; get it again, or print it to a new PDF"
        ) from exc
    if count > MAX_PAGES:
        raise ReadError(f"{name}: {count} pages; the most is {MAX_PAGES}, so split it first")
    pages = []
    pictures = []
    for number in range(count):
        try:
            page = document[number]
            text = clean(_page(page))
        except pypdfium2.PdfiumError as exc:
            raise ReadError(f"{name}: page {number + 1} is damaged; get the file again") from exc
        if not _is_text(text) and _has_picture(page):
            pictures.append(number)
            text = _read_picture(page, name, languages) if languages else ""
        pages.append(text)
        page.close()
    remarks: tuple[str, ...] = ()
    if pictures and not languages:
        if sum(map(_is_text, pages)) == 0:
            raise ReadError(f"{name}: a scan without a text layer; --ocr reads it with tesseract")
        numbers = ", ".join(str(number + 1) for number in pictures[:8])
        remarks = (f"page {numbers}: a picture without text; --ocr reads it",)
    return Extract("\f".join(pages), (), remarks, pdf_metadata(document))


def _page(page: Any) -> str:
    """The text of one page."""
    return page_text(_glyphs(page))


def _glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of a page that stand upright, in the file's order."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()  # held here: PDFium frees it with its last name
    text = text_page.raw
    box = pdfium.FS_RECTF()
    here = ctypes.byref(box)
    high = 0
    line = None
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
            # PDFium gives a hyphen at a line's end as a noncharacter.
            code = 0x2D if code in (0xFFFE, 0xFFFF) else 0
        if code == 2:
            code = 0x2D
        if not code or not pdfium.FPDFText_GetLooseCharBox(text, index, here):
            continue
        # Only a turned character can leave the line of the one before; asking takes time.
        if box.bottom != line:
            if _TURNED < pdfium.FPDFText_GetCharAngle(text, index) < _FULL_TURN - _TURNED:
                continue
            line = box.bottom
        yield Glyph(chr(code), box.left, box.right, box.bottom, box.top)


def _is_text(text: str) -> bool:
    """Whether a page has a text layer that means something."""
    letters = "".join(text.split())
    broken = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in letters)
    return len(letters) > _FEW and 3 * broken < len(letters)


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    return next(iter(page.get_objects(filter=kinds, max_depth=1)), None) is not None


def _read_picture(page: Any, name: str, languages: Sequence[str]) -> str:
    from aligner.reading.ocr import DOTS_PER_INCH, read_pixels

    bitmap = page.render(scale=DOTS_PER_INCH / 72, grayscale=True)
    size = (bitmap.width, bitmap.height, bitmap.stride)
    return read_pixels(bytes(bitmap.buffer), *size, name, languages)

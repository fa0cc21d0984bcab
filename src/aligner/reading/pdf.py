"""PDF files: PDFium's characters, put into lines and paragraphs in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligner.bounds import MAX_PAGES
from aligner.errors import ReadError, needs_extra
from aligner.reading.characters import clean
from aligner.reading.extract import Extract
from aligner.reading.glyphs import upright_and_turned
from aligner.reading.page import page_text
from aligner.reading.pdf_metadata import pdf_metadata
from aligner.types import Span

_FEW = 10  # characters of a page without a text layer: a number, a stamp's


def extract(data: bytes, name: str, languages: Sequence[str] = ()) -> Extract:
    """The text layer of a PDF file, columns one after the other, a form feed between pages.

    Turned text and the marks of notes come last on their page, as furniture.

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
    pages: list[tuple[str, str]] = []
    pictures = []
    for number in range(count):
        try:
            page = document[number]
            text, aside = _page(page)
        except pypdfium2.PdfiumError as exc:
            raise ReadError(f"{name}: page {number + 1} is damaged; get the file again") from exc
        if not _is_text(text) and _has_picture(page):
            pictures.append(number)
            text = _read_picture(page, name, languages) if languages else text
        pages.append((text, aside))
        page.close()
    remarks: tuple[str, ...] = ()
    if pictures and not languages:
        if not any(_is_text(text) for text, _ in pages):
            raise ReadError(f"{name}: a scan without a text layer; --ocr reads it with tesseract")
        numbers = ", ".join(str(number + 1) for number in pictures[:8])
        remarks = (f"page {numbers}: a picture without text; --ocr reads it",)
    return Extract(*_joined(pages), remarks, pdf_metadata(document))


def _joined(pages: Sequence[tuple[str, str]]) -> tuple[str, tuple[Span, ...]]:
    """The pages' text with form feeds between, and the places of what stands out of line."""
    whole = ""
    furniture = []
    for number, (text, aside) in enumerate(pages):
        whole += ("\f" if number else "") + text
        if aside:
            start = len(whole) + 2
            whole += "\n\n" + aside
            furniture.append(Span(start, len(whole)))
    return whole, tuple(furniture)


def _page(page: Any) -> tuple[str, str]:
    """The text of one page, and what stands on it out of line: turned text, marks of notes."""
    upright, turned = upright_and_turned(page)
    text, marks = page_text(upright)
    return clean(text), clean("\n".join(filter(None, (turned, marks))))


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

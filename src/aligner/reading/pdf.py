"""PDF files: PDFium's characters, put into lines and paragraphs in the order of reading."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from aligner.bounds import MAX_PAGE_PIXELS, MAX_PAGES
from aligner.errors import ReadError, needs_extra
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.glyphs import upright_and_turned
from aligner.reading.ocr.read import Engines, engines_for, read_page
from aligner.reading.page import page_blocks
from aligner.reading.pdf_metadata import pdf_metadata

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DOTS_PER_INCH = 300
_FEW = 10  # characters of a page without a text layer: a number, a stamp's


def extract(data: bytes, name: str, languages: Sequence[str] = ()) -> Extract:
    """The text layer of a PDF file, columns one after the other, a form feed between pages.

    Turned text and the marks of notes come last on their page, as furniture.

    Pages without a text layer are read as pictures in some languages, if any are given.
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
    pages, pictures = _pages(document, name, languages)
    remarks: tuple[str, ...] = ()
    if pictures and not languages:
        if not any(map(_is_text, pages)):
            raise ReadError(f"{name}: a scan without a text layer; --ocr reads it")
        numbers = ", ".join(str(number) for number in pictures[:8])
        remarks = (f"page {numbers}: a picture without text; --ocr reads it",)
    return Extract(tuple(_joined(pages)), remarks, pdf_metadata(document))


def _pages(
    document: Any, name: str, languages: Sequence[str]
) -> tuple[list[list[TextBlock]], list[int]]:
    """The blocks of each page, and the numbers, from 1, of those that are pictures."""
    import pypdfium2

    pages: list[list[TextBlock]] = []
    pictures = []
    engines: Engines | None = None
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            blocks = page_blocks(*upright_and_turned(page))
        except pypdfium2.PdfiumError as exc:
            raise ReadError(f"{name}: page {number} is damaged; get the file again") from exc
        if not _is_text(blocks) and _has_picture(page):
            pictures.append(number)
            if languages:
                engines = engines or engines_for(languages, name)
                blocks = read_page(_pixels(page), name, languages, engines)
        pages.append(blocks)
        page.close()
    return pages, pictures


def _joined(pages: Sequence[Sequence[TextBlock]]) -> Iterator[TextBlock]:
    """The pages' blocks, the first of each page after the first one as such."""
    for number, blocks in enumerate(pages):
        first, *rest = blocks or [TextBlock("")]
        yield first._replace(starts_page=number > 0)
        yield from rest


def _is_text(blocks: Sequence[TextBlock]) -> bool:
    """Whether a page has a text layer that means something."""
    letters = "".join("".join(block.text.split()) for block in blocks)
    broken = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in letters)
    return len(letters) > _FEW and 3 * broken < len(letters)


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    return next(iter(page.get_objects(filter=kinds, max_depth=1)), None) is not None


def _pixels(page: Any) -> NDArray[np.uint8]:
    """A page as a scanner at 300 dots an inch sees it, or at less if it is a large one."""
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / 72, math.sqrt(MAX_PAGE_PIXELS / max(width * height, 1.0)))
    pixels: NDArray[np.uint8] = page.render(scale=scale, grayscale=True).to_numpy()
    return pixels.reshape(pixels.shape[:2]).copy()

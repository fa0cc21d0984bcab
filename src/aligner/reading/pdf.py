"""PDF files: PDFium's characters, put into lines and paragraphs in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aligner.bounds import MAX_PAGES
from aligner.document import BlockKind
from aligner.errors import ReadError, needs_extra
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.glyphs import upright_and_turned
from aligner.reading.named import named_blocks
from aligner.reading.page import PlacedBlock, page_blocks
from aligner.reading.pdf_metadata import pdf_metadata
from aligner.reading.rules import page_rules

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
    pages, pictures = _pages(document, name, languages)
    remarks: tuple[str, ...] = ()
    if pictures and not languages:
        if not any(map(_is_text, pages)):
            raise ReadError(f"{name}: a scan without a text layer; --ocr reads it with tesseract")
        numbers = ", ".join(str(number) for number in pictures[:8])
        remarks = (f"page {numbers}: a picture without text; --ocr reads it",)
    return Extract(tuple(_joined(named_blocks(pages))), remarks, pdf_metadata(document))


def _pages(
    document: Any, name: str, languages: Sequence[str]
) -> tuple[list[list[PlacedBlock]], list[int]]:
    """The blocks of each page, and the numbers, from 1, of those that are pictures."""
    import pypdfium2

    pages: list[list[PlacedBlock]] = []
    pictures = []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            upright, turned, turns = upright_and_turned(page)
            placed = page_blocks(upright, turned, page_rules(page, turns))
        except pypdfium2.PdfiumError as exc:
            raise ReadError(f"{name}: page {number} is damaged; get the file again") from exc
        if not _is_text(placed) and _has_picture(page):
            pictures.append(number)
            if languages:
                text = _read_picture(page, name, languages)
                placed = [PlacedBlock(TextBlock(text, BlockKind.LINES, is_open=True))]
        pages.append(placed)
        page.close()
    return pages, pictures


def _joined(pages: Iterable[Sequence[TextBlock]]) -> Iterator[TextBlock]:
    """The pages' blocks, the first of each page after the first one as such."""
    for number, blocks in enumerate(pages):
        first, *rest = blocks or [TextBlock("")]
        yield first._replace(starts_page=number > 0)
        yield from rest


def _is_text(placed: Sequence[PlacedBlock]) -> bool:
    """Whether a page has a text layer that means something."""
    letters = "".join("".join(block.text.split()) for block, *_ in placed)
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

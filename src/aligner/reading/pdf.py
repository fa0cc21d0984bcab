"""PDF files: PDFium's characters, put into lines and paragraphs in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from aligner.bounds import MAX_PAGES
from aligner.document import BlockKind
from aligner.errors import ReadError, needs_extra
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.glyphs import upright_and_turned
from aligner.reading.page import SizedBlock, named_blocks, page_blocks
from aligner.reading.pdf_metadata import pdf_metadata
from aligner.reading.rules import Rules, page_rules
from aligner.reading.running import running_rows
from aligner.reading.runs import Row, read_rows

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
    drawn = [_drawn(document, number, name) for number in range(count)]
    pages: list[list[SizedBlock]] = []
    pictures = []
    running = running_rows([page.rows for page in drawn])
    for number, (page, heads) in enumerate(zip(drawn, running, strict=True)):
        blocks = page_blocks(page.rows, page.aside, page.rules, heads)
        if page.is_picture and not _is_text(blocks):
            pictures.append(number + 1)
            if languages:
                text = _read_picture(document[number], name, languages)
                blocks = [SizedBlock(TextBlock(text, BlockKind.LINES, is_open=True))]
        pages.append(blocks)
    remarks: tuple[str, ...] = ()
    if pictures and not languages:
        if not any(map(_is_text, pages)):
            raise ReadError(f"{name}: a scan without a text layer; --ocr reads it with tesseract")
        numbers = ", ".join(str(number) for number in pictures[:8])
        remarks = (f"page {numbers}: a picture without text; --ocr reads it",)
    return Extract(tuple(_joined(named_blocks(pages))), remarks, pdf_metadata(document))


class _Page(NamedTuple):
    """What is drawn on a page: lines of text, text out of line, rules, and pictures."""

    rows: list[Row]
    aside: str
    rules: Rules
    is_picture: bool


def _drawn(document: Any, number: int, name: str) -> _Page:
    """Read a page, counted from 0."""
    import pypdfium2

    try:
        page = document[number]
        upright, turned, turns = upright_and_turned(page)
        rules = page_rules(page, turns)
        rows, marks, numbers = read_rows(upright, rules)
        drawn = _Page(
            rows,
            "\n".join(filter(None, (turned, marks, numbers))),
            rules,
            is_picture=_has_picture(page),
        )
    except pypdfium2.PdfiumError as exc:
        raise ReadError(f"{name}: page {number + 1} is damaged; get the file again") from exc
    page.close()
    return drawn


def _joined(pages: Iterable[Sequence[TextBlock]]) -> Iterator[TextBlock]:
    """The pages' blocks, the first of each page after the first one as such."""
    for number, blocks in enumerate(pages):
        first, *rest = blocks or [TextBlock("")]
        yield first._replace(starts_page=number > 0)
        yield from rest


def _is_text(blocks: Sequence[SizedBlock]) -> bool:
    """Whether a page has a text layer that means something."""
    letters = "".join("".join(block.text.split()) for block, *_ in blocks)
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

"""PDF files: PDFium's characters, put into lines and paragraphs in the order of reading."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from aligner.bounds import MAX_PAGE_PIXELS, MAX_PAGES
from aligner.errors import ReadError, needs_extra
from aligner.reading.extract import Extract, joined_pages
from aligner.reading.glyphs import upright_and_turned
from aligner.reading.ocr.doubts import marked
from aligner.reading.ocr.read import Engines, engines_for, read_page
from aligner.reading.ocr.zones import Placed, evened, in_points, row_of
from aligner.reading.page import named_blocks, page_blocks
from aligner.reading.pdf_metadata import pdf_metadata
from aligner.reading.rules import NO_RULES, Rules, page_rules
from aligner.reading.running import running_rows
from aligner.reading.runs import Row, read_rows
from aligner.spacing import squeezed

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
    drawn = [_drawn(document, number, name) for number in range(count)]
    pictures = [k for k, page in enumerate(drawn) if page.is_picture]
    remarks: tuple[str, ...] = ()
    scans: dict[int, list[Placed]] = {}
    if pictures and languages:
        scans = _scans(document, pictures, name, languages)
        for number, placed in scans.items():
            drawn[number] = _Page(list(map(row_of, placed)), "", NO_RULES)
    elif pictures:
        if not any(page.is_text for page in drawn):
            raise ReadError(f"{name}: a scan without a text layer; --ocr reads it")
        numbers = ", ".join(str(number + 1) for number in pictures[:8])
        remarks = (f"page {numbers}: a picture without text; --ocr reads it",)
    running = running_rows([page.rows for page in drawn], scans)
    pages = [
        marked(page_blocks(page.rows, page.aside, page.rules, heads), scans.get(number, []))
        for number, (page, heads) in enumerate(zip(drawn, running, strict=True))
    ]
    return Extract(tuple(joined_pages(named_blocks(pages))), remarks, pdf_metadata(document))


class _Page(NamedTuple):
    """What is drawn on a page: lines of text, text out of line, rules, or else a picture."""

    rows: list[Row]
    aside: str
    rules: Rules
    is_text: bool = True
    is_picture: bool = False


def _drawn(document: Any, number: int, name: str) -> _Page:
    """Read a page, counted from 0."""
    import pypdfium2

    try:
        page = document[number]
        upright, turned, turns = upright_and_turned(page)
        rules = page_rules(page, turns)
        rows, marks, numbers = read_rows(upright, rules)
        aside = "\n".join(filter(None, (turned, marks, numbers)))
        is_text = _means_something(rows, aside)
        drawn = _Page(rows, aside, rules, is_text, not is_text and _has_picture(page))
    except pypdfium2.PdfiumError as exc:
        raise ReadError(f"{name}: page {number + 1} is damaged; get the file again") from exc
    page.close()
    return drawn


def _means_something(rows: Sequence[Row], aside: str) -> bool:
    """Whether a page's text layer does: it has letters, and few that stand for none."""
    letters = squeezed(aside + "".join(run.text for row in rows for run in row))
    broken = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in letters)
    return len(letters) > _FEW and 3 * broken < len(letters)


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    return next(iter(page.get_objects(filter=kinds, max_depth=1)), None) is not None


def _scans(
    document: Any, numbers: Sequence[int], name: str, languages: Sequence[str]
) -> dict[int, list[Placed]]:
    """What stands on the pages that are pictures, in points."""
    engines = engines_for(languages, name)
    pages = [_scanned(document[number], name, languages, engines) for number in numbers]
    return dict(zip(numbers, evened(pages), strict=True))


def _scanned(page: Any, name: str, languages: Sequence[str], engines: Engines) -> list[Placed]:
    """What stands on a page that is a picture.

    It is drawn as a scanner at 300 dots an inch sees it, or at less if it is a large one.
    """
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / 72, math.sqrt(MAX_PAGE_PIXELS / max(width * height, 1.0)))
    pixels: NDArray[np.uint8] = page.render(scale=scale, grayscale=True).to_numpy()
    pixels = pixels.reshape(pixels.shape[:2]).copy()
    placed = read_page(pixels, name, languages, engines)
    return [in_points(row, scale, height) for row in placed]

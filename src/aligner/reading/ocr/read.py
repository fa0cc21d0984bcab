"""Pictures of text, read by rapidocr, by tesseract or by both, and laid out as PDF pages are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from aligner.apart import allow_seconds
from aligner.bounds import PAGE_SECONDS
from aligner.errors import ReadError, needs_extra
from aligner.reading.extract import Extract, joined_pages
from aligner.reading.ocr import rapid, tesseract
from aligner.reading.ocr.choose import chosen
from aligner.reading.ocr.doubts import marked
from aligner.reading.ocr.marks import mended_line
from aligner.reading.ocr.picture import packed, pictures
from aligner.reading.ocr.words import Line, straightened
from aligner.reading.ocr.zones import Placed, evened, in_points, ordered, row_of
from aligner.reading.page import named_blocks, page_blocks
from aligner.reading.running import running_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_PIXELS = 300 / 72  # to the point, as pictures are taken to be


class Engines(NamedTuple):
    """Which engines read some languages: one at least."""

    rapid: bool
    tesseract: bool


def extract(data: bytes, name: str, languages: Sequence[str]) -> Extract:
    """The text of a picture file, of all its pages.

    Raises ReadError for a picture that is damaged or too large, and where no engine is there
    that reads the languages.
    """
    engines = engines_for(languages, name)
    if engines.rapid:
        read = [read_page(pixels, name, languages, engines) for pixels in pictures(data, name)]
    else:
        read = list(map(placed, tesseract.read(data, name, languages)))
    return laid_out(read)


def laid_out(read: Sequence[Sequence[Placed]]) -> Extract:
    """What was read on pages as blocks."""
    pages = evened([[in_points(row, _PIXELS, 0.0) for row in page] for page in read])
    rows = [list(map(row_of, page)) for page in pages]
    running = running_rows(rows, range(len(rows)))
    blocks = [
        marked(page_blocks(of_page, running=heads), page)
        for of_page, heads, page in zip(rows, running, pages, strict=True)
    ]
    return Extract(tuple(joined_pages(named_blocks(blocks))))


def engines_for(languages: Sequence[str], name: str) -> Engines:
    """The engines that are installed and read all of some languages.

    Raises ReadError for none, saying what to install.
    """
    unread = rapid.unread(languages)
    has_rapid = rapid.is_there() and not unread
    has_tesseract = tesseract.is_there()
    lacking = tesseract.lacks(languages, name) if has_tesseract else ""
    if has_rapid or (has_tesseract and not lacking):
        return Engines(has_rapid, has_tesseract and not lacking)
    if lacking:
        package = "tesseract-ocr-" + lacking.replace("_", "-")
        raise ReadError(
            f"{name}: tesseract lacks its data {lacking}; install it (Debian: {package})"
        )
    if unread:
        raise ReadError(
            f"{name}: --ocr in {unread} needs the program tesseract; install it with its "
            "language data (Debian: tesseract-ocr)"
        )
    raise ReadError(needs_extra(f"{name}: --ocr needs more packages", "ocr"))


def read_page(
    pixels: NDArray[np.uint8], name: str, languages: Sequence[str], engines: Engines
) -> list[Placed]:
    """What stands on a page, given as a grey picture, in the order of reading."""
    allow_seconds(PAGE_SECONDS)
    lines = rapid.read(pixels) if engines.rapid else []
    if engines.tesseract:
        pages = tesseract.read(packed(pixels), name, languages)
        others = [line for page in pages for line in page]
        lines = chosen(lines, others) if engines.rapid else others
    return placed(lines)


def placed(lines: Sequence[Line]) -> list[Placed]:
    """What engines read on a page, straightened, mended and in the order of reading."""
    return ordered([mended_line(line) for line in straightened(lines)])

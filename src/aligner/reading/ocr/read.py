"""Pictures of text, read by rapidocr, by tesseract or by both, and laid out as PDF pages are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from aligner.apart import allow_seconds
from aligner.bounds import PAGE_SECONDS
from aligner.errors import ReadError, needs_extra
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.ocr import rapid, tesseract
from aligner.reading.ocr.choose import chosen
from aligner.reading.ocr.doubts import marked
from aligner.reading.ocr.marks import mended_line
from aligner.reading.ocr.picture import packed, pictures
from aligner.reading.ocr.words import Line, straightened
from aligner.reading.ocr.zones import ordered, row_of
from aligner.reading.page import row_blocks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
        pages: Iterable[list[TextBlock]] = (
            read_page(pixels, name, languages, engines) for pixels in pictures(data, name)
        )
    else:
        pages = map(_blocks, tesseract.read(data, name, languages))
    blocks: list[TextBlock] = []
    for number, page in enumerate(pages):
        first, *rest = page or [TextBlock("")]
        blocks += [first._replace(starts_page=number > 0), *rest]
    return Extract(tuple(blocks))


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
) -> list[TextBlock]:
    """The blocks of a page, given as a grey picture."""
    allow_seconds(PAGE_SECONDS)
    lines = rapid.read(pixels) if engines.rapid else []
    if engines.tesseract:
        pages = tesseract.read(packed(pixels), name, languages)
        others = [line for page in pages for line in page]
        lines = chosen(lines, others) if engines.rapid else others
    return _blocks(lines)


def _blocks(lines: Sequence[Line]) -> list[TextBlock]:
    if not lines:
        return []
    rows = ordered([mended_line(line) for line in straightened(lines)])
    return marked(row_blocks([row_of(row) for row in rows]), rows)

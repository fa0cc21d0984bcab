"""Pictures of pages, whatever they are packed in, as grey pixels within bounds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from math import sqrt
from typing import TYPE_CHECKING

from aligner.bounds import MAX_PAGE_PIXELS, MAX_PAGES, MAX_PIXELS
from aligner.errors import ReadError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST_SIDE = 12
_FORMATS = ("PNG", "JPEG", "TIFF")


def pictures(data: bytes, name: str) -> Iterator[NDArray[np.uint8]]:
    """The pages of a picture file, upright.

    Raises ReadError for a file that is damaged, or of more pixels than a page has.
    """
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    Image.MAX_IMAGE_PIXELS = None  # it would print; the bound is ours
    damaged = f"{name}: a damaged or truncated picture; get it again, or save it anew"
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file)):
                width, height = frame.size
                if width * height > MAX_PIXELS or number == MAX_PAGES:
                    raise ReadError(_too_large(name, width, height, number))
                if min(width, height) < _LEAST_SIDE:
                    raise ReadError(f"{name}: {width} x {height} pixels hold no text")
                grey = ImageOps.exif_transpose(_flat(frame)).convert("L")
                share = sqrt(MAX_PAGE_PIXELS / (width * height))
                if share < 1:
                    grey = grey.resize((int(grey.width * share), int(grey.height * share)))
                yield np.asarray(grey)
    except (OSError, SyntaxError, ValueError, EOFError) as exc:
        raise ReadError(damaged) from exc


def _flat(picture: Image.Image) -> Image.Image:  # type: ignore[name-defined]  # noqa: F821
    """A picture on white paper where it is transparent."""
    from PIL import Image

    if "transparency" not in picture.info and "A" not in picture.getbands():
        return picture
    layered = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)


def _too_large(name: str, width: int, height: int, pages: int) -> str:
    if pages == MAX_PAGES:
        return f"{name}: more than {MAX_PAGES} pages; split it first"
    most = MAX_PIXELS // 10**6
    return f"{name}: {width} x {height} pixels; the most is {most} million, so scale it down"


def packed(pixels: NDArray[np.uint8]) -> bytes:
    """Grey pixels as a file that tesseract reads."""
    height, width = pixels.shape
    return b"P5 %d %d 255\n" % (width, height) + pixels.tobytes()

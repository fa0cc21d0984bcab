"""Characters of a PDF page as PDFium gives them, and which way up they stand."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_FIXED_PITCH = 1  # of a font's flags
_STRAIGHT = 0.1  # radians: how far a line may lean and still be read with the others
# PDFium gives a hyphen at the end of a line as one of these; some programs write U+2010.
_HYPHENS = (0x02, 0x2010, 0xFFFE, 0xFFFF)


class Glyph(NamedTuple):
    """A character of a line, in points: its edges along the line, its baseline, its type size.

    `made` says that it is not in the file: white space that PDFium puts where it sees some;
    `fixed` that all characters of its font are as wide, as those of programs are.
    """

    char: str
    left: float
    right: float
    baseline: float
    size: float
    made: bool = False
    fixed: bool = False


class _Placed(NamedTuple):
    char: str
    box: tuple[float, float, float, float]  # left, bottom, right, top
    origin: tuple[float, float]
    size: float
    way: int | None  # the way it is read, in quarter turns; None for a slanting one
    made: bool
    fixed: bool


def upright_and_turned(page: Any) -> tuple[list[Glyph], str, int]:
    """The characters that stand as most of the page's do, the others' text, and how they stand.

    Both are in the file's order. Whatever way most are turned is up: a page may lie on its side.
    The way is given in quarter turns from left to right.
    """
    placed = list(_placed(page))
    ways = Counter(glyph.way for glyph in placed if glyph.way is not None)
    up = max(ways, key=ways.__getitem__, default=0)
    upright = [_stood_up(glyph, up) for glyph in placed if glyph.way == up]
    return upright, _text(placed, up), up or 0


def _text(placed: Sequence[_Placed], up: int) -> str:
    """The text of turned characters: a watermark, a stamp, the name of an axis."""
    pieces: list[str] = []
    before = None
    for glyph in placed:
        if glyph.way == up:
            continue
        near = before is not None and math.dist(before.origin, glyph.origin) < 2 * glyph.size
        pieces += (glyph.char,) if near else (" ", glyph.char)
        before = glyph
    return " ".join("".join(pieces).split())


def _placed(page: Any) -> Iterator[_Placed]:
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()  # held here: PDFium frees it with its last name
    text = text_page.raw
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    boxed, turned = ctypes.byref(box), ctypes.byref(matrix)
    edges = None
    flags = ctypes.c_int()
    size = lean = 0.0
    way: int | None = 0
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if code in _HYPHENS:
            code = 0x2D
        if not code or 0xD800 <= code < 0xE000:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, boxed)
        # Only what has other edges can be of another size or line, or turned; asking takes time.
        # White space may be PDFium's own and stands as what was before it.
        if code > 32 and (box.bottom, box.top) != edges:
            edges = box.bottom, box.top
            pdfium.FPDFText_GetMatrix(text, index, turned)
            pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
            pdfium.FPDFText_GetFontInfo(text, index, None, 0, ctypes.byref(flags))
            size = _size(pdfium.FPDFText_GetFontSize(text, index), matrix)
            way = _way(matrix)
            lean = matrix.c / matrix.d if way == 0 and matrix.d else 0.0
        left, right = box.left, box.right
        if lean:
            # The box is about the slanted shape; upright it would be narrower.
            least, most = sorted((lean * (box.bottom - y.value), lean * (box.top - y.value)))
            left, right = left - least, right - most
        yield _Placed(
            chr(code),
            (left, box.bottom, right, box.top),
            (x.value if way else left, y.value),
            size,
            way,
            code <= 32 and bool(pdfium.FPDFText_IsGenerated(text, index)),
            bool(flags.value & _FIXED_PITCH),
        )


def _size(size: float, matrix: Any) -> float:
    """The height of the type in points, slanted or not; never zero."""
    along = math.hypot(matrix.a, matrix.b)
    area = abs(matrix.a * matrix.d - matrix.b * matrix.c)
    return max(size * area / along if along else size, 0.1)


def _way(matrix: Any) -> int | None:
    """The way a character's line runs, in quarter turns from left to right."""
    angle = math.atan2(matrix.b, matrix.a)
    quarters = round(2 * angle / math.pi)
    return quarters % 4 if abs(angle - quarters * math.pi / 2) < _STRAIGHT else None


def _stood_up(glyph: _Placed, up: int) -> Glyph:
    """A character with its page turned until it stands upright."""
    char, (left, bottom, right, top), (x, y), size, _, *rest = glyph
    if up == 0:
        return Glyph(char, left, right, y, size, *rest)
    if up == 1:
        return Glyph(char, bottom, top, -x, size, *rest)
    if up == 2:
        return Glyph(char, -right, -left, -y, size, *rest)
    return Glyph(char, -top, -bottom, x, size, *rest)

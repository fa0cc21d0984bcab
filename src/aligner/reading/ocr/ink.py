"""Where the ink of a line is: models tell words well, but not to the pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner.reading.ocr.words import Line, Word, baseline
from aligner.spacing import has_wide

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DARK = 0.5  # between the paper's grey and black
_PAPER = 90  # of a hundred pixels by their grey: one of the paper
_GAP = 0.25  # in sizes of the type: the least gap that parts words
_NEAR = 0.8  # in sizes of the type: how far a model may place a gap wrongly
# What ink takes of the size of the type, above and below the baseline.
_WIDE = (0.86, 0.09)
_HIGH, _LOW, _BELOW, _COMMA = 0.74, 0.55, 0.21, 0.1
_LOW_LETTERS = frozenset("acegmnopqrsuvwxyz.,:;-–—_~")
_DESCENDING = frozenset("gjpqy()[]{}/|_Q")
_FEW = 4  # letters, such as 二, that may have a gap between their upper and lower parts


def fitted(line: Line, height: float, pixels: NDArray[np.uint8]) -> Line:
    """A line whose gaps, size and height are those of its ink; `height` is that of its box."""
    band = _band(line, height, pixels)
    if band is None:
        return line
    left = int(line.words[0].left)
    first, last = _rows(band, len(line.text) < _FEW)
    gaps = [(left + a, left + b) for a, b in _gaps(band[first:last], line.size)]
    words = _parted(line.words, gaps, line)
    above, below = _extent(line.text)
    size = (last - first) / (above + below)
    # Where the baseline is, from the middle of the box, and where it would be for that middle.
    shift = last - height / 2 - below * size - baseline(line.text) * size
    if not size or abs(shift) > line.size / 2:
        return replace(line, words=tuple(words))
    return Line(tuple(replace(word, middle=word.middle + shift) for word in words), size)


def _rows(band: NDArray[np.bool_], is_short: bool) -> tuple[int, int]:
    """From where to where the ink of a line goes; a line above or below may reach into its box."""
    places = [place for place, row in enumerate(band) if row.any()]
    if not places:
        return 0, 0
    first, last = places[0], places[-1]
    if not is_short:
        middle = min(places, key=lambda place: abs(place - len(band) / 2))
        blank = set(range(len(band))) - set(places)
        first = max((k + 1 for k in blank if k < middle), default=first)
        last = min((k - 1 for k in blank if k > middle), default=last)
    return first, last + 1


def _extent(text: str) -> tuple[float, float]:
    """How far the ink of a text goes above and below its baseline, in sizes of its type."""
    if has_wide(text):
        return _WIDE
    letters = set(text) - {" "}
    above = _LOW if letters <= _LOW_LETTERS else _HIGH
    if letters & _DESCENDING:
        return above, _BELOW
    return above, _COMMA if letters & {",", ";"} else 0.0


def _band(line: Line, height: float, pixels: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """What is dark in a line's box, straightened."""
    import numpy as np

    first, last = line.words[0], line.words[-1]
    columns = np.arange(max(int(first.left), 0), min(int(last.right) + 1, pixels.shape[1]))
    if len(columns) < height:
        return None
    rise = (last.middle - first.middle) / max(last.right - first.left, 1.0)
    tops = first.middle + rise * (columns - first.left) - height / 2
    rows = tops.astype(int)[None, :] + np.arange(int(height))[:, None]
    grey = pixels[rows.clip(0, pixels.shape[0] - 1), columns[None, :]]
    paper = float(np.percentile(grey, _PAPER))
    dark: NDArray[np.bool_] = grey < paper * _DARK
    return dark


def _gaps(band: NDArray[np.bool_], size: float) -> list[tuple[int, int]]:
    """Stretches of columns without ink, from and to."""
    import numpy as np

    dark = np.flatnonzero(band.sum(axis=0) > 1)
    steps = np.flatnonzero(np.diff(dark) > _GAP * size)
    return [(int(dark[k]) + 1, int(dark[k + 1])) for k in steps]


def _parted(words: Sequence[Word], gaps: Sequence[tuple[int, int]], line: Line) -> list[Word]:
    """Words that end and begin where gaps do."""
    fitted = list(words)
    borders = [(one.right + other.left) / 2 for one, other in pairwise(words)]
    for left, right in gaps:
        middle = (left + right) / 2
        near = min(range(len(borders)), key=lambda k: abs(borders[k] - middle), default=None)
        if near is not None and abs(borders[near] - middle) < _NEAR * line.size:
            fitted[near] = replace(fitted[near], right=float(left))
            fitted[near + 1] = replace(fitted[near + 1], left=float(right))
    return fitted

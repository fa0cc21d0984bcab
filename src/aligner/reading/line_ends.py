"""Whether a line of a page had room for what stands at the head of the next."""

from __future__ import annotations

from aligner.reading.runs import Run
from aligner.scripts import WIDE_CLOSING, WIDE_MARKS, WIDE_OPENING
from aligner.spacing import display_width, is_wide

_MIN_WRAP = 16  # columns of a line that may be a wrapped one
_LEAST_SPACE, _MOST_SPACE = 0.25, 0.6  # between words at a line's end
_LEAST_CARRIED = 2.2  # wide characters


def is_full(line: Run, following: Run, right: float, least: int = _MIN_WRAP) -> bool:
    """Whether the first word of the following line would not have fitted on a line.

    `right` is the edge that lines reach; narrower lines than `least` columns are never full.
    """
    if display_width(line.text) < least:
        return False
    if is_wide(following.text[0]):
        # At least two: a mark may hang over the edge, or be carried over with what it follows.
        count = max(_LEAST_CARRIED, _unbroken(following.text))
        width = (following.right - following.left) / display_width(following.text) * 2
        need = count * max(width, following.size)
    else:
        space = sorted((_LEAST_SPACE, min(line.gap, following.gap) / line.size, _MOST_SPACE))[1]
        need = following.word - following.left + space * line.size
    return right - line.right < need


def _unbroken(text: str) -> int:
    """How many wide characters at the beginning of a text no line end may part."""
    count = 1
    while count < len(text) and (
        text[count] in WIDE_MARKS + WIDE_CLOSING + "”’" or text[count - 1] in WIDE_OPENING + "“‘"
    ):
        count += 1
    return count

"""What an engine reads on a picture: lines of words with their places, in pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from aligner.spacing import display_width, has_wide

# A line tells how a page is turned if it is so many times as wide as high.
_LONG = 8.0
_MOST_TURN = 0.35  # radians

# How far the baseline is below the middle of a line, in sizes of the type.
_BASELINE, _WIDE_BASELINE = 0.26, 0.38

# How far a line's height may be from the usual one, as a share of it, and be that; short lines
# may lack letters that reach up or down.
_ALIKE, _ALIKE_SHORT = 0.14, 0.4
_SHORT = 20  # columns


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a character of a script without spaces, and where it stands on the picture.

    `middle` counts from the top; `confidence` goes from 0 to 1; `is_apart` says that a space
    comes before it.
    """

    text: str
    left: float
    right: float
    middle: float
    confidence: float = 1.0
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Words from left to right, and the size of their type; never without a word."""

    words: tuple[Word, ...]
    size: float

    @property
    def text(self) -> str:
        """What the words say, with their spaces."""
        return joined(self.words)

    @property
    def middle(self) -> float:
        """The place of the line from the top of the picture."""
        return median(word.middle for word in self.words)


def joined(words: Sequence[Word]) -> str:
    """Words as text."""
    text = "".join((" " if word.is_apart else "") + word.text for word in words)
    return text.removeprefix(" ")


def baseline(text: str) -> float:
    """How far the baseline is below the middle of a line, in sizes of its type."""
    return _WIDE_BASELINE if has_wide(text) else _BASELINE


def straightened(lines: Sequence[Line]) -> list[Line]:
    """Lines as they stand on a page that lies straight, with sizes that are alike made equal."""
    slopes = []
    for line in lines:
        width = line.words[-1].right - line.words[0].left
        if width > _LONG * line.size and len(line.words) > 1:
            rise = line.words[-1].middle - line.words[0].middle
            slopes.append(math.atan2(rise, _middle(line.words[-1]) - _middle(line.words[0])))
    angle = median(slopes) if slopes else 0.0
    if abs(angle) > _MOST_TURN:
        angle = 0.0
    return _sized([replace(line, words=_turned(line.words, angle)) for line in lines])


def _middle(word: Word) -> float:
    return (word.left + word.right) / 2


def _turned(words: Sequence[Word], angle: float) -> tuple[Word, ...]:
    cosine, sine = math.cos(angle), math.sin(angle)
    return tuple(
        replace(
            word,
            left=word.left * cosine + word.middle * sine,
            right=word.right * cosine + word.middle * sine,
            middle=word.middle * cosine - _middle(word) * sine,
        )
        for word in words
    )


def _sized(lines: list[Line]) -> list[Line]:
    """The height of a line is a rough measure of its type: near the usual one, it is that."""
    usual = median(size for line in lines for size in [line.size] * len(line.text)) if lines else 0
    sized = []
    for line in lines:
        least = _ALIKE if display_width(line.text) >= _SHORT else _ALIKE_SHORT
        alike = -least * usual < line.size - usual < _ALIKE * usual
        sized.append(replace(line, size=usual) if alike else line)
    return sized

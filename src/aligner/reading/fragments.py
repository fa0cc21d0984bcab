"""Characters of a page and their boxes, put into runs that stand on one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from aligner.spacing import is_wide

# In heights of a line of text.
_GAP = 0.45  # parts fragments of a line; justified words stand closer
_WORD_GAP = 0.3  # parts words where the file has no space
_WIDE_GAP = 0.2  # under which a space between wide characters is none
_SMALL, _RAISED = 0.75, 0.15  # height and place of the marks of notes
_BACK = -0.5  # how far a character may stand back over the one before


class Glyph(NamedTuple):
    """A character and its box in points; the origin is at the bottom left."""

    char: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(slots=True)
class Fragment:
    """A run of characters on one line; its first word ends at `word`."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    word: float = 0.0

    @property
    def height(self) -> float:
        """Height of its line, in points; never zero."""
        return max(self.top - self.bottom, 0.1)

    def beside(self, other: Fragment | Glyph) -> bool:
        """Whether two stand on one line."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return 2 * overlap > min(self.top - self.bottom, other.top - other.bottom)


def _is_note_mark(
    char: str, height: float, bottom: float, line: Fragment, before: list[str]
) -> bool:
    """Whether a character is the raised mark of a note: after a word or a stop, not in m²."""
    if height > _SMALL * line.height or bottom < line.bottom + _RAISED * line.height:
        return False
    word = "".join(before[-3:])
    after_text = not before[-1].isalnum() or is_wide(before[-1]) or word.isalpha()
    return (char.isdigit() or char in "*†‡") and after_text and len(word) > 1


def read_fragments(glyphs: Iterable[Glyph]) -> list[Fragment]:
    """Runs of characters without a gap, in the file's order; spaces come singly."""
    fragments: list[Fragment] = []
    chars: list[str] = []
    space = first_word = False
    start = -1e9  # where the character before began
    last = Fragment("", 0.0, -1e9, -1e9, -1e9)
    for char, left, right, bottom, top in glyphs:
        if char.isspace():
            space = True
            continue
        overlap = min(last.top, top) - max(last.bottom, bottom)
        height = last.height
        gap = (left - last.right) / height
        # The letters of a ligature share its box.
        if (left == start or _BACK < gap < _GAP) and 2 * overlap > min(height, top - bottom):
            if _is_note_mark(char, top - bottom, bottom, last, chars):
                continue
            if left != start and (space or gap > _WORD_GAP):
                wide = is_wide(chars[-1]) and is_wide(char)
                if not wide or (space and gap >= _WIDE_GAP):
                    chars.append(" ")
                    first_word = False
            chars.append(char)
            if first_word:
                last.word = right
            last.right = max(last.right, right)
            last.top, last.bottom = max(last.top, top), min(last.bottom, bottom)
        else:
            last.text = "".join(chars)
            last = Fragment("", left, right, bottom, top, right)
            fragments.append(last)
            chars = [char]
            first_word = True
        space = False
        start = left
    last.text = "".join(chars)
    return fragments

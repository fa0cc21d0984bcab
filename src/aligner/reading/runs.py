"""Characters of a page put into lines, and lines into runs that no wide gap parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from aligner.reading.glyphs import Glyph
from aligner.spacing import is_wide

# In sizes of the type.
_WORD_GAP = 0.3  # parts words where the file has no space
_SPACED_GAP = 0.2  # under which a space between wide characters is none
_WIDE_GAP = 1.8  # parts the runs of a line, unless it is the line's own spacing
_MARK = 3.0  # the most that the mark of a list takes, and the gap after it
_SAME_LINE = 0.5  # between the baselines of a line and what is raised or lowered
_SMALL, _RAISED = 0.75, 0.15  # size and place of the marks of notes
_BACK = -0.6  # how far a character may stand back over the one before

_STRETCHED = 2.0  # times the line's usual gap: what is wider is no justified space


@dataclass(slots=True)
class Word:
    """Characters without a gap; `spaced` says that the file has a space before them."""

    chars: list[str]
    left: float
    right: float
    spaced: bool


@dataclass(slots=True)
class Run:
    """Words of one line with nothing but their spaces between them."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    word: float  # where the first word ends
    hang: float  # where the second word begins, to which lines under a list's mark are set


Row = list[Run]  # of a line, from left to right


@dataclass(slots=True)
class _Line:
    baseline: float
    size: float
    words: list[Word]
    sizes: Counter[float] = field(default_factory=Counter)

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands on this line, after the last one."""
        last = self.words[-1]
        if abs(glyph.baseline - self.baseline) > _SAME_LINE * max(self.size, glyph.size):
            return False
        return glyph.left - last.right > _BACK * max(self.size, glyph.size)

    def is_note_mark(self, glyph: Glyph) -> bool:
        """Whether a character is the raised mark of a note: after a word or a stop, not in m²."""
        raised = glyph.baseline - self.baseline
        if glyph.size > _SMALL * self.size or raised < _RAISED * self.size:
            return False
        word = "".join(self.words[-1].chars[-3:])
        after_text = not word[-1].isalnum() or is_wide(word[-1]) or word.isalpha()
        return (glyph.char.isdigit() or glyph.char in "*†‡") and after_text and len(word) > 1


def read_rows(glyphs: Iterable[Glyph]) -> tuple[list[Row], str]:
    """The lines of a page in the file's order, and the marks of notes that stood in them."""
    rows: list[Row] = []
    marks: list[str] = []
    line: _Line | None = None
    space = own = False
    for glyph in glyphs:
        if glyph.char.isspace():
            space, own = True, own or not glyph.made
            continue
        if line is None or not line.holds(glyph):
            if line is not None:
                rows.append(_runs(line))
            line = _Line(glyph.baseline, glyph.size, [])
            line.words.append(Word([glyph.char], glyph.left, glyph.right, False))
        elif line.is_note_mark(glyph):
            marks.append(glyph.char)
            continue
        else:
            _add(line, glyph, space, own)
        line.sizes[glyph.size] += 1
        if glyph.size > line.size:
            line.baseline, line.size = glyph.baseline, glyph.size
        space = own = False
    if line is not None:
        rows.append(_runs(line))
    return rows, " ".join(marks)


def _add(line: _Line, glyph: Glyph, space: bool, own: bool) -> None:
    """Put a character on a line, to the last word or as a new one."""
    last = line.words[-1]
    gap = (glyph.left - last.right) / line.size
    parts = space or gap > _WORD_GAP
    if parts and gap < _WIDE_GAP and is_wide(last.chars[-1]) and is_wide(glyph.char):
        parts = space and gap >= _SPACED_GAP
    # The letters of a ligature share its box.
    if parts and glyph.right > last.right:
        line.words.append(Word([glyph.char], glyph.left, glyph.right, own))
    else:
        last.chars.append(glyph.char)
        last.right = max(last.right, glyph.right)


def _runs(line: _Line) -> Row:
    size = line.sizes.most_common(1)[0][0]
    first, *rest = line.words
    gaps = [(word.left - before.right) / size for before, word in pairwise(line.words)]
    usual = median(gaps) if len(gaps) > 1 else 0.0
    groups = [[first]]
    for word, gap in zip(rest, gaps, strict=True):
        # Justified lines are stretched where the file has spaces, and all of them alike.
        stretched = word.spaced and gap < _STRETCHED * usual
        marked = word is rest[0] and gap < _MARK and _is_list_mark(first, size)
        if gap > _WIDE_GAP and not stretched and not marked:
            groups.append([])
        groups[-1].append(word)
    return [_run(group, line.baseline, size) for group in groups]


def _is_list_mark(word: Word, size: float) -> bool:
    """Whether a word can be the number or the bullet of what follows it: 1. (a) 一、 •"""
    text = "".join(word.chars)
    return word.right - word.left < _MARK * size and not text[-1].isalnum()


def _run(words: Sequence[Word], baseline: float, size: float) -> Run:
    text = " ".join("".join(word.chars) for word in words)
    hang = words[1].left if len(words) > 1 else words[0].left
    left, right = words[0].left, max(word.right for word in words)
    return Run(text, left, right, baseline, size, words[0].right, hang)

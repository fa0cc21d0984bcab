"""Characters of a page put into lines, and lines into runs that no wide gap parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from aligner.reading.glyphs import Glyph
from aligner.reading.rules import NO_RULES, Rules
from aligner.scripts import WIDE_CLOSING, WIDE_MARKS, WIDE_OPENING, starts_item
from aligner.spacing import is_wide

LARGER = 1.1  # of a title's or a heading's type, in sizes of the type below it

# In sizes of the type.
_WORD_GAP = 0.3  # parts words where the file has no space
_MADE_GAP = 0.15  # more than between letters, where PDFium sees a space
_SPACED_GAP = 0.2  # under which a space between wide characters is none
_WIDE_GAP = 1.8  # parts the runs of a line, unless it is the line's own spacing
_COLUMN_GAP = 0.6  # parts them where several lines begin
_BARE_GAP = 1.0  # parts them where the file has no space
_MARK = 3.0  # the widest mark of a list, and the widest gap after it
_SAME_LINE = 0.5  # between the baselines of a line and what is raised or lowered
_SMALL, _RAISED = 0.9, 0.15  # size and place of the marks of notes
_BACK = -0.6  # how far a character may stand back over the one before
_BACK_OVER_MARK = -1.1  # Chinese marks are set half as wide beside each other
_SET_CLOSER = WIDE_MARKS + WIDE_OPENING + WIDE_CLOSING + "“”‘’"
_APART = 0.15  # parts words that were not written in their order
_FIXED = 0.9  # of a line's characters, in a line of a program
_FIGURES = 4  # of the number of a line
_SEVERAL_LINES = 3  # that begin where a column does
_LEAST_NUMBERS = 3  # of lines, on a page that has any
_COUNTS = (1, 2, 5, 10)  # what lines are numbered by
_LETTERSPACED = 0.1  # between the letters of a line that is letterspaced
_SPACED_OUT = 1.5  # of the gap between spaced letters: more parts words
_OVERLAP = 0.3  # of characters that stand side by side


@dataclass(slots=True)
class Word:
    """Characters without a space between them; `spaced` says that the file has one before."""

    chars: list[str]
    left: float
    right: float
    spaced: bool = False


@dataclass(slots=True)
class Run:
    """Words of one line with nothing but their spaces between them.

    Places are in points: edges along the line, the baseline, the size of the type.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    word: float  # where the first word ends
    gap: float  # the line's usual one between words
    fixed: bool = False  # whether its font is one of programs


Row = list[Run]  # of a line, from left to right


def usual_size(sizes: Iterable[tuple[float, int]]) -> float:
    """The size of type in which most characters are set, of sizes and how many each has."""
    counts: Counter[float] = Counter()
    for size, characters in sizes:
        counts[size] += characters
    return max(counts, key=counts.__getitem__, default=0.0)


@dataclass(slots=True)
class _Line:
    baseline: float
    size: float
    words: list[Word]
    start: float  # where the last character begins
    letter_gap: float = 0.0  # between the last two characters of a word
    gaps: list[float] = field(default_factory=list)  # between characters, in sizes of the type
    sizes: Counter[float] = field(default_factory=Counter)
    fixed: int = 0  # characters in a font of one width
    shuffled: bool = False  # whether words are not in the order of their places

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands on this line: after the last one, or in a gap."""
        last = self.words[-1]
        size = max(self.size, glyph.size)
        if abs(glyph.baseline - self.baseline) > _SAME_LINE * size:
            return False
        # The letters of a ligature share its box.
        if glyph.left - last.right > self.back(glyph) * size or glyph.left == self.start:
            return True
        return self._has_room(glyph)

    def back(self, glyph: Glyph) -> float:
        """How far a character may stand back over the last one, in sizes of the type."""
        marks = self.words[-1].chars[-1] in _SET_CLOSER or glyph.char in _SET_CLOSER
        return _BACK_OVER_MARK if marks else _BACK

    def _has_room(self, glyph: Glyph) -> bool:
        """Whether a character, such as a mark in another font, was left out and comes later."""
        slack, near = _OVERLAP * self.size, _WIDE_GAP * self.size
        gaps = [max(glyph.left - word.right, word.left - glyph.right) for word in self.words]
        return -slack < min(gaps) < near

    def is_note_mark(self, glyph: Glyph) -> bool:
        """Whether a character is the raised mark of a note: after a word or a stop, not in m²."""
        raised = glyph.baseline - self.baseline
        if glyph.size > _SMALL * self.size or raised < _RAISED * self.size:
            return False
        word = "".join(self.words[-1].chars[-3:])
        after_text = not word[-1].isalnum() or is_wide(word[-1]) or word.isalpha()
        return (glyph.char.isdigit() or glyph.char in "*†‡") and after_text and len(word) > 1


class Reading(NamedTuple):
    """The lines of a page in the file's order, and what stood beside or above them.

    `marks` are those of notes, `numbers` those of lines in the margin.
    """

    rows: list[Row]
    marks: str
    numbers: str


def read_rows(glyphs: Iterable[Glyph], rules: Rules = NO_RULES) -> Reading:
    """Put the characters of a page into lines; what a drawn line parts is two of them."""
    lines: list[_Line] = []
    marks: list[str] = []
    space = made = marked = False
    for glyph in glyphs:
        if glyph.char.isspace():
            space, made = space or not glyph.made, made or glyph.made
            continue
        line = lines[-1] if lines else None
        if line is None or not line.holds(glyph):
            word = Word([glyph.char], glyph.left, glyph.right)
            line = _Line(glyph.baseline, glyph.size, [word], glyph.left)
            lines.append(line)
        elif line.is_note_mark(glyph):
            marks.append(glyph.char if marked or not marks else " " + glyph.char)
            marked = True
            line.words[-1].right = max(line.words[-1].right, glyph.right)
            continue
        else:
            gap = (glyph.left - line.words[-1].right) / line.size
            _add(line, glyph, space or (made and gap - line.letter_gap > _MADE_GAP))
        line.sizes[glyph.size] += 1
        line.fixed += glyph.fixed and not is_wide(glyph.char)
        line.start = glyph.left
        if glyph.size > line.size:
            line.baseline, line.size = glyph.baseline, glyph.size
        space = made = marked = False
    numbers = _take_line_numbers(lines)
    lines = [line for line in lines if line.words]
    starts = Counter(round(line.words[0].left) for line in lines)
    columns = {left for left, count in starts.items() if count >= _SEVERAL_LINES}
    rows = [row for line in lines for row in _runs(line, rules, columns)]
    return Reading(rows, "".join(marks), " ".join(numbers))


def _take_line_numbers(lines: Iterable[_Line]) -> list[str]:
    """Take the numbers of lines out of the margin: they end at one place and count on."""
    columns: dict[int, list[tuple[float, int, _Line]]] = {}
    for line in lines:
        word = line.words[0]
        figures = "".join(word.chars)
        if len(figures) <= _FIGURES and figures.isascii() and figures.isdecimal():
            columns.setdefault(round(word.right), []).append((-line.baseline, int(figures), line))
    taken = []
    for column in columns.values():
        column.sort(key=lambda item: item[0])
        steps = {b[1] - a[1] for a, b in pairwise(column)}
        if len(column) >= _LEAST_NUMBERS and len(steps) == 1 and steps.pop() in _COUNTS:
            for _, number, line in column:
                taken.append(str(number))
                del line.words[0]
    return taken


def _add(line: _Line, glyph: Glyph, space: bool) -> None:
    """Put a character on a line, to the last word or as a new one."""
    last = line.words[-1]
    gap = (glyph.left - last.right) / line.size
    parts = space or gap > _WORD_GAP or _ends_note_mark(line, glyph)
    if parts and gap < _WIDE_GAP and is_wide(last.chars[-1]) and is_wide(glyph.char):
        parts = space and gap >= _SPACED_GAP
    if glyph.left == line.start:
        parts = False
    elif gap < line.back(glyph):
        parts = line.shuffled = True
    if not space:
        line.gaps.append(gap)
    if parts:
        line.words.append(Word([glyph.char], glyph.left, glyph.right, spaced=space))
    else:
        line.letter_gap = max(gap, 0.0)
        last.chars.append(glyph.char)
        last.right = max(last.right, glyph.right)


def _ends_note_mark(line: _Line, glyph: Glyph) -> bool:
    """Whether a character comes after the raised number with which the line of a note begins."""
    raised = line.baseline - glyph.baseline > _RAISED * glyph.size
    number = len(line.words) == 1 and "".join(line.words[0].chars).isdigit()
    return number and raised and line.size < _SMALL * glyph.size


def _runs(line: _Line, rules: Rules, columns: Container[int]) -> Iterator[Row]:
    """The line's runs, those parted by drawn lines as lines of their own.

    `columns` are the places, in whole points, at which several lines of the page begin.
    """
    size = line.sizes.most_common(1)[0][0]
    words = _in_place(line) if line.shuffled else _unspaced(line)
    gaps = [(word.left - before.right) / size for before, word in pairwise(words)]
    usual = median(gaps) * size if gaps else 0.0
    height = line.baseline + size / 3
    row: Row = []
    group = [words[0]]
    for number, (word, gap) in enumerate(zip(words[1:], gaps, strict=True)):
        ruled = rules.between(group[-1].right, word.left, height)
        marks_item = number == 0 and gap < _MARK and _is_list_mark(words[0], size)
        wide = gap > (_WIDE_GAP if word.spaced else _BARE_GAP)
        # Two columns, of which the left one's line is full.
        least = _WORD_GAP if not word.spaced else max(_COLUMN_GAP, 2 * usual / size)
        wide = wide or (gap > least and round(word.left) in columns)
        if ruled or (wide and not marks_item):
            row.append(_run(group, line, size, usual))
            group = []
        if ruled:
            yield row
            row = []
        group.append(word)
    yield [*row, _run(group, line, size, usual)]


def _unspaced(line: _Line) -> list[Word]:
    """The words of a line; of a letterspaced one, without those that only its spacing parted."""
    spacing = median(line.gaps) if line.gaps else _LETTERSPACED
    if spacing < _LETTERSPACED:
        return line.words
    # PDFium may see a space after each letter.
    letters = sum(len(word.chars) == 1 and not is_wide(word.chars[0]) for word in line.words)
    spaces_tell = 2 * letters < len(line.words)
    joined = line.words[:1]
    for word in line.words[1:]:
        last = joined[-1]
        gap = (word.left - last.right) / line.size
        wide = is_wide(last.chars[-1]) or is_wide(word.chars[0])
        if (word.spaced and spaces_tell) or wide or gap > _SPACED_OUT * spacing:
            joined.append(word)
        else:
            joined[-1] = Word(last.chars + word.chars, last.left, word.right, last.spaced)
    return joined


def _in_place(line: _Line) -> list[Word]:
    """The words of a line that was not written from left to right, by their places alone."""
    first, *rest = sorted(line.words, key=lambda word: word.left)
    words = [first]
    for word in rest:
        last = words[-1]
        gap = (word.left - last.right) / line.size
        wide = is_wide(last.chars[-1]) and is_wide(word.chars[0])
        if gap > (_WIDE_GAP if wide else _APART):
            words.append(word)
        else:
            words[-1] = Word(last.chars + word.chars, last.left, max(last.right, word.right))
    return words


def _is_list_mark(word: Word, size: float) -> bool:
    short = word.right - word.left < _MARK * size
    return short and starts_item("".join(word.chars) + " ")


def _run(words: Sequence[Word], line: _Line, size: float, gap: float) -> Run:
    text = " ".join("".join(word.chars) for word in words)
    left, right = words[0].left, max(word.right for word in words)
    fixed = line.fixed > _FIXED * line.sizes.total()
    return Run(text, left, right, line.baseline, size, words[0].right, gap, fixed)

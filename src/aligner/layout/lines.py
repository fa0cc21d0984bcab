"""Lines of a document, and whether one runs on into the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from aligner.document import Block, Document, Span
from aligner.scripts import (
    CLOSING,
    COMMAS,
    STOPS,
    WIDE_COMMAS,
    WIDE_STOPS,
    ends_with_stop,
    starts_item,
)
from aligner.spacing import display_width, is_blank, is_wide

# Wider lines than this are whole paragraphs, not lines that somebody wrapped. In columns;
# a wide character takes two.
_MAX_WRAP = 140
# Narrower ones are lists and addresses; by whether the line is written in wide characters. In
# running text, which has marks, narrower ones are the lines of a column.
_MIN_WRAP = {False: 40, True: 24}
_MIN_COLUMN = {False: 24, True: 16}
_LINE = re.compile(r"[^\n\f]*[\n\f]|[^\n\f]+")
_INNER_MARK = re.compile(f"[{WIDE_STOPS}{WIDE_COMMAS}{STOPS}{COMMAS}]")
_PROSE = 60  # columns of running text, at most, for each mark in it
_ALIKE = 0.9  # of a width: about as wide
_SEVERAL = 3
_FILLED = 0.75  # of the widest line
# A sentence or clause that has begun on a line after the end of another, and has not ended.
_BEGUN = re.compile(r"[.!?,;:][\"”’)]*\s[^.!?:;]*[\w,)]$", re.A)
_BROKEN_WORD = re.compile(r"[^\W\d_]-$")
_LONG, _LONG_ENOUGH = 60, 30  # columns of what may be cut, and of what surely goes on
_UNFINISHED = re.compile(
    r"(?:[,，、]|\b(?:the|a|an|of|and|or|to|in|on|at|by|for|with|from|as|that|which|its|their))$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line's text without its indent, its place, its block, and what stood before it.

    `gap` counts the blank lines above; a page break counts as two.
    """

    text: str
    span: Span
    indent: int
    gap: int
    width: int
    block: Block


def read_lines(document: Document) -> Iterator[Line]:
    """The lines of a document that hold anything, in order."""
    gap = 1  # nothing stands above the first line
    end = 0
    for block in document.blocks:
        between = document.text[end : block.span.start]
        gap += max(0, between.count("\n") - 1) + 2 * between.count("\f")
        end = block.span.end
        for match in _LINE.finditer(document.text, *block.span):
            content = match[0].rstrip()
            text = content.lstrip()
            if not is_blank(text):
                start = match.start() + len(content) - len(text)
                indent = display_width(content[: len(content) - len(text)])
                span = Span(start, start + len(text))
                yield Line(text, span, indent, gap, display_width(text), block)
                gap = 0
            else:
                gap += 1
            if match[0].endswith("\f"):
                gap += 2


@dataclass(frozen=True, slots=True)
class Widths:
    """The widths of full lines: in columns, with the indent, and in characters.

    Editors wrap by any of the three.
    """

    columns: int
    indented: int
    characters: int
    is_prose: bool = False

    @classmethod
    def of(cls, lines: Sequence[Line], usual: Widths | None = None) -> Widths:
        """The widths of the widest lines, unless these are less than the `usual` full lines.

        Several of about one width are full by themselves.
        """
        widths = cls(
            max(line.width for line in lines),
            max(line.indent + line.width for line in lines),
            max(len(line.text) for line in lines),
        )
        # A sentence of two lines has but its stop.
        marked = any(_INNER_MARK.search(line.text) for line in lines)
        usually = usual is not None and usual.is_prose
        prose = _is_running_text(lines) or (marked and usually)
        alike = sum(line.width > _ALIKE * widths.columns for line in lines)
        if usual is None or alike >= _SEVERAL or widths.columns > _ALIKE * usual.columns:
            return replace(widths, is_prose=prose)
        return replace(usual, is_prose=prose)


def usual_widths(lines: Sequence[Line]) -> dict[bool, Widths]:
    """The widths of a document's full lines: of those in wide characters, and of the others."""
    found = {}
    for wide in (False, True):
        some = [line for line in lines if is_mostly_wide(line.text) is wide]
        full = [
            _most_alike(values)
            for values in (
                [line.width for line in some],
                [line.indent + line.width for line in some],
                [len(line.text) for line in some],
            )
        ]
        if all(full):
            columns, indented, characters = full
            found[wide] = Widths(columns, indented, characters, _is_running_text(some))
    return found


def _is_running_text(lines: Sequence[Line]) -> bool:
    """Whether lines have as many marks as sentences have, rather than titles or addresses."""
    marks = sum(len(_INNER_MARK.findall(line.text)) for line in lines)
    return marks * _PROSE >= sum(line.width for line in lines)


def _most_alike(widths: Sequence[int]) -> int:
    """The greatest of the widths that several lines have, or nearly; 0 where there is none."""
    ordered = sorted((width for width in widths if width <= _MAX_WRAP), reverse=True)
    for place, width in enumerate(ordered):
        last = ordered[min(place + _SEVERAL, len(ordered)) - 1]
        if place + _SEVERAL <= len(ordered) and last > _ALIKE * width:
            return width
    return 0


def is_mostly_wide(text: str) -> bool:
    """Whether more than half of a text's characters are wide."""
    return sum(map(is_wide, text)) * 2 > len(text)


def is_wrapped(line: Line, following: Line, widths: Widths) -> bool:
    """Whether a line was broken only because there was no more room on it.

    It was if the first word of the following line would not have fitted, or if it ends in
    mid-sentence for certain.
    """
    if following.gap or starts_item(following.text) or following.indent > line.indent + 1:
        return False
    if _BROKEN_WORD.search(line.text) and following.text[0].islower():
        return True
    wide = is_wide(following.text[0])
    chinese = wide or is_mostly_wide(following.text)
    least = (_MIN_COLUMN if widths.is_prose else _MIN_WRAP)[chinese]
    if not least <= widths.columns <= _MAX_WRAP:
        return False
    # A short line after the end of a sentence is a heading, not the sentence's next line.
    begins = following.text[0].isalnum() and not following.text[0].islower()
    short = begins and following.width < _FILLED * widths.columns
    if short and ends_with_stop(line.text) and not ends_with_stop(following.text):
        return False
    if 2 * line.width > widths.columns and goes_on(line.text, following.text):
        return True
    # Lines set in type of uneven widths hold more or fewer characters than the next.
    if _FILLED * widths.columns < line.width and _BEGUN.search(line.text):
        return True
    # Rules on what may begin a line leave room for a character or two on a Chinese line.
    first = takewhile(lambda c: not (c.isspace() or is_wide(c)), following.text)
    word = 5 if wide else sum(1 for _ in first) + (0 if chinese else 1)
    return (
        line.width + word > widths.columns
        or line.indent + line.width + word > widths.indented
        or len(line.text) + (3 if wide else word) > widths.characters
    )


def goes_on(text: str, following: str) -> bool:
    """Whether a text surely ends in mid-sentence, by its last word or the next text's first."""
    if ends_with_stop(text):
        return False
    return following[0].islower() or _UNFINISHED.search(text) is not None


def is_heading_cut(line: Line, following: Line) -> bool:
    """Whether a line that stands alone is a heading that goes on below."""
    alone = line.gap > 0 and following.gap < 2 and line.width <= 80
    return alone and line.text[-1] not in ",，、" and goes_on(line.text, following.text)


def is_cut(text: str, following: str, far: bool) -> bool:
    """Whether a paragraph stops in mid-sentence and goes on in a following one.

    `far` says that a page break, a furniture line or more than one blank line lies between.
    """
    if ends_with_stop(text) or starts_item(following):
        return False
    if not far and _is_preamble(text, following):
        return False
    surely = goes_on(text, following)
    if text[-1] in CLOSING and not surely:
        return False
    wide = display_width(text)
    long = wide >= _LONG or (far and following[0].islower() and wide >= _LONG_ENOUGH)
    if not (is_prose(text) or (surely and long) or (far and is_wide(text[0]) and "，" in text)):
        return False
    if is_wide(following[0]) or surely:
        return True
    return far and not following.isupper()


def _is_preamble(text: str, following: str) -> bool:
    """Whether two paragraphs are clauses of a preamble, which end in commas."""
    if text[-1] not in ",，" or following[0].islower():
        return False
    return not is_wide(following[0]) or following[-1] in ",，;；"


def is_prose(text: str) -> bool:
    """Whether a text is running text rather than a title, an address or a label."""
    if ends_with_stop(text):
        return True
    return display_width(text) >= 60 and _INNER_MARK.search(text) is not None

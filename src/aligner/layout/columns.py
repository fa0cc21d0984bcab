"""Two languages side by side on one line: a row of a table, or two columns of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.layout.lines import Line, display_width
from aligner.types import Span

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
# What parts two languages on one line: a mark; or, if both are more than a name, a stop.
_MARK = re.compile(r"\s*[\t|｜]\s*|\s+[/／]\s+")
_STOP = re.compile(r"(?<=[。！？.!?])[”’」』\"')）]*\s*(?=[^\s.!?。！？])")
_ROOM = re.compile(r"\s{2,}")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_LEAST_ROOM = 3  # spaces between columns; two where other lines of the paragraph show columns
_LONGEST = 1000  # characters of a line in columns


def cut_bilingual(lines: Sequence[Line]) -> list[Line]:
    """Cut the lines of a chunk that hold one language and then the other: 你好。 / Hello.

    Where several are parted by room alone they are columns: the left one's lines come first,
    then the right one's.
    """
    rooms = [_room(line.text, _LEAST_ROOM) for line in lines]
    if sum(room is not None for room in rooms) > 1:
        return list(_columns(lines))
    cut: list[Line] = []
    for line, room in zip(lines, rooms, strict=True):
        parting = _parting(line.text) or room
        cut += _halves(line, parting) if parting else [line]
    return cut


def _columns(lines: Sequence[Line]) -> Iterator[Line]:
    sides: tuple[list[Line], list[Line]] = ([], [])
    singles: list[Line] = []
    for line in lines:
        parting = _room(line.text, 2) or _parting(line.text)
        if parting is None:
            singles.append(line)
            continue
        for side, half in zip(sides, _halves(line, parting), strict=True):
            side.append(half)
    # A line of the one column beside the other's end has that one's script.
    left_is_han = sum(_is_han(line.text) for line in sides[0]) * 2 > len(sides[0])
    for line in singles:
        sides[_is_han(line.text) != left_is_han].append(line)
    for side in sides:
        yield from sorted(side, key=lambda line: line.span)


def _halves(line: Line, parting: tuple[int, int]) -> list[Line]:
    stop, start = parting
    halves = []
    for number, (place, text) in enumerate(
        ((0, line.text[:stop].rstrip()), (start, line.text[start:]))
    ):
        first = line.span.start + place
        gap, indent = (0, 0) if number else (line.gap, line.indent)
        span = Span(first, first + len(text))
        halves.append(Line(text, span, indent, gap, display_width(text)))
    return halves


def _room(text: str, least: int) -> tuple[int, int] | None:
    """The widest run of spaces that has mostly one script before it and the other after it."""
    if len(text) > _LONGEST or not (_HAN.search(text) and _LETTER.search(text)):
        return None
    rooms = [
        room.span()
        for room in _ROOM.finditer(text)
        if len(room[0]) >= least
        and "\t" not in room[0]
        and _has_letters(text[: room.start()])
        and _has_letters(text[room.end() :])
        and _is_han(text[: room.start()]) != _is_han(text[room.end() :])
    ]
    return max(rooms, key=lambda room: room[1] - room[0], default=None)


def _has_letters(text: str) -> bool:
    return _HAN.search(text) is not None or _LETTER.search(text) is not None


def _is_han(text: str) -> bool:
    """Whether a text is Chinese rather than a language in Latin letters."""
    return 3 * len(_HAN.findall(text)) > len(_LETTER.findall(text))


def _parting(text: str) -> tuple[int, int] | None:
    """Where one language ends and the other begins, in a line that has the one, then the other."""
    han, letter = _HAN.search(text), _LETTER.search(text)
    if han is None or letter is None:
        return None
    backwards = text[::-1]
    last_han, last_letter = (
        len(text) - 1 - found.start()
        for found in (_HAN.search(backwards), _LETTER.search(backwards))
        if found
    )
    if last_han < letter.start():
        start, stop, latin = last_han + 1, letter.start(), text[letter.start() :]
    elif last_letter < han.start():
        start, stop, latin = last_letter + 1, han.start(), text[: last_letter + 1]
    else:
        return None
    mark = _MARK.search(text, start, stop)
    if mark:
        return mark.span()
    if len(_WORD.findall(latin)) < 3:
        return None
    # The one character more that is looked at is what follows.
    end = _STOP.search(text, start, stop + 1)
    return (end.end(), end.end()) if end else None

"""Two languages side by side on one line: a row of a table, or two columns of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from aligner.document import Span
from aligner.languages import detect_language
from aligner.layout.lines import Line
from aligner.scripts import HAN, STOPS, WIDE_STOPS
from aligner.spacing import display_width

_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
# What parts two languages on one line: a mark; or, if both are more than a name, a stop.
_MARK = re.compile(r"\s+[/／]\s+")
_CELL = re.compile(r"\s*[\t|｜]\s*")
_STOP = re.compile(
    rf"(?:(?<=[{WIDE_STOPS}!?；：;:])|(?<=\D\.))[”’」』\"')）]*\s*(?=[^\s{STOPS}{WIDE_STOPS}])"
)
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(rf"[{WIDE_STOPS}]|[a-z]{{3}}[{STOPS}](?:\s|$)")
_ROOM = re.compile(r"\s{2,}")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_SMALL_WORD = re.compile(r"(?<![A-Za-z'.@/-])[a-z]{2,}(?![A-Za-z'@/-])")
_LABEL = re.compile(r"[:：]")
_BRACKETED = re.compile(r"(\S[^()（）]*?)\s*[(（]\s*([^()（）]+?)\s*[)）]")
_SMALL_LETTERS = re.compile(r"[a-z]{2}")
_BRACKETS = ("（）", "()", "《》", "“”")
_HAN_LETTERS = 3  # letters that say as much as a Chinese character
_ALIKE = 0.4  # of the longer half's length
_LEAST_ROOM = 3  # spaces between columns; two where other lines of the paragraph show columns
_LONGEST_HEADING = 120  # characters
_LONGEST = 1000  # characters of a line in columns
_MOST_CELLS = 50  # of a line that are looked at


def cut_bilingual(
    lines: Sequence[Line], headings: bool = False, bracketed: bool = False
) -> list[Line]:
    """Cut the lines of a chunk that hold one language and then the other: 你好。 / Hello.

    Where several are parted by room they are columns: the left one's lines come first,
    then the right one's. `headings` says that the document has headings in both languages on
    one line; a line that stands alone, or has labels in both, may be one without that.
    `bracketed` says that its headings have their translation in brackets: Drawing（绘图）.
    """
    if bracketed and len(lines) == 1 and has_bracketed_translation(lines[0].text):
        match = _BRACKETED.fullmatch(lines[0].text)
        return [_part(lines[0], *match.span(half)) for half in (1, 2)] if match else list(lines)
    rooms = [_room(line.text, _LEAST_ROOM) for line in lines]
    if any(rooms) and sum(_side_by_side(line.text) is not None for line in lines) > 1:
        return list(_columns(lines))
    cut: list[Line] = []
    for line, room in zip(lines, rooms, strict=True):
        # A cell of a table may be one character long: 县 County.
        seam = _heading_seam(line.text, 1 if headings and len(lines) == 1 else 2)
        if not headings and not (seam and _says_the_same(line.text, seam, len(lines) == 1)):
            seam = None
        parting = _parting(line.text) or room or seam
        cut += _halves(line, parting) if parting else [line]
    return cut


def _columns(lines: Sequence[Line]) -> Iterator[Line]:
    sides: tuple[list[Line], list[Line]] = ([], [])
    singles: list[Line] = []
    for line in lines:
        parting = _side_by_side(line.text)
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


def _side_by_side(text: str) -> tuple[int, int] | None:
    """Where a line of two columns is parted, if only by the space that a full line leaves."""
    return _room(text, 2) or _seam(text)


def _halves(line: Line, parting: tuple[int, int]) -> list[Line]:
    stop, start = parting
    return [_part(line, 0, len(line.text[:stop].rstrip())), _part(line, start, len(line.text))]


def _part(line: Line, start: int, stop: int) -> Line:
    """Some of a line; what follows on it stands beside its beginning."""
    text = line.text[start:stop]
    first = line.span.start + start
    gap, indent = (0, 0) if start else (line.gap, line.indent)
    span = Span(first, first + len(text))
    return Line(text, span, indent, gap, display_width(text), line.block)


def _room(text: str, least: int) -> tuple[int, int] | None:
    """The widest run of spaces that has mostly one script before it and the other after it."""
    if len(text) > _LONGEST or not (_HAN.search(text) and _LETTER.search(text)):
        return None
    rooms = (m for m in _ROOM.finditer(text) if len(m[0]) >= least and "\t" not in m[0])
    return _widest(rooms, text)


def _widest(partings: Iterable[re.Match[str]], text: str) -> tuple[int, int] | None:
    """The widest of the places with mostly one script before it and the other after it."""
    places = [
        match.span()
        for match in islice(partings, _MOST_CELLS)
        if _has_letters(text[: match.start()])
        and _has_letters(text[match.end() :])
        and _is_han(text[: match.start()]) != _is_han(text[match.end() :])
    ]
    return max(places, key=lambda place: place[1] - place[0], default=None)


def _has_letters(text: str) -> bool:
    return _HAN.search(text) is not None or _LETTER.search(text) is not None


def _is_han(text: str) -> bool:
    """Whether a text is Chinese rather than a language in Latin letters."""
    return detect_language(text, ("zh", "en")) == "zh"


def has_heading_seam(text: str) -> bool:
    """Whether a line looks like a heading in one language and then the other: 前言 Preface."""
    return _heading_seam(text) is not None


def has_bracketed_translation(text: str) -> bool:
    """Whether a line looks like a heading with its translation in brackets: Drawing（绘图）."""
    match = _BRACKETED.fullmatch(text) if len(text) <= _LONGEST_HEADING else None
    if match is None or _SENTENCE_END.search(text):
        return False
    han, latin = match.groups() if _is_han(match[1]) else match.groups()[::-1]
    if not _is_han(han) or _is_han(latin) or _SMALL_LETTERS.search(latin) is None:
        return False
    lengths = sorted((_HAN_LETTERS * len(_HAN.findall(han)), len(_LETTER.findall(latin))))
    return lengths[0] > _ALIKE * lengths[1]


def _heading_seam(text: str, least: int = 2) -> tuple[int, int] | None:
    if len(text) > _LONGEST_HEADING or _SENTENCE_END.search(text):
        return None
    seam = _seam(text)
    if seam is None:
        return None
    halves = (text[: seam[0]], text[seam[1] :])
    han, latin = halves if _HAN.search(halves[0]) else halves[::-1]
    begun = latin[0].isupper() or not latin[0].isalpha()
    return seam if len(_HAN.findall(han)) >= least and _WORD.search(latin) and begun else None


def _says_the_same(text: str, seam: tuple[int, int], alone: bool) -> bool:
    """Whether a line has the same in two languages, and not just a name in the other.

    Both halves have a label, or, of a line that stands alone, about the same length, and the
    one in Latin letters small words, as few names have.
    """
    halves = text[: seam[0]], text[seam[1] :]
    if any(half.count(pair[0]) != half.count(pair[1]) for half in halves for pair in _BRACKETS):
        return False
    if all(_LABEL.search(half) for half in halves):
        return True
    han, latin = halves if _HAN.search(halves[0]) else halves[::-1]
    lengths = sorted((_HAN_LETTERS * len(_HAN.findall(han)), len(_LETTER.findall(latin))))
    alike = lengths[0] > _ALIKE * lengths[1] and halves[1][0] not in "([（【"
    return alone and alike and _SMALL_WORD.search(latin) is not None


def _parting(text: str) -> tuple[int, int] | None:
    """Where one language ends and the other begins, in a line that has the one, then the other."""
    border = _border(text)
    if border is None:
        return _widest(_CELL.finditer(text), text)
    start, stop, latin = border
    cell = _CELL.search(text, start, stop)
    if cell:
        return cell.span()
    mark = _MARK.search(text, start, stop)
    if mark:
        return mark.span()
    if len(_WORD.findall(latin)) < 3:
        return None
    # The one character more that is looked at is what follows.
    end = _STOP.search(text, start, stop + 1)
    if end is None:
        return None
    seam = _seam(text)
    return seam if seam and seam[0] >= end.start() else (end.end(), end.end())


def _seam(text: str) -> tuple[int, int] | None:
    """The first white space between the one language and the other: 目的 1. Purpose."""
    border = _border(text)
    space = border and _SPACE.search(text, border[0], border[1])
    return space.span() if space else None


def _border(text: str) -> tuple[int, int, str] | None:
    """What lies between the one language and the other, and the part in Latin letters.

    None for a text in which they are mixed, or that has but one.
    """
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
        return last_han + 1, letter.start(), text[letter.start() :]
    if last_letter < han.start():
        return last_letter + 1, han.start(), text[: last_letter + 1]
    return None

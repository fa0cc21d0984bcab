"""The text of an old Word document and the formats of its paragraphs, out of its two streams.

Names and numbers are those of [MS-DOC]: the text lies in pieces, which a table lists; how
paragraphs and characters look, in pages of 512 bytes, by where the text lies in the file.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from struct import unpack_from
from typing import NamedTuple

from aligner.errors import ReadError

HEAD_SIZE = 34
_WORD97 = 0xC1  # the number of its format
_ENCRYPTED = 0x0100
_PAGE = 512
# Where the numbers of characters of the parts of the text stand, and the places of tables.
_COUNTS = 76
_STORIES = ("text", "footnotes", "heads", "macros", "comments", "endnotes", "boxes", "head boxes")
_PLACES = 154
_STYLE_SHEET, _CHARACTER_PAGES, _PARAGRAPH_PAGES, _PIECES = 1, 12, 13, 33
# Single property modifiers.
_IN_TABLE, _ENDS_ROW, _LEVEL, _LIST, _NEW_PAGE = 0x2416, 0x2417, 0x2640, 0x460B, 0x2407
_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09
_TABLE_DEFINITION = 0xD608
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # of operands, by the three highest bits; 0 varies


class ParagraphFormat(NamedTuple):
    """What a paragraph is; `style` is the number of a style that Word has itself."""

    style: int = 0
    in_table: bool = False
    ends_row: bool = False
    is_heading: bool = False
    is_item: bool = False
    starts_page: bool = False


class _Piece(NamedTuple):
    start: int  # in the text, in characters
    place: int  # in the file, in bytes
    width: int  # of a character, in bytes
    length: int  # in characters


def check_head(head: bytes, name: str) -> None:
    """Raise ReadError for a document that is encrypted or in a format before that of 1997."""
    version, flags = unpack_from("<H", head, 2)[0], unpack_from("<H", head, 10)[0]
    if version < _WORD97:
        raise ReadError(f"{name}: a Word document from before 1997; save it as DOCX first")
    if flags & _ENCRYPTED:
        raise ReadError(f"{name}: encrypted; save it without a password")


class Parts:
    """The text, one character for each unit of UTF-16, and what is known of its paragraphs.

    `stories` gives where in it each part begins and ends; of characters that are hidden or
    deleted, zeros are left.
    """

    def __init__(self, main: bytes, table: bytes) -> None:
        self._main, self._table = main, table
        self._pieces = list(self._read_pieces())
        self.text = "".join(self._piece_text(piece) for piece in self._pieces)
        self.stories: dict[str, tuple[int, int]] = {}
        start = 0
        for story, length in zip(_STORIES, unpack_from("<8i", main, _COUNTS), strict=True):
            self.stories[story] = (start, start + max(0, length))
            start += max(0, length)
        self._styles = list(self._read_styles())
        runs = sorted(self._runs(_PARAGRAPH_PAGES, 13), key=lambda run: run[0])
        self._starts = [start for start, _, _ in runs]
        self._runs_of_paragraphs = runs
        self._hide()

    def paragraph(self, mark: int) -> ParagraphFormat:
        """The format of the paragraph that a character ends."""
        place = self._place(mark)
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self._runs_of_paragraphs[number][1]:
            return ParagraphFormat()
        page = self._runs_of_paragraphs[number][2]
        size = page[0] and 2 * page[0] - 1
        first = 1
        if not size:
            size, first = 2 * page[1], 2
        content = page[first : first + size]
        style = self._style(unpack_from("<H", content)[0])
        values = dict(_modifiers(content[2:]))
        level = values.get(_LEVEL, b"\x09")
        return ParagraphFormat(
            style,
            any(values.get(_IN_TABLE, b"")),
            any(values.get(_ENDS_ROW, b"")),
            level[0] < 9,
            any(values.get(_LIST, b"")),
            any(values.get(_NEW_PAGE, b"")),
        )

    def _read_pieces(self) -> Iterator[_Piece]:
        table = self._part(_PIECES)
        place = 0
        while table[place] == 1:
            place += 3 + unpack_from("<H", table, place + 1)[0]
        size = unpack_from("<I", table, place + 1)[0]
        plex = table[place + 5 : place + 5 + size]
        count = (len(plex) - 4) // 12
        starts = unpack_from(f"<{count + 1}I", plex)
        for number in range(count):
            at = unpack_from("<I", plex, 4 * (count + 1) + 8 * number + 2)[0]
            packed = bool(at & 0x40000000)
            at &= 0x3FFFFFFF
            length = starts[number + 1] - starts[number]
            yield _Piece(starts[number], at >> packed, 2 - packed, length)

    def _piece_text(self, piece: _Piece) -> str:
        end = piece.place + piece.length * piece.width
        content = self._main[piece.place : end]
        if piece.length < 0 or len(content) != piece.length * piece.width:
            raise ValueError("a piece of its text is missing")
        if piece.width == 1:
            return content.decode("cp1252", "replace")
        units = array("H", content)
        if unpack_from("=H", b"\x01\x00")[0] != 1:
            units.byteswap()
        return "".join(map(chr, units))

    def _part(self, number: int) -> bytes:
        place, size = unpack_from("<II", self._main, _PLACES + 8 * number)
        return self._table[place : place + size]

    def _place(self, character: int) -> int:
        """The place in the file of a character of the text."""
        number = bisect_right(self._pieces, character, key=lambda piece: piece.start) - 1
        piece = self._pieces[number]
        return piece.place + (character - piece.start) * piece.width

    def _runs(self, part: int, width: int) -> Iterator[tuple[int, int, bytes]]:
        """Where runs begin and end in the file, and their formats, a page's rest each."""
        plex = self._part(part)
        count = max(0, len(plex) - 4) // 8
        for number in unpack_from(f"<{count}I", plex, 4 * (count + 1)) if count else ():
            at = (number & 0x3FFFFF) * _PAGE
            page = self._main[at : at + _PAGE]
            runs = page[-1]
            places = unpack_from(f"<{runs + 1}I", page)
            for run in range(runs):
                offset = 2 * page[4 * (runs + 1) + width * run]
                if offset:
                    yield places[run], places[run + 1], page[offset:-1]

    def _hide(self) -> None:
        """Put zeros for what is hidden or deleted, and symbols for what stands for them."""
        changed = []
        for start, end, page in self._runs(_CHARACTER_PAGES, 1):
            values = dict(_modifiers(page[1 : 1 + page[0]]))
            symbol = values.get(_SYMBOL, b"")
            if any(values.get(_DELETED, b"")) or any(values.get(_HIDDEN, b"")):
                changed.append((start, end, "\0"))
            elif symbol:
                changed.append((start, end, chr(unpack_from("<H", symbol, 2)[0])))
        if not changed:
            return
        characters = list(self.text)
        for piece in self._pieces:
            last = piece.place + piece.length * piece.width
            for start, end, character in changed:
                low, high = max(start, piece.place), min(end, last)
                for place in range(low, high, piece.width):
                    characters[piece.start + (place - piece.place) // piece.width] = character
        self.text = "".join(characters)

    def _read_styles(self) -> Iterator[tuple[int, int]]:
        """Of each style, the number that Word knows it by, and that of the one it is based on."""
        sheet = self._part(_STYLE_SHEET)
        place = 2 + unpack_from("<H", sheet)[0] if len(sheet) > 2 else 0
        while place and place + 2 <= len(sheet):
            size = unpack_from("<H", sheet, place)[0]
            if size >= 4 and place + 6 <= len(sheet):
                known, base = unpack_from("<HH", sheet, place + 2)
                yield known & 0xFFF, base >> 4
            else:
                yield 0, 0xFFF
            place += 2 + size + size % 2

    def _style(self, number: int) -> int:
        """The nearest style that Word has itself and that means something, 0 for none."""
        for _ in range(10):
            if number >= len(self._styles):
                break
            known, base = self._styles[number]
            if 0 < known < 0xFFE:
                return known
            number = base
        return 0


def _modifiers(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties in a list of modifiers, and their operands."""
    place = 0
    while place + 2 <= len(content):
        modifier = unpack_from("<H", content, place)[0]
        place += 2
        size = _SIZES[modifier >> 13]
        if modifier == _TABLE_DEFINITION and place + 2 <= len(content):
            size = unpack_from("<H", content, place)[0] + 1
        elif not size and place < len(content):
            size = content[place] + 1
        yield modifier, content[place : place + size]
        place += size

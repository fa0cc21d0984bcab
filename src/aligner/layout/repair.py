"""Mending what line breaks, layout and character recognition did to a paragraph's text.

Only what is certain is touched: by the form, or because the document itself bears it out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from aligner.scripts import UNSPACED, WIDE_CLOSING, WIDE_MARKS, WIDE_OPENING
from aligner.spacing import SOFT_HYPHEN
from aligner.types import Piece
from aligner.vocabulary import wholeness

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# From the beginning of a word, lest a long one is looked through from each of its letters.
_FIRST = r"(?<![^\W\d_])([^\W\d_]++)"
_BROKEN = re.compile(rf"{_FIRST}-{SOFT_HYPHEN}([^\W\d_]+)")
_BROKEN_LINE = re.compile(rf"{_FIRST}-[ \t]*\n[ \t]*([^\W\d_]+)")
# Log odds of a word that was broken at a line's end: surely; in texts that break words.
_SURE, _WHERE_BROKEN = 4.0, -0.75
_MOST_BROKEN = 500  # words that are looked at for that
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MARK = f"{WIDE_MARKS}{WIDE_OPENING}{WIDE_CLOSING}“”‘’…—"
_SPACED = re.compile(rf"(?<=[{UNSPACED}]) +(?=[{UNSPACED}])")
_TOUCHING = re.compile(rf"[{UNSPACED}](?=[{UNSPACED}])")
_SPACED_MARK = re.compile(
    rf"(?<=[{UNSPACED}{_MARK}]) +(?=[{WIDE_MARKS}{WIDE_CLOSING}”’])"
    rf"|(?<=[{WIDE_MARKS}{WIDE_OPENING}]) +(?=[{UNSPACED}])"
)
# Internet of Things (1oT): the initials say which letters were meant.
_ABBREVIATION = re.compile(r"(?<= )\((?=[^)]*[0-9l|])([A-Za-z0-9|]{2,8})\)")
_LONGEST_NAME = 120  # characters before an abbreviation that may spell it
_LOOKALIKE = str.maketrans("10l5|", "IOISI")
# I1. for II.: the strokes that a Roman numeral at the head of a section is made of.
_STROKES = re.compile(r"^[ \t]*([Il1|\[!]{2,3})\.(?=\s)", re.M)
_NUMERAL = re.compile(r"^[ \t]*(?=[IVX])(X{0,3}(?:IX|IV|V?I{0,3}))\.(?=\s)", re.M)


class Edit(NamedTuple):
    """Characters `start` to `end` are replaced, one for one, or removed if there are none."""

    start: int
    end: int
    text: str


class Repairs:
    """What one document tells of its own words."""

    def __init__(self, text: str) -> None:
        self._text = text

    def mend(
        self, text: str, pieces: Sequence[Piece], language: str
    ) -> tuple[str, tuple[Piece, ...]]:
        """A paragraph's text as it was meant, and its pieces to match."""
        edits = [*self._hyphens(text), *self._misread(text)]
        edits += [Edit(*match.span(), "") for match in _INVISIBLE.finditer(text)]
        if language in ("zh", "ja"):
            edits += stray_spaces(text)
        return apply(text, pieces, edits) if edits else (text, tuple(pieces))

    def _hyphens(self, text: str) -> Iterator[Edit]:
        for match in _BROKEN.finditer(text):
            if not self._is_compound(*match.groups()):
                yield Edit(match.end(1), match.end(1) + 2, "")

    def _is_compound(self, first: str, second: str) -> bool:
        """Whether two parts of a word at a line's end are joined by a hyphen of their own."""
        decided = self._decided(first, second)
        # Anglo-American, T-shirt: no program breaks a word beside its first or last letter.
        whole = min(len(first), len(second)) < 2 or (second[0].isupper() and not first.isupper())
        if decided is None and whole:
            return True
        return wholeness(first, second) < self._least if decided is None else decided

    @cached_property
    def _least(self) -> float:
        """What a word must reach to be one: less in a text that surely breaks words."""
        broken = [*_BROKEN_LINE.findall(self._text), *_BROKEN.findall(self._text)]
        sure = sum(wholeness(*parts) > _SURE for parts in broken[:_MOST_BROKEN])
        return _WHERE_BROKEN if sure else _SURE

    def _decided(self, first: str, second: str) -> bool | None:
        first, second = first.lower(), second.lower()
        joined, hyphened = self._words[first + second], self._words[f"{first}-{second}"]
        return hyphened >= joined if joined or hyphened else None

    @cached_property
    def _words(self) -> Counter[str]:
        whole = _BROKEN.sub(" ", _BROKEN_LINE.sub(" ", self._text))
        return Counter(word.lower() for word in _WORD.findall(whole))

    def _misread(self, text: str) -> Iterator[Edit]:
        for wrong, right in self._confusions:
            for match in re.finditer(rf"(?<![\w-]){re.escape(wrong)}(?![\w-])", text):
                yield Edit(*match.span(), right)
        stroke = _STROKES.match(text)
        if stroke and stroke[1] in self._numerals:
            yield Edit(*stroke.span(1), "I" * len(stroke[1]))

    @cached_property
    def _confusions(self) -> tuple[tuple[str, str], ...]:
        """Abbreviations with a digit for a letter, and what the words before them spell."""
        found = {}
        for match in _ABBREVIATION.finditer(self._text):
            short = match[1]
            before = self._text[max(0, match.start() - _LONGEST_NAME) : match.start()]
            meant = "".join(word[0] for word in before.split()[-len(short) :])
            mended = short.translate(_LOOKALIKE)
            if mended.lower() == meant.lower() and mended != short and mended[-1].isupper():
                found[short] = mended
        return tuple(found.items())

    @cached_property
    def _numerals(self) -> frozenset[str]:
        """Misread section numbers that the numbers about them prove to be Roman ones."""
        known = {match for match in _NUMERAL.findall(self._text) if match}
        strokes = [match for match in _STROKES.findall(self._text) if set(match) != {"I"}]
        sure = {s for s in strokes if not s.isdigit() and not s.islower()}
        meant = known | {"I" * len(stroke) for stroke in sure}
        numbers = ("I", "II", "III", "IV")
        return frozenset(
            stroke
            for stroke in sure
            if "I" * len(stroke) not in known
            and {numbers[len(stroke) - 2], numbers[len(stroke)]} & meant
            and known
        )


def stray_spaces(text: str) -> list[Edit]:
    """Spaces between Chinese characters that a scanner or letterspacing put there."""
    edits = [Edit(*match.span(), "") for match in _SPACED_MARK.finditer(text)]
    spaced = list(_SPACED.finditer(text))
    touching = len(_TOUCHING.findall(text))
    # One between two words may be meant: 第一章 总则.
    if spaced and (4 * len(spaced) > touching if len(spaced) > 2 else not touching):
        edits += [Edit(*match.span(), "") for match in spaced]
    return edits


def apply(
    text: str, pieces: Sequence[Piece], edits: Sequence[Edit]
) -> tuple[str, tuple[Piece, ...]]:
    """Carry out edits; of two that overlap, the one that begins first."""
    done: list[str] = []
    size = 0
    moved: list[Piece] = []
    place = 0

    def keep(start: int, stop: int, replaced: str | None = None) -> None:
        nonlocal size
        first = bisect_right(pieces, start, key=lambda piece: piece.at)
        last = bisect_left(pieces, stop, key=lambda piece: piece.at)
        under = pieces[first - 1]
        moved.append(Piece(size, under.start + start - under.at))
        moved.extend(Piece(size + p.at - start, p.start) for p in pieces[first:last])
        done.append(text[start:stop] if replaced is None else replaced)
        size += len(done[-1])

    for edit in sorted(set(edits)):
        if edit.start < place:
            continue
        if place < edit.start:
            keep(place, edit.start)
        if edit.text:
            keep(*edit)
        place = edit.end
    if place < len(text):
        keep(place, len(text))
    return "".join(done), tuple(moved)

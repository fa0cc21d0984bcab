"""One reading of a page out of two engines', line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean

from aligner.reading.ocr.words import Line, Word
from aligner.spacing import has_wide, squeezed

_SURE, _UNSURE = 0.9, 0.8  # confidence of a line that takes another's place, and of the other

# Marks that one engine can't tell apart, and the other can.
_FORMS = str.maketrans("“”‘’–—‐", "\"\"''---")


def chosen(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """The lines of one engine, those in Latin script as the other engine has them if it is better.

    Where both agree but for the form of marks, the other one tells curved quotation marks from
    straight ones and dashes from hyphens, and sees every space between words.
    """
    words = [(word, other.size) for other in others for word in other.words]
    return [_better(line, [word for word, _ in words if _is_on(word, line)]) for line in lines]


def _is_on(word: Word, line: Line) -> bool:
    middle = (word.left + word.right) / 2
    first, last = line.words[0], line.words[-1]
    if not first.left <= middle <= last.right:
        return False
    share = (middle - first.left) / max(last.right - first.left, 1.0)
    return abs(first.middle + share * (last.middle - first.middle) - word.middle) < line.size / 2


def _better(line: Line, words: Sequence[Word]) -> Line:
    words = sorted(words, key=lambda word: word.left)
    if not words or has_wide(line.text):
        return line
    other = replace(line, words=(replace(words[0], is_apart=False), *words[1:]))
    if _confidence(other) > _SURE and _confidence(line) < _UNSURE:
        return other
    return _agreed(line, other) if _plain(line) == _plain(other) else line


def _agreed(line: Line, other: Line) -> Line:
    """A line with the marks of another that is the same but for their form, and its spaces."""
    marks = iter(squeezed(other.text))
    spaces = {
        len(squeezed(other.text[:place])) for place, c in enumerate(other.text) if c.isspace()
    }
    words: list[Word] = []
    size = 0
    for word in line.words:
        pieces = [""]
        for char in word.text:
            if size in spaces and pieces[-1][-1:].isalpha() and char.isalpha():
                pieces.append("")
            pieces[-1] += next(marks)
            size += 1
        words += _cut(word, pieces)
    return replace(line, words=tuple(words))


def _cut(word: Word, pieces: Sequence[str]) -> Iterator[Word]:
    """A word as several, each with its share of the width."""
    share = (word.right - word.left) / sum(map(len, pieces))
    left = word.left
    for number, piece in enumerate(pieces):
        right = left + share * len(piece)
        yield replace(
            word, text=piece, left=left, right=right, is_apart=word.is_apart or number > 0
        )
        left = right


def _plain(line: Line) -> str:
    return squeezed(line.text).translate(_FORMS)


def _confidence(line: Line) -> float:
    return fmean(word.confidence for word in line.words)

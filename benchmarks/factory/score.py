"""How many of a text's pairs come right out of a rendering."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from aligner import Alignment, Settings, align_note
from aligner.errors import AlignerError
from aligner.spacing import squeezed
from aligner.vectors import Encoder
from factory.flow import REFERENCE
from factory.settings import heads
from factory.text import Block, Pair, Text

_NUMBER = r"[\[(^]*\d*[\])^.:]*"  # a note's number as one program or another writes it
_NO_GLYPH = "■"  # what reportlab sets for a mark that its font lacks
NEAR = 0.02  # share of a pair's characters that may differ in a scan


@dataclass(frozen=True, slots=True)
class Score:
    """What came out of one rendering; `refused` says why nothing did.

    `near` counts the right pairs and those wrong by 2% of their characters at most,
    `spaced` the right pairs whose words are parted as they should be. `lost` counts the
    text's characters that are in no sentence and not left out.
    """

    pairs: int
    right: int = 0
    near: int = 0
    spaced: int = 0
    wrong: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    lost: int = 0
    characters: int = 0
    refused: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A pair to be found, and what its sides may look like with marks and references."""

    pair: Pair
    patterns: tuple[re.Pattern[str], re.Pattern[str]]

    def equals(self, sides: tuple[str, str]) -> bool:
        return all(p.fullmatch(squeezed(s)) for p, s in zip(self.patterns, sides, strict=True))


def _plain(text: str) -> str:
    return squeezed(REFERENCE.sub("", text))


def _pattern(text: str, mark: str, kind: str) -> re.Pattern[str]:
    """A side without white space, with or without its mark and its notes' numbers."""
    words = [re.escape(squeezed(part)) for part in REFERENCE.split(text)[::2]]
    before = _NUMBER if kind == "note" else f"(?:{re.escape(squeezed(mark))}|{_NO_GLYPH})?"
    return re.compile(before + _NUMBER.join(words))


def _wanted(text: Text) -> Iterator[_Wanted]:
    for block in text.blocks:
        for pair in block:
            if all(pair.sides) and not pair.is_neutral and block.kind != "reference":
                marks = block.mark if pair in block.pairs[:1] else ("", "")
                patterns = [
                    _pattern(side, mark, block.kind)
                    for side, mark in zip(pair.sides, marks, strict=True)
                ]
                yield _Wanted(pair, (patterns[0], patterns[1]))


def _optional(text: Text) -> set[tuple[str, ...]]:
    """Pairs that are true, but of marks or of running heads."""
    marks = [Pair(*block.mark) for block in text.blocks]
    marks += [block.pairs[0] for block in text.blocks if block.kind == "reference"]
    pairs = (*text.optional, *marks, *heads(text))
    return {tuple(map(squeezed, pair.sides)) for pair in pairs}


def _known(block: Block) -> str:
    return "".join(_plain(side) for p in block for side in dict.fromkeys(p.sides))


def lost_characters(text: Text, alignment: Alignment) -> int:
    """Characters of the text that are nowhere in what came out, however they are ordered."""
    kept = Counter[str]()
    for sentence in (*alignment.source, *alignment.target):
        kept.update(sentence.text)
    for item in alignment.left_out:
        kept.update(item.paragraph.text)
    known = Counter("".join(map(_known, text.blocks)))
    return (known - kept).total()


def _is_near(pair: Pair, sides: tuple[str, str]) -> bool:
    from rapidfuzz.distance import Levenshtein

    return all(
        Levenshtein.normalized_distance(_plain(known), squeezed(found)) <= NEAR
        for known, found in zip(pair.sides, sides, strict=True)
    )


def judge(text: Text, alignment: Alignment, settings: dict[str, str]) -> Score:
    """Compare an alignment with the text's pairs, white space aside."""
    open_pairs = list(_wanted(text))
    total, spaced, near = len(open_pairs), 0, 0
    optional = _optional(text)
    wrong = []
    for bead in alignment.pairs:
        sides = alignment.source_text(bead), alignment.target_text(bead)
        right = next((wanted for wanted in open_pairs if wanted.equals(sides)), None)
        if right is not None:
            open_pairs.remove(right)
            spaced += REFERENCE.sub("", right.pair.en) in sides[1]
        elif tuple(map(squeezed, sides)) not in optional:
            wrong.append(sides)
    right_count = total - len(open_pairs)
    for sides in wrong:
        near += any(_is_near(wanted.pair, sides) for wanted in open_pairs)
    return Score(
        total,
        right_count,
        right_count + near,
        spaced,
        tuple(wrong),
        tuple(wanted.pair.sides for wanted in open_pairs),
        lost_characters(text, alignment),
        sum(len(_known(block)) for block in text.blocks),
        "",
        settings,
    )


def score(text: Text, path: Path, encoder: Encoder, settings: dict[str, str]) -> Score:
    """Align a rendering as a user does, and judge it."""
    try:
        alignment = align_note(path, Settings(ocr="dpi" in settings), encoder)
    except AlignerError as exc:
        missed = tuple(wanted.pair.sides for wanted in _wanted(text))
        return Score(len(missed), missed=missed, refused=str(exc), settings=settings)
    return judge(text, alignment, settings)

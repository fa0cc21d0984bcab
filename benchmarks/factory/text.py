"""The texts of the factory: blocks of known pairs, read from TOML files and from the notes."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.append(str(ROOT / "tests"))

from aligner.spacing import squeezed  # noqa: E402
from notes import GOLD, NOTES, parts  # noqa: E402

TEXTS = Path(__file__).with_name("texts")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Pair:
    """What translates each other, Chinese and English; one side is empty where it has nothing."""

    zh: str
    en: str

    @property
    def sides(self) -> tuple[str, str]:
        return self.zh, self.en

    @property
    def is_neutral(self) -> bool:
        """Whether it is a figure that is the same in both languages, and so no pair."""
        return self.zh == self.en


_REPLY = Pair("中国政府的答复", "Reply of the Government of China")  # the notes have no title


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of pairs, or a table of rows; `mark` is what numbers or names it."""

    kind: str
    pairs: tuple[Pair, ...] = ()
    mark: tuple[str, str] = ("", "")
    rows: tuple[tuple[Pair, ...], ...] = ()

    def __iter__(self) -> Iterator[Pair]:
        """Every pair, those of the cells too."""
        yield from self.pairs
        for row in self.rows:
            yield from row


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; `optional` pairs may be found or not."""

    name: str
    blocks: tuple[Block, ...]
    optional: tuple[Pair, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells the widest row of a table has, 1 where there is no table."""
        return max((len(row) for block in self.blocks for row in block.rows), default=1)

    @property
    def title(self) -> Pair:
        """What running heads call it."""
        return next((b.pairs[0] for b in self.blocks if b.kind == "title"), _REPLY)


def _cell(value: str | list[str]) -> Pair:
    return Pair(value, value) if isinstance(value, str) else Pair(*value)


def _block(fields: dict[str, Any]) -> Block:
    mark = _cell(fields.get("mark", "")).sides
    rows = tuple(tuple(map(_cell, row)) for row in fields.get("rows", []))
    return Block(fields["kind"], tuple(Pair(*p) for p in fields.get("pairs", [])), mark, rows)


def read_text(path: Path) -> Text:
    """A text of ours; its file's README says what a block holds."""
    fields = tomllib.loads(path.read_text("utf-8"))
    return Text(path.stem, tuple(map(_block, fields["block"])))


def _joined(spans: list[dict[str, Any]], separator: str) -> str:
    return separator.join(re.sub(r"\s*\n\s*", separator, span["text"]) for span in spans)


def read_note(path: Path) -> Text:
    """A sample note with its gold pairs, in the paragraphs that `notes.parts` finds.

    Raises ValueError where the gold's pairs don't make up the paragraphs.
    """
    head, english, chinese = parts(path)
    lines = (GOLD / f"{path.stem}.jsonl").read_text("utf-8").splitlines()[1:]
    gold: dict[str, list[Pair]] = {"pair": [], "optional": [], "null": []}
    for row in map(json.loads, lines):
        gold[row["kind"]].append(Pair(_joined(row["source"], ""), _joined(row["target"], " ")))
    blocks = [_one_sided(line) for block in head for line in block.split("\n")]
    left = iter(gold["pair"])
    for sides in zip(chinese, english, strict=True):
        pairs: list[Pair] = []
        while squeezed("".join(pair.zh for pair in pairs)) != squeezed(sides[0]):
            pairs.append(next(left))
        if squeezed("".join(pair.en for pair in pairs)) != squeezed(sides[1]):
            raise ValueError(f"{path.name}: the gold's pairs are not its paragraphs': {sides[1]}")
        blocks.append(Block("paragraph", tuple(pairs)))
    return Text(path.stem, tuple(blocks), tuple(gold["optional"]))


def _one_sided(line: str) -> Block:
    """A line of a note's head, which stands in one language."""
    wide = re.search(r"[\u4e00-\u9fff]", line)
    return Block("paragraph", (Pair(line, "") if wide else Pair("", line),))


def texts() -> dict[str, Text]:
    """Every text of the factory by name."""
    every = [read_text(path) for path in sorted(TEXTS.glob("*.toml"))]
    every += [read_note(path) for path in NOTES]
    return {text.name: text for text in every}

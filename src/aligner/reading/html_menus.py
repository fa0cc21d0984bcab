"""Which blocks of a web page are its menus, by their place and by their links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from aligner.document import BlockKind, Cell
from aligner.reading.characters import clean
from aligner.scripts import STOPS, WIDE_STOPS

_STOP = re.compile(f"[{STOPS}{WIDE_STOPS}；;]")

_SPACES = re.compile(" {2,}")
_VERBATIM = (BlockKind.LINES, BlockKind.CODE)


@dataclass
class PageBlock:
    """Text between two block borders, and how much of it is links and menus."""

    kind: BlockKind = BlockKind.PARAGRAPH
    cell: Cell | None = None
    language: str = ""
    in_main: bool = False
    margin: int = 0  # the number of the margin, such as an `aside`, that it stands in
    starts_page: bool = False
    parts: list[str] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    links: int = 0

    @cached_property
    def text(self) -> str:
        """Its text, to be asked for once all parts are there."""
        joined = "".join(self.parts)
        if self.kind not in _VERBATIM:
            joined = _SPACES.sub(" ", joined)  # those about what isn't seen
        lines = (line.strip() for line in joined.split("\n"))
        return clean("\n".join(line for line in lines if line))

    @property
    def is_linked(self) -> bool:
        """Whether it consists of links, as the parts of a menu do."""
        return self.linked >= 0.7 * self.letters and not _STOP.search(self.text)

    @property
    def ends_in_break(self) -> bool:
        """Whether nothing stands after its last line break."""
        last = next((part for part in reversed(self.parts) if part.strip(" ")), "")
        return last.rstrip(" ").endswith("\n")


def mark_menus(blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """The blocks with text, those that are menus by their place or by their links marked."""
    full = [block for block in blocks if block.text or block.starts_page]
    run: list[PageBlock] = []
    for block in [*full, PageBlock(parts=["."])]:
        if block.is_linked:
            run.append(block)
            continue
        # A link or two may be a title or a name; a row of them is a menu.
        if sum(linked.links for linked in run) >= 4:
            for linked in run:
                linked.kind = BlockKind.MENU
        run = []
    _mark_margins(full)
    # A page that says where its main text is has all else about it.
    in_main = sum(block.letters for block in full if block.in_main)
    if 2 * in_main > sum(block.letters for block in full if block.kind != BlockKind.MENU):
        for block in full:
            block.kind = block.kind if block.in_main else BlockKind.MENU
    return full


def _mark_margins(blocks: Sequence[PageBlock]) -> None:
    """Mark what stands in a margin that consists of links, for the most part."""
    margins: dict[int, list[PageBlock]] = {}
    for block in blocks:
        if block.margin:
            margins.setdefault(block.margin, []).append(block)
    for margin in margins.values():
        if 2 * sum(block.linked for block in margin) > sum(block.letters for block in margin):
            for block in margin:
                block.kind = BlockKind.MENU

"""The sample notes, their gold as texts, and rearrangements of them."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

from aligner.spacing import is_wide
from aligner.types import Alignment

ROOT = Path(__file__).parent.parent
NOTES = sorted((ROOT / "data/notes").glob("*.txt"))
GOLD = ROOT / "data/gold"


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def gold_pairs(note: Path, kind: str = "pair") -> set[tuple[str, str]]:
    """The wanted pairs of a note, texts without white space."""
    lines = (GOLD / f"{note.stem}.jsonl").read_text("utf-8").splitlines()[1:]
    rows = [json.loads(line) for line in lines]
    return {
        tuple(squeeze("".join(s["text"] for s in row[side])) for side in ("source", "target"))  # type: ignore[misc]
        for row in rows
        if row["kind"] == kind
    }


def found_pairs(alignment: Alignment) -> set[tuple[str, str]]:
    return {
        (squeeze(alignment.source_text(b)), squeeze(alignment.target_text(b)))
        for b in alignment.pairs
    }


def mistakes(note: Path, alignment: Alignment) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs that are missing, and pairs that are wrong."""
    found, gold = found_pairs(alignment), gold_pairs(note)
    return gold - found, found - gold - gold_pairs(note, "optional")


def parts(note: Path) -> tuple[list[str], list[str], list[str]]:
    """Head, English paragraphs and Chinese paragraphs of a note, cut sentences rejoined."""
    paragraphs = [p for p in re.split(r"\n\s*\n", note.read_text("utf-8")) if p.strip()]
    start = next(i for i, p in enumerate(paragraphs) if p.startswith("Receipt"))
    head, body = paragraphs[:start], paragraphs[start:]
    english: list[str] = []
    chinese: list[str] = []
    for paragraph in body:
        side = chinese if is_wide(paragraph.strip()[0]) or "企业" in paragraph else english
        cut = side and side[-1][-1] not in ".:。："
        if cut:
            side[-1] += ("" if side is chinese else " ") + paragraph
        else:
            side.append(paragraph)
    return head, english, chinese


def wrap(paragraph: str, chinese: int = 34, latin: int = 78) -> str:
    """Break the lines of a paragraph as an editor does."""
    if "\n" in paragraph:
        return "\n".join(wrap(line, chinese, latin) for line in paragraph.split("\n"))
    if sum(map(is_wide, paragraph)) * 3 < len(paragraph):
        return "\n".join(textwrap.wrap(paragraph, latin, break_on_hyphens=False))
    return "\n".join(paragraph[i : i + chinese] for i in range(0, len(paragraph), chinese))

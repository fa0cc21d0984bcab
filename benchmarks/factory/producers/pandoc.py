"""pandoc: one Markdown source as Markdown, plain text, DOCX, HTML, EPUB, ODT and RTF."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence

from factory.design import Job, Producer
from factory.flow import (
    ARRANGEMENTS,
    REFERENCE,
    Break,
    Flow,
    Grid,
    Line,
    arrange,
    notes,
    without_notes,
)
from factory.settings import DATE, missing
from factory.text import Text

_WRITERS = {"md": "gfm", "txt": "plain", "docx": "docx", "html": "html5"}


def _escaped(words: str) -> str:
    """Words that Markdown takes for nothing but words."""
    words = re.sub(r"([\\`*_{}\[\]<>#|~^$])", r"\\\1", words)
    return re.sub(r"^(\(?\w{1,4})([.)])", r"\1\\\2", words)


def _line(line: Line, first: str = "zh") -> str:
    parts = REFERENCE.split(line.text if line.mark == "•" else line.marked)
    label = line.language or first
    words = "".join(f"[^{label}{p}]" if k % 2 else _escaped(p) for k, p in enumerate(parts))
    heading = {"title": "# ", "heading": "## ", "aside": "> "}.get(line.kind, "")
    return f"- {words}" if line.mark == "•" else heading + words


def _grid(grid: Grid) -> str:
    """A table with cells of several paragraphs, as pandoc's grid tables have them."""
    count = max(map(len, grid.rows))
    width = 120
    rule = "+" + ("-" * width + "+") * count
    out = [rule]
    for row in grid.rows:
        cells = [_wrapped(cell, width - 2) for cell in (*row, *((),) * (count - len(row)))]
        height = max(map(len, cells))
        for number in range(height):
            texts = [cell[number] if number < len(cell) else "" for cell in cells]
            out.append("|" + "|".join(f" {_padded(text, width - 2)} " for text in texts) + "|")
        out.append(rule)
    return "\n".join(out)


def _wrapped(cell: Sequence[Line], width: int) -> list[str]:
    """The lines of a cell, none wider than `width` columns where wide characters take two."""
    from wcwidth import wcwidth

    lines: list[str] = []
    for line in cell:
        lines += [""] if lines else []
        room, words = width, ""
        for piece in re.findall(r"[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef]\s*", _line(line)):
            size = sum(max(wcwidth(c), 0) for c in piece)
            if size > room:
                lines.append(words.rstrip())
                room, words = width, ""
            words += piece
            room -= size
        lines.append(words.rstrip())
    return lines


def _padded(words: str, width: int) -> str:
    from wcwidth import wcswidth

    return words + " " * (width - max(wcswidth(words), 0))


def source(text: Text, flow: Flow) -> str:
    """The document in pandoc's Markdown."""
    # A document has its title in its text: as `title` it would stand there twice.
    blocks = [f"---\npagetitle: {json.dumps(text.title.en)}\ndate: {DATE.en}\n---"]
    for item in without_notes(flow):
        if isinstance(item, Break):
            blocks.append("------")
        else:
            blocks.append(_grid(item) if isinstance(item, Grid) else _line(item))
    for (language, number), note in notes(flow).items():
        blocks.append(f"[^{language}{number}]: {_escaped(note.text)}")
    return "\n\n".join(blocks) + "\n"


def _make(jobs: Sequence[Job]) -> None:
    for job in jobs:
        markdown = source(job.text, arrange(job.text, job.spec.arrangement))
        writer = _WRITERS.get(job.spec.format, job.spec.format)
        reader = "markdown-smart-tex_math_dollars+east_asian_line_breaks"
        command = ["pandoc", "-f", reader, "-t", writer, "-s", "-o", str(job.path)]
        subprocess.run(command, input=markdown, text=True, check=True, capture_output=True)


PRODUCER = Producer(
    "pandoc",
    {
        "arrangement": tuple(ARRANGEMENTS),
        "format": ("md", "txt", "docx", "html", "epub", "odt", "rtf"),
    },
    missing(["pandoc"], ["wcwidth"]),
    _make,
)

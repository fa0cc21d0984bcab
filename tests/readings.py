"""What was read of a document, in the shape that tests compare."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.document import BlockKind, Document
from aligner.errors import ReadError
from aligner.reading import read_document


def blocks(document: Document) -> list[tuple[str, BlockKind]]:
    return [(document.text[slice(*block.span)], block.kind) for block in document.blocks]


def cells(document: Document) -> dict[tuple[int, ...], str]:
    return {
        tuple(block.cell): document.text[slice(*block.span)]
        for block in document.blocks
        if block.cell
    }


def saved(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(tmp_path: Path, name: str, content: str | bytes) -> list[str]:
    return [text for text, _ in blocks(read_document(saved(tmp_path, name, content)))]


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_document(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)

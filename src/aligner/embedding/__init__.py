"""sentences -> vectors."""

from aligner.embedding.registry import (
    DEFAULT_MODEL,
    ModelInfo,
    available_models,
    load_encoder,
)

__all__ = ["DEFAULT_MODEL", "ModelInfo", "available_models", "load_encoder"]

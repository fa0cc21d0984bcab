"""sentences -> vectors."""

from aligner.embedding.catalogue import DEFAULT_MODEL, ModelInfo
from aligner.embedding.describe import describe
from aligner.embedding.registry import (
    available_models,
    export_model,
    exportable_models,
    load_encoder,
)

__all__ = [
    "DEFAULT_MODEL",
    "ModelInfo",
    "available_models",
    "describe",
    "export_model",
    "exportable_models",
    "load_encoder",
]

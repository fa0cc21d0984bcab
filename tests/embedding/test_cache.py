"""The unpacked copy of weights: made once, checked, made again, done without."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aligner.embedding import cache

ARRAYS: dict[str, Any] = {
    "table": np.arange(1000, dtype=np.uint8).reshape(20, 50),
    "layer": np.linspace(0, 1, 7, dtype=np.float32),
    "number": np.array(1e-8),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def fetch() -> tuple[dict[str, Any], bool]:
    """The arrays, and whether they had to be unpacked."""
    calls = []

    def unpack() -> dict[str, Any]:
        calls.append(1)
        return ARRAYS

    return cache.unpacked("weights", unpack), bool(calls)


def same(arrays: dict[str, Any]) -> bool:
    return arrays.keys() == ARRAYS.keys() and all(
        np.array_equal(arrays[k], ARRAYS[k]) and arrays[k].dtype == ARRAYS[k].dtype for k in ARRAYS
    )


def test_unpacked_once(folder: Path) -> None:
    assert fetch()[1]
    arrays, again = fetch()
    assert same(arrays)
    assert not again
    assert [path.name for path in folder.iterdir()] == ["weights.arrays"]


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "header"])
def test_a_damaged_copy_is_made_again(folder: Path, damage: str) -> None:
    fetch()
    path = folder / "weights.arrays"
    content = bytearray(path.read_bytes())
    if damage == "flip":
        content[-100] ^= 1
    damaged = {"flip": content, "cut": content[:-64], "header": b"{}\n" + content}
    path.write_bytes(bytes(damaged.get(damage, b"")))
    arrays, again = fetch()
    assert again
    assert same(arrays)
    assert not fetch()[1]


def test_without_a_folder_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ALIGNER_CACHE", str(tmp_path / "file" / "cache"))
    for _ in range(2):
        arrays, unpacked = fetch()
        assert unpacked
        assert same(arrays)


def write_many(_: int) -> bool:
    return all(same(fetch()[0]) for _ in range(20))


def test_processes_at_once(folder: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert all(pool.map(write_many, range(3)))
    assert [path.name for path in folder.iterdir()] == ["weights.arrays"]

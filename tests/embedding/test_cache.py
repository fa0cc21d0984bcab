"""The unpacked copy of weights: made once, checked, made again, done without."""

from __future__ import annotations

import marshal
import multiprocessing
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aligner.embedding import cache, load_encoder
from aligner.embedding import universal_sentence_encoder as use
from aligner.folders import cache_folder, is_private
from aligner.splitting import words

ARRAYS: dict[str, Any] = {
    "table": np.arange(1000, dtype=np.uint8).reshape(20, 50),
    "layer": np.linspace(0, 1, 7, dtype=np.float32),
    "number": np.array(1e-8),
}
DIGEST = cache._digest(cache._packed(ARRAYS))
STRANGER = 65534
AS_ROOT = os.name == "posix" and os.geteuid() == 0


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

    return cache.unpacked("weights", DIGEST, unpack), bool(calls)


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
    assert cache_folder() is None
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


def zeroed(path: Path) -> None:
    """What an attacker would leave: a copy that is whole by its own account."""
    contents = cache._packed({key: np.zeros_like(array) for key, array in ARRAYS.items()})
    path.write_bytes(b"".join(contents))


def test_a_copy_of_other_weights_is_not_believed(folder: Path) -> None:
    fetch()
    zeroed(folder / "weights.arrays")
    arrays, again = fetch()
    assert again
    assert same(arrays)
    assert not fetch()[1]


def test_other_weights_than_were_named_are_not_kept(folder: Path) -> None:
    arrays = cache.unpacked("weights", "0" * 64, lambda: ARRAYS)
    assert same(arrays)
    assert not list(folder.iterdir())


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_copy_that_others_can_write_to_is_made_again(folder: Path, mode: int) -> None:
    fetch()
    copy = folder / "weights.arrays"
    copy.chmod(mode)
    assert fetch()[1]
    assert is_private(copy.stat())
    assert not fetch()[1]


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_no_copy(folder: Path, tmp_path: Path, kind: str) -> None:
    fetch()
    copy = folder / "weights.arrays"
    copy.rename(tmp_path / "elsewhere")
    if kind == "link":
        copy.symlink_to(tmp_path / "elsewhere")
    elif kind == "pipe":
        os.mkfifo(copy)
    else:
        copy.mkdir()
    assert fetch()[1]
    assert fetch()[1] == (kind == "folder")


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_that_others_can_write_to_is_not_used(folder: Path, mode: int) -> None:
    folder.mkdir()
    folder.chmod(mode)
    assert cache_folder() is None
    assert fetch()[1]
    assert not list(folder.iterdir())


@pytest.mark.skipif(not AS_ROOT, reason="only root gives files away")
def test_what_others_own_is_not_used(folder: Path) -> None:
    fetch()
    os.chown(folder / "weights.arrays", STRANGER, STRANGER)
    assert fetch()[1]
    assert not fetch()[1]
    os.chown(folder, STRANGER, STRANGER)
    assert cache_folder() is None
    assert fetch()[1]


def test_a_user_without_a_home_has_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALIGNER_CACHE")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _: Path("~/.cache/aligner"))
    assert cache_folder() is None


def test_the_installed_weights_are_known_and_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_encoder().encode(["Hello."]).runs(1)
    (copy,) = folder.iterdir()
    monkeypatch.setattr(use, "_unpack", lambda _: pytest.fail("unpacked again"))
    assert np.array_equal(load_encoder().encode(["Hello."]).runs(1), first)
    assert copy.stat().st_size > 70_000_000


def test_weights_that_are_not_known_have_no_copy(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use, "_COPIES", {})
    assert load_encoder().encode(["Hello."]).runs(1).shape == (1, 512)
    assert not folder.exists()


def test_jieba_reads_no_dictionary_but_its_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where others can put one, and nothing is written there either."""
    planted = tmp_path / "planted"
    planted.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(planted))
    monkeypatch.setattr(marshal, "load", lambda _: pytest.fail("something was unmarshalled"))
    folder.mkdir()
    for place in (planted, folder):
        (place / "jieba.cache").write_bytes(marshal.dumps(({"劳动保障监察": 10**6}, 10**6)))
    words._jieba.cache_clear()
    assert words.cut_words("劳动保障监察条例", "zh") == ["劳动", "保障", "监察", "条例"]
    assert [path.name for path in planted.iterdir()] == ["jieba.cache"]
    words._jieba.cache_clear()

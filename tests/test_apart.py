"""Work in a process of its own: what passes the bounds is one line, and no print is an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner import apart
from aligner.errors import ReadError


def _endless(_: str) -> object:
    while True:
        pass


def _hungry(_: str) -> list[bytes]:
    return [bytes(2**32)]


def _talking(_: str) -> list[int]:
    print("This is no answer.")
    return [1, 2]


@pytest.mark.parametrize(
    ("function", "told"), [("_endless", "more than 1 seconds"), ("_hungry", "3 GiB of memory")]
)
def test_what_passes_the_bounds(monkeypatch: pytest.MonkeyPatch, function: str, told: str) -> None:
    monkeypatch.setattr(apart, "most_seconds", lambda _: 1)
    with pytest.raises(ReadError, match=rf"^x: .*{told}.*; the file is damaged or hostile"):
        list(_apart(monkeypatch, function))


def test_answers_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(_apart(monkeypatch, "_talking")) == [1, 2]


def _apart(monkeypatch: pytest.MonkeyPatch, function: str) -> Iterator[object]:
    start = f"sys.path.append({str(Path(__file__).parent)!r}); {apart._SERVE}"
    monkeypatch.setattr(apart, "_SERVE", start)
    return apart.results_apart(f"test_apart:{function}", ["x"], name="x", error=ReadError, size=0)

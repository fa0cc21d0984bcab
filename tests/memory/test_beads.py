"""Bead files in Vecalign's form."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import FormatError
from aligner.memory import read_beads
from aligner.memory.beads import bead_chunks
from aligner.types import Bead

numbers = st.lists(st.integers(0, 10**6), max_size=4).map(tuple)
beads = st.builds(Bead, numbers, numbers, st.integers(0, 1000).map(lambda n: n / 1000))


@given(st.lists(beads, max_size=10).map(tuple))
def test_round_trip(written: tuple[Bead, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.beads"
        path.write_text("".join(bead_chunks(written)), "utf-8")
        assert read_beads(path) == written


def test_vecalign_and_gold_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.beads"
    path.write_text("[0]:[0, 1]:0.2315\n\n[1]:[]\n []:[2]:0.0 \n")
    assert [bead.type for bead in read_beads(path)] == ["1-2", "1-0", "0-1"]


@pytest.mark.parametrize("line", ["0:0", "[a]:[1]", "[0]:[1]:x", "{}"])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.beads"
    path.write_text(f"[0]:[0]\n{line}\n")
    with pytest.raises(FormatError, match="line 2"):
        read_beads(path)

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

side = st.lists(st.integers(0, 10**6), max_size=20, unique=True)
confidence = st.integers(0, 1000).map(lambda n: n / 1000)


@st.composite
def alignments(draw: st.DrawFn) -> tuple[Bead, ...]:
    """Beads that share no sentence."""
    source, target = draw(side), draw(side)
    sizes = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=10))
    beads = []
    for m, n in sizes:
        beads.append(Bead(tuple(source[:m]), tuple(target[:n]), draw(confidence)))
        source, target = source[m:], target[n:]
    return tuple(beads)


@given(alignments())
def test_round_trip(written: tuple[Bead, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.beads"
        path.write_text("".join(bead_chunks(written)), "utf-8")
        assert read_beads(path) == written


def test_vecalign_and_gold_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.beads"
    path.write_text("[0]:[0, 1]:0.2315\n\n[1]:[]\n []:[2]:0.0 \n")
    assert [bead.type for bead in read_beads(path)] == ["1-2", "1-0", "0-1"]


@pytest.mark.parametrize(
    "line", ["0:0", "[a]:[1]", "[1]:[1]:x", "[1]:[1]:1.2.3", "[1 2]:[1]", "[1,]:[1]", "{}"]
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.beads"
    path.write_text(f"[0]:[0]\n{line}\n")
    with pytest.raises(FormatError, match="line 2"):
        read_beads(path)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[0]:[1]", "line 2: source sentence 0 is already in line 1"),
        ("[]:[2, 0]", "line 2: target sentence 0 is already in line 1"),
        ("[2, 2]:[]", "line 2: source sentence 2 is already in line 2"),
        ("[3]:[]", "line 2: source sentence 3, but the text has 3"),
        ("[]:[4]", "line 2: target sentence 4, but the text has 4"),
        (f"[{10**30}]:[]", "line 2: not a bead"),
    ],
)
def test_sentences_twice_or_beyond_the_text(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "x.beads"
    path.write_text(f"[0]:[0]\n{line}\n")
    with pytest.raises(FormatError, match=told):
        read_beads(path, (3, 4))

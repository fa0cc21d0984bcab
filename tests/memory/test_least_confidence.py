"""Doubtful pairs stay out of what is used unread, and are seen where people look."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from aligner import align_note
from aligner.cli import main
from aligner.confidence import LEAST_CONFIDENCE
from aligner.memory import FORMATS, least_confidence, open_units, save_alignment
from aligner.types import Alignment
from aligner.vectors import Encoder
from notes import NOTES

UNREAD = {"tmx", "xliff", "parquet", "moses"}


@pytest.fixture(scope="module")
def alignment(encoder: Encoder) -> Alignment:
    """A note, of whose pairs three are hardly right; a person has accepted one of these."""
    found = align_note(NOTES[-1], encoder=encoder)
    beads = list(found.beads)
    places = [k for k, bead in enumerate(beads) if not bead.is_null][2:5]
    for place, sure in zip(places, (0.002, 0.19, 0.1), strict=True):
        beads[place] = replace(beads[place], confidence=sure)
    beads[places[2]] = replace(beads[places[2]], checked=True)
    return replace(found, beads=tuple(beads))


def test_which_formats_are_used_unread() -> None:
    assert {name for name, form in FORMATS.items() if form.unread} == UNREAD
    assert least_confidence("tmx") == LEAST_CONFIDENCE
    assert least_confidence("tmx", 0.0) == least_confidence("xlsx") == 0.0
    assert least_confidence("xlsx", 0.7) == 0.7
    assert least_confidence("beads", 0.7) == 0.0  # they are complete


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_what_is_written_by_default(tmp_path: Path, alignment: Alignment, form: str) -> None:
    counts = []
    for asked in (None, 0.0):
        place = tmp_path / f"out.{form}"
        save_alignment(alignment, place, form, asked)
        if form == "moses":
            counts.append(len((tmp_path / "out.zh").read_text("utf-8").splitlines()))
        elif form == "html":
            counts.append(place.read_text("utf-8").count("<td><b>"))
        elif form == "beads":
            counts.append(len(place.read_text("utf-8").splitlines()))
        else:
            counts.append(sum(1 for _ in open_units(place)[1]))
    assert counts[0] == counts[1] - (2 if form in UNREAD else 0)


def test_the_summary_says_how_many_and_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], alignment: Alignment
) -> None:
    whole, memory = tmp_path / "note.jsonl", tmp_path / "memory.db"
    save_alignment(alignment, whole, "jsonl")
    assert main(["tm", "import", str(memory), str(whole)]) == 0
    told = capsys.readouterr().err
    count = len(alignment.pairs)
    assert f"{count - 2} added" in told
    assert "2 pairs are below confidence 0.2 and not written" in told
    assert main(["tm", "import", str(memory), str(whole), "--min-confidence", "0"]) == 0
    assert "2 added" in capsys.readouterr().err
    assert main(["tm", "merge", str(whole), "-q", "-o", str(tmp_path / "quiet.tmx")]) == 0
    assert capsys.readouterr().err == ""
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(whole.read_bytes()))
    for command in ("merge", "convert"):
        for place in (whole, packed):
            made = tmp_path / f"{command}.tmx"
            assert main(["tm", command, str(place), "-o", str(made)]) == 0
            assert "2 pairs are below confidence 0.2 and not written" in capsys.readouterr().err
            assert sum(1 for _ in open_units(made)[1]) == count - 2
            everything = [str(place), "-o", str(made), "--min-confidence", "0"]
            assert main(["tm", command, *everything]) == 0
            assert "not written" not in capsys.readouterr().err
            assert sum(1 for _ in open_units(made)[1]) == count


def test_align_tells_what_it_held_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table has the pair that the memory lacks."""
    text = NOTES[-1].read_text("utf-8")
    note = tmp_path / "note.txt"
    note.write_text(text, "utf-8")
    sure = "0.9999"
    status = main(["align", str(note), "-o", str(tmp_path / "x.tmx"), "--min-confidence", sure])
    assert status == 0
    assert "below confidence 0.9999 and not written" in capsys.readouterr().err
    assert main(["align", str(note), "-o", str(tmp_path / "x.tsv")]) == 0
    assert "not written" not in capsys.readouterr().err

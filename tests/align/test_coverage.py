"""Texts that don't translate each other are refused; parts of larger texts are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner import Settings, align_pair, align_sentences, segment_note
from aligner.align import coverage, require_translation
from aligner.cli import main
from aligner.errors import TranslationError
from aligner.types import Part
from aligner.vectors import Encoder
from notes import NOTES, ROOT, parts

PAPER = ROOT / "tests/samples"


@pytest.fixture(scope="module")
def sides() -> list[tuple[list[str], list[str]]]:
    """The sentences of both notes and the paper, Chinese and English."""
    found = []
    for note in NOTES:
        segmented = segment_note(note)
        found.append(([s.text for s in segmented.source], [s.text for s in segmented.target]))
    paper = [(PAPER / f"paper.{code}.txt").read_text("utf-8").split("\n") for code in ("zh", "en")]
    found.append((paper[0], paper[1]))
    return found


def test_each_text_translates_its_own_translation_alone(
    encoder: Encoder, sides: list[tuple[list[str], list[str]]]
) -> None:
    for k, (source, _) in enumerate(sides):
        for m, (_, target) in enumerate(sides):
            found = coverage(align_sentences(source, target, encoder=encoder))
            if k == m:
                found.require()
            else:
                with pytest.raises(TranslationError, match="are not translations"):
                    found.require()


@pytest.mark.parametrize("number", [0, 1])
def test_a_letter_among_many_texts_is_found(
    encoder: Encoder, sides: list[tuple[list[str], list[str]]], number: int
) -> None:
    """One text is but a small part of the other: lengths as a whole say nothing."""
    others = [f"{line} ({k})" for k in range(12) for line in sides[2][1] if line]
    source, target = sides[number]
    among = [*others[:200], *target, *others[200:]]
    alignment = align_sentences(source, among, encoder=encoder)
    assert coverage(alignment).share > 0.6
    likely = [b for b in alignment.pairs if b.confidence > 0.5]
    assert len(likely) > len(source) / 2
    assert all(200 <= j < 200 + len(target) for b in likely for j in b.target)


def unrelated(folder: Path) -> list[str]:
    """Two files, the Chinese of one note and the English of the other."""
    texts = "\n\n".join(parts(NOTES[0])[2]), "\n\n".join(parts(NOTES[1])[1])
    paths = []
    for name, text in zip(("一.txt", "two.txt"), texts, strict=True):
        (folder / name).write_text(text, "utf-8")
        paths.append(str(folder / name))
    return paths


def test_two_unrelated_documents_end_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = unrelated(tmp_path)
    output = tmp_path / "out.tmx"
    output.write_text("as it was", "utf-8")
    for arguments in (files, ["--segmented", *files]):
        assert main(["align", *arguments, "-o", str(output)]) == 3
        captured = capsys.readouterr()
        assert captured.err.count("\n") == 1
        assert "two.txt: the two texts are not translations of each other" in captured.err
        assert output.read_text("utf-8") == "as it was"
        assert main(["align", *arguments, "-q"]) == 3
        assert capsys.readouterr().out == ""
    # Whoever asks for everything gets everything.
    assert main(["align", *files, "-q", "-o", str(output), "--min-confidence", "0"]) == 0
    assert "<tu " in output.read_text("utf-8")


def test_a_mixed_document_of_two_matters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = unrelated(tmp_path)
    mixed = tmp_path / "mixed.txt"
    mixed.write_text("\n\n".join(Path(f).read_text("utf-8") for f in files), "utf-8")
    assert main(["align", str(mixed)]) == 3
    assert capsys.readouterr().err.startswith("aligner: mixed.txt: the two texts are not")


def test_a_batch_records_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = unrelated(tmp_path)
    manifest = tmp_path / "list.csv"
    manifest.write_text(
        f"id,source,target\nwrong,{files[0]},{files[1]}\n"
        f"right,{PAPER / 'paper.zh.txt'},{PAPER / 'paper.en.txt'}\n",
        "utf-8",
    )
    status = main(["batch", str(manifest), "-o", str(tmp_path / "out"), "--workers", "1"])
    assert status == 4
    rows = (tmp_path / "out/results.tsv").read_text("utf-8").splitlines()
    assert "failed" in rows[1]
    assert "are not translations of each other" in rows[1]
    assert "done" in rows[2]


def test_parts_are_judged_as_a_whole(encoder: Encoder) -> None:
    """A long text may begin with what the other one lacks."""
    right = align_pair(PAPER / "paper.zh.txt", PAPER / "paper.en.txt", Settings(), encoder)
    wrong = align_sentences(["完全无关的话。"] * 4, ["The weather is fine."] * 4, encoder=encoder)
    both = [Part(wrong), Part(right)]
    assert list(require_translation(both)) == both

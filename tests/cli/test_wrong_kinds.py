"""Each kind of file where another belongs: the error says what it is and names the command."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.kinds import Kind, kind_of_file
from aligner.memory import FORMATS
from notes import GOLD, NOTES

pytestmark = pytest.mark.slow

KINDS = {
    "memory.db": Kind.DATABASE,
    "note.tmx": Kind.TMX,
    "note.xliff": Kind.XLIFF,
    "note.xlsx": Kind.SHEET,
    "note.parquet": Kind.PARQUET,
    "note.tsv": Kind.TABLE,
    "note.jsonl": Kind.ALIGNMENT,
    "note.beads": Kind.BEADS,
    "gold.jsonl": Kind.GOLD,
    "manifest.csv": Kind.MANIFEST,
    "manifest.tsv": Kind.MANIFEST,
    "note.txt": None,
    "note.html": None,
}
UNITS = [
    name
    for name, kind in KINDS.items()
    if kind and name.startswith(("memory", "note.")) and kind is not Kind.BEADS
]
OTHERS = [name for name, kind in KINDS.items() if kind and name not in UNITS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("kinds")
    shutil.copy(NOTES[-1], place / "note.txt")
    for form in FORMATS:
        assert (
            main(["align", str(place / "note.txt"), "-q", "-o", str(place / f"note.{form}")]) == 0
        )
    assert main(["tm", "import", str(place / "memory.db"), str(place / "note.tmx"), "-q"]) == 0
    gold = next(GOLD.glob("*.jsonl")).read_text("utf-8")
    (place / "gold.jsonl").write_text(gold, "utf-8")
    (place / "manifest.csv").write_text("id,document\na,note.txt\n")
    (place / "manifest.tsv").write_text("source\ttarget\na.txt\tb.txt\n")
    return place


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_kinds(folder: Path, name: str, kind: Kind | None) -> None:
    assert kind_of_file(folder / name) is kind


def test_texts_that_look_alike_are_documents(tmp_path: Path) -> None:
    for text in ("document\nis the word.\n", "[1]: [2]\n", "en\tzh\n", "id,document\n"):
        (tmp_path / "x.txt").write_text(text)
        assert kind_of_file(tmp_path / "x.txt") is None
    assert kind_of_file(tmp_path) is None
    assert kind_of_file(tmp_path / "none") is None


def told(capsys: pytest.CaptureFixture[str], *call: str) -> str:
    capsys.readouterr()
    assert main(list(call)) == 3, call
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    return line


@pytest.mark.parametrize("name", [*UNITS, *OTHERS])
def test_no_document(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """What the error names does work, up to the words in capital letters."""
    shutil.copytree(folder, tmp_path / "x")
    monkeypatch.chdir(tmp_path / "x")
    line = told(capsys, "segment", name)
    for call in re.findall(r"aligner ((?:tm|align)[^;,\n]*)", line):
        assert main([word.replace("WORDS", "China") for word in shlex.split(call)]) == 0, call
    if name in UNITS:
        (file,) = re.findall(r"aligner review (\S+?)[;\n]", line)
        assert Path(file).exists()
        assert kind_of_file(Path(file)) in (Kind.TMX, Kind.ALIGNMENT)
    else:
        assert re.search(r"aligner (?:evaluate|batch) .*" + re.escape(name), line)


@pytest.mark.parametrize("name", [*UNITS[1:], *OTHERS, "note.txt"])
def test_no_database(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    shutil.copytree(folder, tmp_path / "x")
    monkeypatch.chdir(tmp_path / "x")
    for command in (["search", name, "x"], ["documents", name], ["export", name]):
        line = told(capsys, "tm", *command)
        (call,) = re.findall(r"aligner ((?:tm|align|evaluate|batch) [^;\n]*)", line)
        if name not in OTHERS:
            assert main(shlex.split(call)) == 0


@pytest.mark.parametrize("name", ["gold.jsonl", "manifest.csv", "note.txt"])
def test_no_units(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("stats", "filter", "merge", "convert"):
        line = told(capsys, "tm", command, str(folder / name))
        assert re.search(r"aligner (?:align|evaluate|batch) ", line), line
    assert "no such file" in told(capsys, "tm", "stats", str(folder / "none.txt"))
    assert "a folder" in told(capsys, "tm", "stats", str(folder))
    assert "aligner evaluate" in told(capsys, "review", str(folder / "gold.jsonl"), "--no-browser")


@pytest.mark.parametrize("name", [n for n in UNITS if n != "note.tmx"])
def test_no_tmx(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    shutil.copytree(folder, tmp_path / "x")
    monkeypatch.chdir(tmp_path / "x")
    (call,) = re.findall(r"create one: aligner (.*)", told(capsys, "tm", "validate", name))
    assert main(shlex.split(call)) == 0

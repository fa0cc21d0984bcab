"""`aligner batch` as its users call it."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.memory import read_tmx
from batches import make_notes
from notes import NOTES, ROOT, parts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_notes(tmp_path_factory.mktemp("notes"), 3)


def call(*arguments: object) -> int:
    return main(["batch", *map(str, arguments)])


def test_a_folder(notes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "corpus"
    assert call(notes, "-o", out, "--workers", 1) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "documents    3 aligned, 0 failed" in captured.err
    assert len(list(read_tmx(out / "memory.tmx"))) > 30
    assert call(notes, "-o", out, "--resume", "-q") == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_a_manifest_with_failures(
    notes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = notes / "list.csv"
    manifest.write_text("id,document\none,note 00.txt\ntwo,note 99.txt\n", "utf-8")
    out = tmp_path / "out"
    assert call(manifest, "-o", out, "--workers", 1, "--format", "tsv") == 4
    told = capsys.readouterr().err
    assert "1 aligned, 1 failed" in told
    assert "two: " in told
    assert f"{manifest}: line 3: {notes}/note 99.txt: no such file" in told
    assert (out / "documents/one.tsv").exists()
    assert not (out / "documents/two.tsv").exists()


def test_pairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    for place, text in (
        ("zh/a.txt", "你好，世界。今天天气很好。"),
        ("en/a.txt", "Hello, world. It is fine."),
    ):
        (folder / place).parent.mkdir(parents=True)
        (folder / place).write_text(text + "\n", "utf-8")
    (folder / "alone.txt").write_text("Nobody knows me.\n")
    assert call(folder, "-o", tmp_path / "out", "--pair", "--workers", 1) == 0
    told = capsys.readouterr().err
    assert "1 aligned" in told
    assert "alone.txt: no Chinese file was found to be its translation" in told
    assert (tmp_path / "out/documents/zh/a.txt.tmx").exists()


def test_segmented_pairs(tmp_path: Path) -> None:
    (tmp_path / "x.zh").write_text("你好，世界。\n今天天气很好。\n", "utf-8")
    (tmp_path / "x.en").write_text("Hello, world.\nIt is fine today.\n")
    (tmp_path / "list.jsonl").write_text('{"source": "x.zh", "target": "x.en"}\n')
    out = tmp_path / "out"
    assert call(tmp_path / "list.jsonl", "-o", out, "--segmented", "-q", "--workers", 1) == 0
    assert len(list(read_tmx(out / "memory.tmx"))) == 2


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["nowhere"], 3, "nowhere: no such folder or file"),
        (["nowhere.csv"], 3, "nowhere.csv: no such file; check the path"),
        (["{notes}", "--pattern", "*.xyz"], 3, "no file *.xyz in this folder"),
        (["{notes}", "--format", "moses"], 2, "moses: not a format for a batch"),
        (["{notes}", "--address", "auto"], 2, "add --engine ray"),
        (["x.csv", "--pair"], 2, "a manifest names its files"),
        (["{notes}", "--workers", "0"], 2, "Invalid value for '--workers'"),
        (["{notes}", "--max-bead", "0-1"], 2, "--max-bead 0-1"),
        (["{notes}/none"], 3, "no such folder or file"),
        ([__file__], 3, "not a manifest"),
        (["ftp://host/x"], 3, "ftp://host/x: can't be opened"),
        (["{notes}", "--model", "no/such/model"], 3, "no/such/model"),
    ],
)
def test_wrong_calls(
    notes: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    told: str,
) -> None:
    given = [argument.format(notes=notes) for argument in arguments]
    assert call(*given, "-o", tmp_path / "out", "-q") == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert told in captured.err


def test_progress_is_for_terminals(notes: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (40, 120))
    with subprocess.Popen(
        [sys.executable, "-m", "aligner", "batch", notes, "-o", tmp_path / "out"], stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 1 << 16)
            except OSError:  # the other end is closed
                break
    os.close(ours)
    assert process.returncode == 0
    text = shown.decode()
    assert re.search(r"3/3 .*[1-9]\d* sentences/s, 0 failed", text)
    assert "documents    3 aligned" in text


PAGE = (ROOT / "docs/batch.md").read_text("utf-8")


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the examples of the page name."""
    place = tmp_path_factory.mktemp("page")
    (place / "notes").mkdir()
    (place / "loose/zh").mkdir(parents=True)
    for note in NOTES:
        (place / "notes" / note.name).write_bytes(note.read_bytes())
    (place / "notes/only-english.txt").write_text("The weather was fine at the regatta.\n")
    (place / "loose/lonely.txt").write_text("The weather was fine at the regatta.\n")
    samples = ROOT / "tests/samples"
    _, english, chinese = parts(NOTES[0])
    for name, text in (
        ("a.txt", (samples / "paper.zh.txt").read_text("utf-8")),
        ("b.txt", (samples / "paper.en.txt").read_text("utf-8")),
        ("note_zh.txt", "\n\n".join(chinese)),
        ("note_en.txt", "\n\n".join(english)),
    ):
        (place / "loose" / name).write_text(text, "utf-8")
    return place


def test_the_page(
    page_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(page_folder)
    blocks = re.findall(r"```console\n(.*?)```", PAGE, re.S)
    assert len(blocks) == 3
    for block in blocks:
        command, *shown = block.strip().splitlines()
        status = main(shlex.split(command)[2:])
        assert status == (4 if "1 failed" in block else 0)
        printed = capsys.readouterr().err
        told = re.escape("\n".join(shown)).replace(re.escape("\n..."), ".*")
        assert re.fullmatch(told + r"\s*", printed, re.S), printed


def test_the_pages_python(page_folder: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    body = "".join(f"    {line}\n" for line in example.splitlines())
    (page_folder / "example.py").write_text(f'if __name__ == "__main__":\n{body}')
    done = subprocess.run(
        [sys.executable, "example.py"], cwd=page_folder, capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) == 3
    assert (page_folder / "from-python/memory.tmx").exists()

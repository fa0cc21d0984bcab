"""The README's commands and examples, run as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.align import Aligner
from aligner.cli import main
from documents import FORMATS, rows, write_scan
from notes import NOTES, ROOT, parts
from programs import has_chinese_font

pytestmark = pytest.mark.slow

README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


COMMANDS = [
    line.split("#")[0].strip()
    for block in blocks("sh")
    for line in block.splitlines()
    if line.strip()
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the examples name."""
    place = tmp_path_factory.mktemp("readme")
    note = NOTES[-1]
    shutil.copy(note, place / "note.txt")
    _, english, chinese = parts(note)
    (place / "chinese.docx").write_bytes(FORMATS["docx"]([], [(text,) for text in chinese]))
    (place / "english.pdf").write_bytes(FORMATS["pdf"]([], [(text,) for text in english]))
    (place / "text.zh").write_text("你好，世界。\n今天天气很好。\n", "utf-8")
    (place / "text.en").write_text("Hello, world.\nIt is fine today.\n", "utf-8")
    (place / "gold.beads").write_text("[0]:[0]\n[1]:[1]\n")
    (place / "data").symlink_to(ROOT / "data")
    for name, other in zip(("one.tmx", "two.tmx"), NOTES, strict=True):
        assert main(["align", str(other), "-q", "-o", str(place / name)]) == 0
    (place / "new.txt").write_text("\n".join(chinese), "utf-8")
    return place


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("aligner")])
def test_commands(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    words = shlex.split(command)[1:]
    if ">" in words:
        words, place = words[: words.index(">")], words[words.index(">") + 1]
        with (folder / place).open("wb") as out:
            call = [sys.executable, "-m", "aligner", *words]
            subprocess.run(call, stdout=out, check=True)
        assert (folder / place).read_bytes()
        return
    if words[0] == "review":
        assert words[1:] == ["note.txt"]  # tests/review opens it in a browser
        return
    assert main(words) == 0
    if "-o" in words:
        assert (folder / words[words.index("-o") + 1]).stat().st_size


def test_python_examples(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    for block in blocks("python"):  # typed one after the other
        exec(block, names)  # noqa: S102
    assert names["units"]
    assert len(names["beads"]) == 2  # type: ignore[arg-type]
    assert isinstance(names["work"], Aligner)
    assert names["part"]


DOCUMENTS = re.findall(r"^\$ aligner (.*)$", (ROOT / "docs/documents.md").read_text("utf-8"), re.M)


@pytest.mark.parametrize("command", DOCUMENTS)
def test_the_page_on_documents(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "--ocr" in command and not has_chinese_font():
        pytest.skip("no Chinese font: the example of a scan is not run")
    monkeypatch.chdir(folder)
    _, english, _ = parts(NOTES[-1])
    (folder / "english.html").write_bytes(FORMATS["html"]([], [(text,) for text in english]))
    (folder / "reply.pdf").write_bytes(FORMATS["pdf"](*rows(NOTES[-1], "two columns")))
    write_scan(folder / "scan.pdf", folder / "reply.pdf")
    assert main(shlex.split(command)) == 0


def test_the_summary_shown_is_what_the_command_prints(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    (shown,) = re.findall(r"```\n\$ aligner (.*?)\n(.*?)```", README, re.S)
    assert main(shlex.split(shown[0])) == 0
    printed = capsys.readouterr().err
    for line in shown[1].splitlines():
        if line.strip() != "...":
            assert line in printed


def test_the_two_commands() -> None:
    """`make align` runs; `make test` would run these tests, so it is only looked at."""
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    assert [c for c in COMMANDS if c.startswith("make")] == ["make align", "make test"]
    planned = subprocess.run(
        ["make", "-n", "test"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "pytest" in planned.stdout
    if not (ROOT / ".venv/installed").exists():
        pytest.skip("not run from the clone's own environment")
    done = subprocess.run(["make", "align"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.count("  written to   out/") == len(NOTES)

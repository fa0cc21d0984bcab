"""`aligner tm` as its users call it."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.memory import read_tmx, write_tmx
from aligner.types import TranslationUnit
from notes import ROOT

pytestmark = pytest.mark.slow

UNIT = TranslationUnit(
    "中方答复如下。",
    "China replies as follows.",
    "zh-CN",
    "en-US",
    "1",
    "20210330T000000Z",
    (("x-confidence", "0.950"),),
)
WORSE = replace(UNIT, id="2", properties=(("x-confidence", "0.700"),), created="20220101T000000Z")
OTHER = replace(UNIT, id="3", target="The Chinese side answers thus.")
WRONG = replace(UNIT, id="4", source="共1200人。", target="A total of 2,100 people.")
COMMANDS = ("merge", "filter", "stats", "validate", "convert", "diff")


@pytest.fixture
def memories(tmp_path: Path) -> tuple[Path, Path]:
    one, two = tmp_path / "旧 one.tmx", tmp_path / "two.tmx"
    write_tmx([UNIT, WRONG], one)
    write_tmx([WORSE, OTHER], two)
    return one, two


def run(*arguments: object) -> int:
    return main(["tm", *map(str, arguments)])


def ids(path: Path) -> list[str]:
    return [unit.id for unit in read_tmx(path)]


def test_merge(
    memories: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, conflicts = tmp_path / "all.tmx.gz", tmp_path / "conflicts.tsv"
    assert run("merge", *memories, "-o", out, "--conflicts", conflicts) == 0
    assert ids(out) == ["1", "4", "3"]
    told = capsys.readouterr().err
    for line in ("4 units read, 1 duplicates left out", "1 source with different", UNIT.target):
        assert line in told
    assert conflicts.read_text("utf-8").count("中方答复如下。") == 2
    assert run("merge", *memories, "-o", out, "--newest", "-q") == 0
    assert ids(out) == ["4", "2", "3"]
    assert capsys.readouterr().err == ""


def test_merge_into_one_of_the_memories(memories: tuple[Path, Path]) -> None:
    one, two = memories
    assert run("merge", one, two, "-o", one, "-q") == 0
    assert ids(one) == ["1", "4", "3"]


def test_filter(
    memories: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, _ = memories
    assert run("filter", one, "--dry-run") == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "2 units read, 1 kept, 1 removed" in captured.err
    assert "on one side only: 1200, 2,100: 共1200人。" in captured.err
    out, rejected = tmp_path / "clean.tmx", tmp_path / "rejected.xlsx"
    assert run("filter", one, "-o", out, "--rejected", rejected, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["read"], report["kept"], report["rules"][0]["rule"]) == (2, 1, "numbers")
    assert ids(out) == ["1"]
    assert rejected.exists()
    assert run("filter", one, "-q", "--rule", "ratio") == 0
    assert capsys.readouterr().out.count("<tu ") == 2
    assert run("filter", one, "-q", "--without", "numbers", "--min-confidence", "0.99") == 3


def test_stats(memories: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stats", memories[0]) == 0
    assert "units        2" in capsys.readouterr().out
    assert run("stats", memories[0], "--json") == 0
    stats = json.loads(capsys.readouterr().out)
    assert (stats["units"], stats["languages"]["en-US"]["words"]) == (2, 9)


def test_validate(
    memories: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("validate", *memories) == 0
    assert capsys.readouterr() == ("", "0 errors, 0 warnings\n")
    text = memories[0].read_text("utf-8").replace("20210330T000000Z", "30 March", 1)
    text = text.replace("A total", "A  total").replace("<seg>China replies as follows.", "<seg>")
    bad = tmp_path / "bad.tmx"
    bad.write_text(text, "utf-8")
    assert run("validate", bad) == 3
    lines = capsys.readouterr().out.splitlines()
    assert [line.removeprefix(f"{bad}:").split(": ")[:2] for line in lines] == [
        ["4", "error"], ["9", "error"], ["14", "warning"],
    ]  # fmt: skip
    assert run("validate", bad, "--json", "-q") == 3
    assert json.loads(capsys.readouterr().out.splitlines()[0])["line"] == 4


def test_convert_there_and_back(memories: tuple[Path, Path], tmp_path: Path) -> None:
    one, _ = memories
    for form in ("xlsx", "xliff", "tsv"):
        assert run("convert", one, "-o", tmp_path / f"x.{form}", "-q") == 0
        assert run("convert", tmp_path / f"x.{form}", "-o", tmp_path / "y.tmx", "-q") == 0
        assert run("diff", one, tmp_path / "y.tmx", "-q") == 0
    assert run("convert", one, "-o", tmp_path / "corpus", "--format", "moses", "-q") == 0
    pair = (tmp_path / "corpus.zh", tmp_path / "corpus.en")
    assert run("convert", *pair, "-o", tmp_path / "y.tmx", "-q") == 0
    assert [unit.source_lang for unit in read_tmx(tmp_path / "y.tmx")] == ["zh-CN"] * 2
    assert run("diff", one, tmp_path / "y.tmx", "-q") == 0


def test_diff(memories: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    one, two = memories
    assert run("diff", one, one) == 0
    assert capsys.readouterr().out == ""
    assert run("diff", one, two) == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [
        "  共1200人。", "- A total of 2,100 people.", "  中方答复如下。", f"+ {OTHER.target}",
    ]  # fmt: skip
    assert captured.err == "1 added, 1 removed, 0 changed\n"
    write_tmx([replace(UNIT, target="new"), WRONG], two)
    assert run("diff", one, two, "--json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "type": "changed", "source": UNIT.source, "old": UNIT.target, "new": "new",
    }  # fmt: skip


def test_a_pipe_of_commands(memories: tuple[Path, Path]) -> None:
    aligner = f"{sys.executable} -m aligner tm"
    command = f"{aligner} filter '{memories[0]}' -q --without numbers | {aligner} stats -"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("units        2")
    assert done.stderr == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == 0
    assert f"Example: aligner tm {command}" in capsys.readouterr().out


def test_the_docs_show_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/memory.md").read_text("utf-8")
    sessions = re.findall(r"```console\n(.*?)```", text, re.S)
    for command, shown in re.findall(
        r"^\$ aligner (.*)\n((?:(?!\$ ).*\n)*)", "".join(sessions), re.M
    ):
        assert main(shlex.split(command)) == (1 if "tm diff" in command else 0), command
        captured = capsys.readouterr()
        for part in shown.split("...\n"):
            assert part.strip("\n") in captured.out + captured.err, command


def failure(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    status = run(*arguments)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1, captured.err
    assert captured.err.startswith("aligner: ")
    return status, captured.err


BROKEN = {
    "empty.tmx": (b"", "line 1"),
    "truncated.tmx": (b'<tmx version="1.4"><header/><body>\n<tu><tuv', "line 2"),
    "page.tmx": (b"<html><body></body></html>", "begins with <html>"),
    "latin.tmx": (b"<tmx><header/><body>\n\xe9</body></tmx>", "line 2: not utf-8"),
    "bell.tmx": (b"<tmx><header/><body>\n\n\x07</body></tmx>", "line 3: the character U+0007"),
    "bomb.tmx": (b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "entities are refused"),
    "none.tmx": (None, "no such file; check the path"),
    "x.doc": (b"x", "not a memory; align a document first"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", BROKEN)
def test_bad_memories_exit_3_and_leave_the_output(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, told = BROKEN[name]
    path, out = tmp_path / name, tmp_path / "out.tmx"
    if content is not None:
        path.write_bytes(content)
    out.write_text("older")
    if command == "validate" and name == "x.doc":
        told = "line 1: not well-formed"
    output = ["-o", out] if command in ("merge", "filter", "convert") else []
    second = [path] if command == "diff" else []
    status, line = failure(capsys, command, path, *second, *output)
    assert (status, told in line) == (3, True), line
    assert out.read_text() == "older"


def test_wrong_usage_exits_2(
    memories: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = memories
    for arguments in (
        ["merge"],
        ["merge", "-", two],
        ["diff", one],
        ["diff", one, "-"],
        ["filter", one, "--rule", "nonsense"],
        ["filter", one, "--json"],
        ["filter", one, "--max-ratio", "0.5"],
        ["convert", one, "-o", "x.jsonl"],
        ["convert", one, "--format", "moses"],
        ["nothing"],
    ):
        assert failure(capsys, *arguments)[0] == 2, arguments


def test_places_that_cannot_be_written(
    memories: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("merge", "filter", "convert"):
        for place, told in ((tmp_path, "folder"), (tmp_path / "no" / "x.tmx", "no such folder")):
            status, line = failure(capsys, command, memories[0], "-o", place)
            assert (status, told in line) == (3, True), line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_is_one_line(memories: tuple[Path, Path]) -> None:
    command = [sys.executable, "-m", "aligner", "tm", "merge", str(memories[0]), "-q", "-o"]
    done = subprocess.run([*command, "/dev/full"], capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "can't be written (No space left on device)" in done.stderr


def test_a_killed_merge_leaves_the_memory(memories: tuple[Path, Path], tmp_path: Path) -> None:
    one, _ = memories
    before = one.read_bytes()
    pipe = tmp_path / "pipe.tmx"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "aligner", "tm", "filter", str(pipe), "-q", "-o", str(one)]
    process = subprocess.Popen(command)
    with pipe.open("wb") as file:
        file.write(before[:-40])
        file.flush()
        process.kill()
    process.wait()
    assert one.read_bytes() == before

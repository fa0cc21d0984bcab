"""Terminals that must not be steered, streams that are closed or in ASCII, names that can't be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aligner import cli
from aligner.cli import app, main
from aligner.memory import write_tmx
from aligner.memory.xlsx import write_xlsx
from aligner.types import TranslationUnit
from notes import NOTES

pytestmark = pytest.mark.slow

ALIGNER = (sys.executable, "-m", "aligner")
NOTE = str(NOTES[0])
# Clears the screen and sets the title, in 7 and in 8 bits; turns the writing round.
STEERING = "\x1b[2J\x1b]0;title\x07\x9b2J\u202e\u2066"
BARE = {character.encode() for character in STEERING if character not in "[]2J0;title"}
GBK = os.fsdecode("中国.txt".encode("gbk"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A note, a memory and a living memory in which everything steers."""
    folder = tmp_path_factory.mktemp("steering")
    text = NOTES[0].read_text("utf-8").replace("China", "China\u202e\x9b2J")
    (folder / f"a{STEERING}.txt").write_text(text, "utf-8")
    (folder / f"b{STEERING}.txt").write_text("nothing", "utf-8")
    unit = TranslationUnit("中\x9b2J国\u202e", "China \x9b2J\u202e", "zh", "en")
    for number, name in enumerate(("x.tmx", "y.tmx")):
        facts = (("x-document", f"d\x9b2J\u202e{number}"),)
        other = TranslationUnit(f"中{number}国\u202e", "China \x9b", "zh", "en", properties=facts)
        write_tmx([unit, other], folder / name)
        assert main(["tm", "import", str(folder / "m.db"), str(folder / name), "-q"]) == 0
    return folder


def on_a_terminal(folder: Path, *arguments: str) -> tuple[int, bytes]:
    """Exit status, and what a terminal gets of both streams."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb"}
    process = subprocess.Popen(
        [*ALIGNER, *arguments], cwd=folder, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    told = b""
    try:
        while data := os.read(ours, 1 << 16):
            told += data
    except OSError:  # so Linux says that the other end is closed
        pass
    os.close(ours)
    return process.wait(), told


@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        (0, ["align", f"a{STEERING}.txt", "-o", f"o{STEERING}.tmx"]),
        (0, ["align", f"a{STEERING}.txt", "--format", "tsv"]),
        (3, ["align", f"b{STEERING}.txt"]),
        (3, ["align", f"c{STEERING}.txt"]),
        (2, ["align", f"--{STEERING}"]),
        (0, ["segment", f"a{STEERING}.txt"]),
        (0, ["segment", f"a{STEERING}.txt", "--json"]),
        (4, ["batch", ".", "-o", f"out{STEERING}"]),
        (0, ["tm", "search", "m.db", "中"]),
        (0, ["tm", "search", "m.db", "中", "--json"]),
        (0, ["tm", "history", "m.db"]),
        (0, ["tm", "documents", "m.db"]),
        (0, ["tm", "stats", "x.tmx"]),
        (1, ["tm", "diff", "x.tmx", "y.tmx"]),
        (0, ["tm", "filter", "x.tmx", "--dry-run", "--min-length", "9"]),
        (0, ["tm", "merge", "x.tmx", "y.tmx"]),
        (0, ["tm", "leverage", "m.db", f"b{STEERING}.txt", "--source-lang", "en"]),
    ],
    ids=lambda value: " ".join(value[:2]).replace(STEERING, "") if isinstance(value, list) else "",
)
def test_nothing_steers_a_terminal(folder: Path, status: int, arguments: list[str]) -> None:
    found, told = on_a_terminal(folder, *arguments)
    assert found == status, told
    assert told
    for bare in BARE:
        assert bare not in told, told


def test_pipes_get_the_exact_text(folder: Path) -> None:
    done = subprocess.run(
        [*ALIGNER, "tm", "search", "m.db", "中2J国"], cwd=folder, capture_output=True
    )
    assert "中\x9b2J国\u202e" in done.stdout.decode().replace("**", "")


def test_formulas_are_texts_in_a_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    texts = ["=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1"]
    units = [TranslationUnit(t, t, "zh", "en", properties=(("x-document", t),)) for t in texts]
    write_xlsx(units, tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [t.strip() for t in texts]


def run_in_shell(command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", command.replace("ALIGNER", f"'{sys.executable}' -m aligner")],
        cwd=cwd, capture_output=True, env={**os.environ, **environment}, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("ALIGNER tm stats x.tmx >&-", 3, b"standard output: can't be written"),
        ("ALIGNER tm search m.db x --json >&-", 3, b"standard output: can't be written"),
        ("ALIGNER align a.txt >&-", 3, b"standard output: can't be written"),
        ("ALIGNER --help >&-", 3, b"standard output: can't be"),
        ("ALIGNER tm stats x.tmx > /dev/full", 3, b"standard output: can't be"),
        ("ALIGNER align - <&-", 3, b"standard input: can't be read"),
        ("ALIGNER tm stats - <&-", 3, b"-: can't be read"),
        ("ALIGNER align a.txt -o o.tmx >&-", 0, b"written to   o.tmx"),
        ("ALIGNER align a.txt -o o.tmx 2>&-", 0, b""),
        ("ALIGNER align gone.txt 2>&-", 3, b""),
        ("ALIGNER align a.txt -o o.tmx <&- >&- 2>&-", 0, b""),
    ],
)
def test_closed_streams(folder: Path, command: str, status: int, told: bytes) -> None:
    (folder / "a.txt").write_bytes(NOTES[0].read_bytes())
    done = run_in_shell(command, folder)
    assert done.returncode == status, done.stderr
    assert told in done.stderr
    assert done.stdout == b""
    assert done.stderr.count(b"\n") <= 1 or status == 0


def test_what_is_named_on_purpose_is_read_within_bounds(folder: Path) -> None:
    (folder / "a.txt").write_bytes(NOTES[0].read_bytes())
    for command, status, told in (
        ("mkfifo f; cat a.txt > f & ALIGNER align f -o o.tmx", 0, b"written to   o.tmx"),
        ("cat a.txt | ALIGNER align /dev/fd/0 -o o.tmx", 0, b"written to   o.tmx"),
        ("ALIGNER align /dev/zero", 3, b"larger than 128 MiB"),
        ("ALIGNER align - < /dev/zero", 3, b"larger than 128 MiB"),
        ("ALIGNER align --segmented /dev/zero a.txt", 3, b"larger than 128 MiB"),
    ):
        done = run_in_shell(command, folder)
        assert done.returncode == status, (command, done.stderr)
        assert told in done.stderr


ASCII = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}


def test_streams_in_ascii(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "中国.txt").write_bytes(NOTES[0].read_bytes())
    (tmp_path / "中国.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/中国.txt").write_bytes(NOTES[0].read_bytes())
    for command, status in (
        ("ALIGNER align 中国.txt -o 中国.tmx", 0),
        ("ALIGNER tm import m.db 中国.tmx", 0),
        ("ALIGNER tm documents m.db", 0),
        ("ALIGNER tm search m.db 中国", 0),
        ("ALIGNER tm stats 中国.tmx --json", 0),
        ("ALIGNER batch in -o 出", 0),
        ("ALIGNER segment 中国.txt --json", 0),
        ("ALIGNER align 没有.txt", 3),
        ("ALIGNER align 中国.pdf", 3),
        ("ALIGNER --help", 0),
    ):
        done = run_in_shell(command, tmp_path, **ASCII)
        assert done.returncode == status, (command, done.stderr)
        assert b"unexpected" not in done.stderr
    assert (tmp_path / "出/documents/中国.txt.tmx").is_file()
    done = run_in_shell("ALIGNER tm search m.db 中国 --json", tmp_path, **ASCII)
    hits = json.loads(done.stdout.decode("ascii"))
    assert hits[0]["occurrences"][0]["document"] == "中国.txt"
    assert "中国" in hits[0]["source"]


@pytest.mark.parametrize("name", ["long" * 80, "loop"])
@pytest.mark.parametrize(
    "command",
    ["align {}", "align a.txt -o {}", "align a.txt -o {}.tmx", "align --segmented {} {}",
     "segment {}", "evaluate {}", "evaluate a.txt {}", "review {} --no-browser",
     "review {}.jsonl --no-browser", "review a.txt -o {}.jsonl --no-browser", "batch {} -o o",
     "batch . -o {}", "batch {}.csv -o o", "tm search {} x", "tm import {} x.tmx",
     "tm stats {}.tmx",
     "tm import m.db {}.tmx", "tm validate {}", "tm merge x.tmx -o {}.tmx", "tm diff x.tmx {}.tmx",
     "tm convert {}.xlsx", "tm convert x.tmx -o {}.parquet", "tm convert {}.parquet",
     "tm leverage {} a.txt", "models info ./{}", "align a.txt --model ./{}",
     "tm filter x.tmx -o {}.tmx", "tm export m.db -o {}.tmx", "tm convert {}.zh {}.en"],
)  # fmt: skip
def test_names_that_cannot_be(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    name: str, command: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(folder)
    (folder / "a.txt").write_bytes(NOTES[0].read_bytes())
    for place in command.split():
        if "{" in place and name == "loop" and not Path(place.format(name)).is_symlink():
            Path(place.format(name)).symlink_to(place.format(name))
    capsys.readouterr()
    assert main([word.format(name) for word in command.split()]) in (2, 3)
    told = capsys.readouterr().err.splitlines()
    assert "unexpected" not in told[-1]
    assert "refused" not in told[-1]


def test_numbers_beyond_all_bounds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memory = str(folder / "m.db")
    for arguments in (
        ["tm", "search", memory, "x", "-n", "9" * 30],
        ["batch", str(folder), "-o", "x", "--workers", "9" * 30],
        ["align", NOTE, "--max-bead", f"{'9' * 9999}-1"],
        ["align", NOTE, "--max-bead", "²-1"],
        ["tm", "search", memory, "x", "--min-match", "9" * 30],
        ["review", NOTE, "--port", "9" * 30],
    ):
        assert main(arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_words_that_are_no_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memory = str(folder / "m.db")
    word = os.fsdecode(b"\xd6\xd0")
    for arguments in (
        ["tm", "search", memory, word],
        ["tm", "search", memory, "--fuzzy", "x", "--document", word],
        ["tm", "search", memory, "x", "--language", word],
        ["tm", "history", memory, word],
        ["tm", "remove", memory, word],
        ["tm", "import", memory, str(folder / "x.tmx"), "--document", word],
        ["tm", "export", memory, "--document", word],
        ["align", NOTE, "--source-lang", word],
        ["tm", "stats", str(folder / "x.tmx"), "--source-lang", word],
    ):
        assert main(arguments) == 2, arguments
        told = capsys.readouterr().err
        assert r"\xd6\xd0: not UTF-8" in told
        assert told.count("\n") == 1


@pytest.mark.parametrize("form", ["tmx", "tsv", "jsonl", "xlsx", "xliff", "html", "parquet"])
def test_a_name_that_is_not_utf_8(tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    (tmp_path / GBK).write_bytes(NOTES[0].read_bytes())
    out = tmp_path / f"{GBK}.{form}"
    assert main(["align", str(tmp_path / GBK), "-o", str(out), "-q"]) == 0
    if form in ("tmx", "jsonl", "xliff", "html"):
        content = out.read_text("utf-8")
        name = r"\xd6\xd0\xb9\xfa.txt"
        assert (json.dumps(name) if form == "jsonl" else name) in content
        assert "й" not in content
    if form not in ("html", "tsv"):
        memory = str(tmp_path / "m.db")
        assert main(["tm", "import", memory, str(out)]) == 0
        from aligner.memory.store import open_memory, stored_documents

        with open_memory(memory) as db:
            assert [d.name for d in stored_documents(db)] == [r"\xd6\xd0\xb9\xfa.txt"]


def raising(error: Exception):  # type: ignore[no-untyped-def]
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (MemoryError(), 3, "not enough memory"),
        (OSError(5, "Input/output error", "a\x1bb"), 3, r"a\u001bb: can't be used (Input/output"),
        (
            ZeroDivisionError("x\x1b"),
            70,
            r"unexpected ZeroDivisionError: x\u001b; run with --debug",
        ),
    ],
)
def test_what_nobody_foresaw_is_no_difference(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    error: Exception, status: int, told: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(app, "app", raising(error))
    assert main(["tm", "diff"]) == status
    line = capsys.readouterr().err
    assert told in line
    assert line.count("\n") == 1
    with pytest.raises(type(error)):
        main(["--debug"])


def test_only_the_console_prints() -> None:
    """All that a person reads goes through one door."""
    for path in Path(cli.__file__).parent.rglob("*.py"):
        assert path.name == "console.py" or "print(" not in path.read_text("utf-8"), path

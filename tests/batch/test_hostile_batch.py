"""Special files, links, names that are not UTF-8, and journals that others wrote."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from aligner.align import Aligner
from aligner.batch import Result, Status, Task, find_files, folder_tasks, pair_files, run_batch
from aligner.batch.record import line_of, results_of
from aligner.batch.storage import local_copy
from aligner.errors import OutputError, ReadError
from aligner.memory import read_tmx
from batches import Here, contents, make_notes
from notes import NOTES

pytestmark = pytest.mark.slow

JOURNAL = ".aligner/journal.jsonl"
GBK = os.fsdecode("中国.txt".encode("gbk"))


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[Path]:
    """A folder with a note and all that is no file, or far too large."""
    folder = make_notes(tmp_path / "in", 1)
    os.mkfifo(folder / "fifo.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "null.txt").symlink_to("/dev/null")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "to itself").symlink_to(folder)
    (folder / "round").symlink_to("round")
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(3 << 30)
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket must be short
        listening.bind("socket.txt")
        os.chdir(here)
        yield folder


ODD = ["fifo", "gone", "loop", "null", "socket", "sparse", "zero"]


def test_special_files_are_failures_of_their_own(odd: Path, tmp_path: Path) -> None:
    """In a process of its own, which a file that never ends would keep for ever."""
    command = [sys.executable, "-m", "aligner", "batch", str(odd), "-o", str(tmp_path / "out")]
    for more in ([], ["--resume"], ["--resume", "--pair"]):
        done = subprocess.run([*command, *more], capture_output=True, text=True, timeout=60)
        assert done.returncode == 4, done.stderr
        assert "documents    1 aligned" in done.stderr
        rows = [r.split("\t") for r in (tmp_path / "out/results.tsv").read_text().splitlines()[1:]]
        failed = {row[0].removesuffix(".txt"): row[-1] for row in rows if row[1] == "failed"}
        assert sorted(failed) == ODD
        assert "larger than 128 MiB" in failed["sparse"]
        for name in ("fifo", "null", "socket", "zero"):
            assert failed[name].endswith(f"{name}.txt: not a regular file")


def test_a_sparse_file_is_not_read(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.batch.work.digest", lambda *_: pytest.fail("hashed"))
    results = list(Here().run([Task("x", (str(odd / "sparse.txt"),))], *_job(odd.parent / "o")))
    assert "larger than 128 MiB" in results[0].error


def _job(out: Path):  # type: ignore[no-untyped-def]
    from aligner.batch import Job
    from aligner.batch.storage import LocalFolder

    return Job(), LocalFolder(out)


def test_uris_of_special_files(odd: Path) -> None:
    pytest.importorskip("pyarrow")
    for name in ("fifo.txt", "zero.txt", "sparse.txt"):
        with pytest.raises(ReadError), local_copy((odd / name).as_uri(), 1 << 20):
            pass


def test_a_folder_that_is_closed_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_notes(tmp_path / "in", 3)
    closed, scan = folder / "sub", os.scandir

    def refuse(place: str) -> object:
        # Refused by hand: tests may run as a user who may do everything.
        if Path(place) == closed:
            raise PermissionError(13, "Permission denied", str(place))
        return scan(place)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find_files(str(folder))
    assert found.names == ("note 00.txt", "note 01.txt")
    assert found.passed_over == "the folder sub, which can't be read"
    closed = folder
    with pytest.raises(ReadError, match="Permission denied"):
        find_files(str(folder))


@pytest.mark.parametrize("by_content", [False, True])
def test_names_that_are_not_utf_8(tmp_path: Path, by_content: bool) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (GBK, "\x1b[2J\n.txt", "long" * 60 + ".txt"):
        (folder / name).write_bytes(NOTES[0].read_bytes())
    found = find_files(str(folder))
    tasks = pair_files(found, Aligner()) if by_content else folder_tasks(found)
    out = tmp_path / "out"
    summary = run_batch(tasks, out, engine=Here())
    assert len(summary.of(Status.DONE)) == 3
    ids = {r"\xd6\xd0\xb9\xfa.txt", r"\u001b[2J\u000a.txt", "long" * 60 + ".txt"}
    assert {result.id for result in summary.results} == ids
    assert (out / r"documents/\xd6\xd0\xb9\xfa.txt.tmx").is_file()
    documents = {unit.property("x-document") for unit in read_tmx(out / "memory.tmx")}
    assert len(documents) == 1
    assert documents < ids
    table = (out / "results.tsv").read_bytes()
    assert table.count(b"\n") == 4
    assert b"\x1b" not in table
    assert table.decode()
    again = Here()
    before = contents(out)
    run_batch(tasks, out, engine=again, resume=True)
    assert again.asked == []
    assert contents(out) == before


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Task], Path]:
    folder = tmp_path_factory.mktemp("finished")
    tasks = folder_tasks(find_files(str(make_notes(folder / "in", 1))))
    run_batch(tasks, folder / "out", engine=Here())
    return tasks, folder / "out"


VICTIM = "victim.txt"
OUTWARD = [
    {"outputs": [[f"../{VICTIM}", "0"]]},
    {"outputs": [["VICTIM", "0"]]},  # its absolute path
    {"outputs": [[f"documents/../../{VICTIM}", "0"]]},
    {"id": f"../../{VICTIM.removesuffix('.tmx')}", "outputs": [[f"documents/../../{VICTIM}", "0"]]},
    {"id": "../../victim.txt", "outputs": [["documents/../../victim.txt.tmx", "0"]]},
    {"id": "/victim.txt", "outputs": [["documents//victim.txt.tmx", "0"]]},
    {"outputs": [["memory.tmx", "0"]]},
    {"outputs": [[".aligner/lock", "0"]]},
    {"outputs": [["documents/link/victim.txt.tmx", "0"]], "id": "link/victim.txt"},
]


@pytest.mark.parametrize("change", OUTWARD, ids=lambda change: str(change)[:40])
def test_a_journal_deletes_and_writes_nothing_outside(
    finished: tuple[list[Task], Path], tmp_path: Path, change: dict[str, object]
) -> None:
    tasks, out = finished[0], tmp_path / "out"
    shutil.copytree(finished[1], out)
    for name in (VICTIM, "victim.txt.tmx"):
        (tmp_path / name).write_text("mine")
    (out / "documents/link").symlink_to(tmp_path)
    line = json.loads((out / JOURNAL).read_text().splitlines()[-1])
    text = json.dumps({**line, "id": "other", **change})
    with (out / JOURNAL).open("a") as file:
        file.write(text.replace('"VICTIM"', json.dumps(str(tmp_path / VICTIM))) + "\n")
    summary = run_batch(tasks, out, engine=Here(), resume=True)
    assert len(summary.of(Status.DONE)) == 1
    assert {(tmp_path / n).read_text() for n in (VICTIM, "victim.txt.tmx")} == {"mine"}
    assert (out / "memory.tmx").is_file()


@pytest.mark.parametrize(
    "place",
    [".aligner", JOURNAL, ".aligner/lock", "documents", "documents/note 00.txt.tmx", "memory.tmx",
     "results.tsv"],
)  # fmt: skip
def test_links_in_the_output_folder_lead_nowhere(
    finished: tuple[list[Task], Path], tmp_path: Path, place: str
) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    shutil.copytree(finished[1], out)
    (out / place).rename(elsewhere)
    (out / place).symlink_to(elsewhere)
    before = _state(elsewhere)
    text = Path(finished[0][0].inputs[0]).read_text("utf-8")
    changed = tmp_path / "note 00.txt"
    changed.write_text(text.replace("China", "Chinas", 1))
    for inputs in (finished[0][0].inputs, (str(changed),)):
        with suppress(OutputError):
            run_batch([Task("note 00.txt", inputs)], out, engine=Here(), resume=True)
    assert _state(elsewhere) == before


def _state(place: Path) -> object:
    if place.is_dir():
        return {path.name: _state(path) for path in place.iterdir()}
    return place.read_bytes()


def test_a_journal_that_never_ends(finished: tuple[list[Task], Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(finished[1], out)
    (out / JOURNAL).unlink()
    os.mkfifo(out / JOURNAL)
    with pytest.raises(OutputError, match="neither a file nor a folder"):
        run_batch(finished[0], out, engine=Here(), resume=True)


DONE = Result("a.txt", ("in/a.txt",), Status.DONE, outputs=(("documents/a.txt.tmx", "0"),))


def test_a_journal_gives_back_what_was_written() -> None:
    failed = Result(r"\xd6.txt", ("in/\udcd6.txt",), Status.FAILED, error="no", seconds=0.5)
    hidden = (("documents/a.txt.tsv", "0"), (".aligner/units/a.txt.tmx", "1"))
    in_two = Result("b/a.txt", ("a", "b"), Status.DONE, 1, 2, 3, 4, 5, 0.5, 1.5, "", "key", hidden)
    in_two = Result("a.txt", *[getattr(in_two, n) for n in list(in_two.__slots__)[1:]])
    for result in (DONE, failed, in_two):
        assert results_of([line_of(result)])[0] == {result.id: result}


@pytest.mark.parametrize(
    "change",
    [{"outputs": []}, {"outputs": "ab"}, {"outputs": [["a"]]}, {"outputs": [[1, 2]]},
     {"outputs": [["documents/a.txt.tmx", 0]]}, {"status": "failed"}, {"status": "so"},
     {"inputs": "ab"}, {"inputs": [1]}, {"source": "1"}, {"pairs": -1}, {"confidence": 2},
     {"confidence": float("nan")}, {"seconds": float("inf")}, {"seconds": "1"}, {"error": None},
     {"key": 1}, {"id": 1}, {"id": ["a.txt"]}, {"id": "b.txt"}],
)  # fmt: skip
def test_lines_that_no_run_writes(change: dict[str, object]) -> None:
    line = json.dumps(json.loads(line_of(DONE)) | change).encode()
    assert results_of([line, b"[" * 100_000, b'{"a":' * 100_000, b"\xff", b"1", b""]) == ({}, set())

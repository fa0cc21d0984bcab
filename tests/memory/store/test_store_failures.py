"""Several processes at one memory, killed ones, full disks and files that are no memory."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from aligner.errors import FormatError, InputError, OutputError, ReadError
from aligner.memory import write_tmx
from aligner.memory.store import (
    concordance,
    database,
    import_units,
    is_memory,
    open_memory,
    similar,
    stored_documents,
    stored_units,
)
from aligner.types import TranslationUnit

pytestmark = pytest.mark.slow

ALIGNER = (sys.executable, "-m", "aligner")


def note(number: int, size: int = 40) -> list[TranslationUnit]:
    return [
        TranslationUnit(
            f"第{number}号文件第{k}句。",
            f"Sentence {k} of note {number}.",
            "zh-CN",
            "en-US",
            properties=(("x-document", f"note-{number}.txt"),),
        )
        for k in range(size)
    ]


def put(place: Path, *units: TranslationUnit) -> None:
    with open_memory(place, create=True) as db:
        import_units(db, [("x.tmx", units)], lambda *_: (), "x")


def held(place: Path) -> list[TranslationUnit]:
    with open_memory(place) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(stored_units(db))


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Real processes begin together, on a memory that none of them finds made."""
    for number in range(6):
        write_tmx(note(number), tmp_path / f"{number}.tmx")
    running = [
        subprocess.Popen([*ALIGNER, "tm", "import", "m.db", f"{number}.tmx"], cwd=tmp_path)
        for number in range(6)
    ]
    assert [process.wait() for process in running] == [0] * 6
    with open_memory(tmp_path / "m.db") as db:
        assert {d.name: d.units for d in stored_documents(db)} == {
            f"note-{number}.txt": 40 for number in range(6)
        }
    assert set(held(tmp_path / "m.db")) == {u for number in range(6) for u in note(number)}


def test_a_memory_that_another_one_is_making(tmp_path: Path) -> None:
    """Where SQLite refuses without waiting, the memory waits."""
    place = tmp_path / "m.db"
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(put, place, *note(1))
            time.sleep(0.2)
            assert not done.done()
            other.execute("COMMIT")
            done.result()
    assert held(place) == note(1)


_HALF_AN_IMPORT = """
import sys, time
from aligner.memory.store import database, import_units, open_memory
from aligner.types import TranslationUnit
database.CACHE = 64
def units():
    for k in range(3000):
        yield TranslationUnit(f"新的第{k}句。", f"New sentence {k}.", "zh-CN", "en-US",
                              properties=(("x-document", "note-1.txt"),))
    print("half", flush=True)
    time.sleep(600)
with open_memory(sys.argv[1], create=True) as db:
    import_units(db, [("x", units())], lambda *_: (), "x")
"""


@contextmanager
def half_an_import(place: Path) -> Iterator[None]:
    """While a process that has written much of an import waits in it; then it is killed."""
    command = [sys.executable, "-c", _HALF_AN_IMPORT, str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "half\n"
            assert place.with_name(place.name + "-wal").stat().st_size > 200_000
            yield
        finally:
            process.kill()


@pytest.mark.parametrize("new", [False, True])
def test_a_killed_import_leaves_the_memory_as_it_was(tmp_path: Path, new: bool) -> None:
    place = tmp_path / "m.db"
    before = [] if new else note(1)
    if not new:
        put(place, *before)
    with half_an_import(place):
        pass
    assert held(place) == before
    put(place, *note(2))
    assert held(place) == before + note(2)
    with open_memory(place) as db:
        assert not concordance(db, "new")


def test_an_import_killed_at_any_time(tmp_path: Path) -> None:
    place = tmp_path / "m.db"
    put(place, *note(0))
    write_tmx(note(1, 4000), tmp_path / "1.tmx")
    command = [*ALIGNER, "tm", "import", str(place), str(tmp_path / "1.tmx")]
    begun = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - begun
    for part in (0.6, 0.9, 1.0):
        fresh = tmp_path / f"{part}.db"
        put(fresh, *note(0))
        process = subprocess.Popen([*command[:5], str(fresh), command[-1]])
        time.sleep(whole * part)
        process.kill()
        process.wait()
        assert held(fresh) in (note(0), note(0) + note(1, 4000))


def test_a_memory_is_read_while_it_is_written(tmp_path: Path) -> None:
    place = tmp_path / "m.db"
    put(place, *note(1))
    with half_an_import(place):
        assert held(place) == note(1)
        done = subprocess.run([*ALIGNER, "tm", "search", place, "note"], capture_output=True)
        assert (done.returncode, done.stdout.count(b"zh-CN")) == (0, 20)


def test_a_locked_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "m.db"
    put(place, *note(1))
    monkeypatch.setattr(database, "WAIT", 0.1)
    with sqlite3.connect(place, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError, match="another process is writing"):
            put(place, *note(2))
    assert held(place) == note(1)


def test_a_full_disk(tmp_path: Path) -> None:
    """The limit on the size of a file stands for the end of the disk."""
    place = tmp_path / "m.db"
    put(place, *note(1))
    write_tmx(note(2, 3000), tmp_path / "2.tmx")
    done = subprocess.run(
        [*ALIGNER, "tm", "import", place, tmp_path / "2.tmx"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)),
    )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "the memory is unchanged" in done.stderr
    assert held(place) == note(1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
@pytest.mark.parametrize("folder_too", [False, True])
def test_a_memory_without_leave_to_write(tmp_path: Path, folder_too: bool) -> None:
    place = tmp_path / "m.db"
    put(place, *note(1))
    place.chmod(0o444)
    if folder_too:
        tmp_path.chmod(0o555)
    try:
        assert held(place) == note(1)
        with pytest.raises(OutputError, match="can't be written"):
            put(place, *note(2))
    finally:
        tmp_path.chmod(0o755)


def test_a_memory_opened_for_reading_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `test_a_memory_without_leave_to_write` tests, for root."""
    place = tmp_path / "m.db"
    put(place, *note(1))
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert held(place) == note(1)
    with pytest.raises(OutputError, match="can't be written"):
        put(place, *note(2))


def test_files_that_are_no_memory(tmp_path: Path) -> None:
    def refused(kind: type[InputError], problem: str, create: bool = False) -> None:
        with pytest.raises(kind, match=problem), open_memory(place, create) as db:
            list(stored_units(db))

    place = tmp_path / "m.db"
    refused(ReadError, "no such memory")
    place.write_text("<tmx/>" * 1000)
    assert not is_memory(place)
    refused(FormatError, "not a memory database")
    refused(FormatError, "not a memory database", create=True)
    assert place.read_text() == "<tmx/>" * 1000
    place.write_bytes(b"")
    refused(FormatError, "the memory database is empty")
    place.unlink()
    with sqlite3.connect(place) as other:
        other.execute("CREATE TABLE moz_places (id)")
    refused(FormatError, "another program")
    refused(FormatError, "another program", create=True)
    place = tmp_path
    refused(ReadError, "folder")
    place = tmp_path / "none" / "m.db"
    refused(OutputError, "no such folder", create=True)


def test_a_memory_of_a_later_version(tmp_path: Path) -> None:
    place = tmp_path / "m.db"
    put(place, *note(1))
    with sqlite3.connect(place) as other:
        other.execute("PRAGMA user_version = 2")
    with pytest.raises(FormatError, match=r"version 2, made by a later aligner.*update"):
        put(place, *note(2))
    with sqlite3.connect(place) as other:
        assert other.execute("SELECT count(*) FROM units").fetchone() == (40,)


def used(place: Path) -> None:
    with open_memory(place) as db:
        list(stored_units(db))
        concordance(db, "note")
        db.execute("INSERT INTO terms (terms) VALUES ('integrity-check')")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_a_damaged_memory(tmp_path: Path, kept: float) -> None:
    place = tmp_path / "m.db"
    put(place, *note(1, 2000))
    data = place.read_bytes()
    place.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(FormatError, match="damaged"):
        used(place)


def test_a_very_long_segment(tmp_path: Path) -> None:
    place = tmp_path / "m.db"
    long = TranslationUnit("人权法" * 700_000, "Law " * 500_000 + "end", "zh-CN", "en-US")
    put(place, long)
    with open_memory(place) as db:
        (hit,) = concordance(db, "法人")
        assert len(hit.source_marks) > 6000
        assert all(hit.unit.source[a:b] == "法人" for a, b in hit.source_marks)
        assert similar(db, long.source)[0].score == 1

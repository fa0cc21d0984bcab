"""Real processes that are really killed, interrupted and left without room."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner.batch import LocalEngine, Result, Status, find_files, folder_tasks, run_batch
from batches import Here, contents, make_notes

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "aligner", "batch"]
PATIENCE = 120.0


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_notes(tmp_path_factory.mktemp("notes"), 14)


@pytest.fixture(scope="module")
def unbroken(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run that nothing happens to leaves."""
    out = tmp_path_factory.mktemp("unbroken")
    done = subprocess.run([*COMMAND, notes, "-o", out, "-q"], capture_output=True, check=True)
    assert done.stderr == b""
    return contents(out)


def finished(out: Path) -> int:
    journal = out / ".aligner/journal.jsonl"
    return journal.read_bytes().count(b'"id"') if journal.exists() else 0


def begun(notes: Path, out: Path, *options: str, least: int = 3) -> subprocess.Popen[bytes]:
    """A run in a session of its own that has finished some documents."""
    process = subprocess.Popen(
        [*COMMAND, notes, "-o", out, *options],
        start_new_session=True,
        # Whoever runs the tests in the background has it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    end = time.monotonic() + PATIENCE
    while finished(out) < least:
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.01)
    return process


def alive(session: int) -> list[int]:
    """Processes of a session that are still at work."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def wait_until_gone(session: int) -> None:
    end = time.monotonic() + PATIENCE
    while alive(session):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_and_resumed(
    notes: Path, tmp_path: Path, unbroken: dict[str, bytes], workers: str
) -> None:
    for least in (2, 5):
        resume = ["--resume"] if least > 2 else []
        process = begun(notes, tmp_path, "--workers", workers, *resume, least=least)
        process.kill()
        process.communicate()
        wait_until_gone(process.pid)
    before = finished(tmp_path)
    assert 5 <= before < 14
    done = subprocess.run(
        [*COMMAND, notes, "-o", tmp_path, "--resume"], capture_output=True, text=True, check=True
    )
    assert f"14 aligned, {before} of them in an earlier run, 0 failed" in done.stderr
    assert contents(tmp_path) == unbroken
    assert finished(tmp_path) == 14


def test_interrupted(notes: Path, tmp_path: Path, unbroken: dict[str, bytes]) -> None:
    for attempt in range(5):
        place = tmp_path / str(attempt)
        process = begun(notes, place, least=1)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
        if process.returncode:
            break  # else it had come to its end before
    assert process.returncode == 130
    assert out == b""
    (line,) = err.decode().splitlines()
    assert line.endswith("of 14 documents are finished; continue with --resume")
    assert not list(place.rglob(".aligner-*"))
    assert finished(place) < 14
    subprocess.run([*COMMAND, notes, "-o", place, "--resume", "-q"], check=True)
    assert contents(place) == unbroken


def test_a_worker_that_is_killed_costs_nothing(
    notes: Path, tmp_path: Path, unbroken: dict[str, bytes]
) -> None:
    engine = LocalEngine(2)
    victims: list[str] = []

    def kill_one(result: Result, is_new: bool) -> None:
        if len(victims) < 2:
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            # One that was killed a moment ago may still be among them.
            workers = [
                c
                for c in children
                if c not in victims and b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()
            ]
            for victim in workers[:1]:
                victims.append(victim)
                os.kill(int(victim), signal.SIGKILL)

    summary = run_batch(
        folder_tasks(find_files(str(notes))), tmp_path, engine=engine, on_result=kill_one
    )
    assert len(set(victims)) == 2
    assert len(summary.of(Status.DONE)) == 14
    assert contents(tmp_path)["memory.tmx"] == unbroken["memory.tmx"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for some documents only."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=96k", "none", str(place)]
    if not mount or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("a small disk can't be mounted here: that takes root and mount")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(
    notes: Path, small_disk: Path, tmp_path: Path, unbroken: dict[str, bytes]
) -> None:
    command = [*COMMAND, str(notes), "-o", str(small_disk / "out")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert "No space left" in line
    assert 0 < finished(small_disk / "out") < 14
    # There is room again.
    subprocess.run(["mount", "-o", "remount,size=10m", str(small_disk)], check=True)
    done = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=True)
    assert "of them in an earlier run" in done.stderr
    assert contents(small_disk / "out") == unbroken


def test_local_processes_give_what_this_process_gives(
    notes: Path, tmp_path: Path, unbroken: dict[str, bytes]
) -> None:
    run_batch(folder_tasks(find_files(str(notes))), tmp_path, engine=Here(3))
    assert contents(tmp_path) == unbroken

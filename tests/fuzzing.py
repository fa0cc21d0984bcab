"""Damaged files of every format, and what becomes of them."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import FrameType
from typing import IO, Any

from aligner import apart
from aligner.align import Settings, segment_any
from aligner.errors import AlignerError
from aligner.evaluation import read_gold
from aligner.memory import open_units, read_beads
from aligner.memory.moses import read_moses
from aligner.memory.tmx.validate import validate_tmx
from aligner.reading import LineFile
from aligner.review.review_formats import form_of
from fuzz_mutations import mutated
from fuzz_seeds import TEXTS, seeds

MAX_SECONDS = 60
MAX_MEMORY = 3 * 2**30  # bytes
_ROOM = 5 * 2**30  # bytes of address space for reading, beside what the process has already


@dataclass(frozen=True)
class Outcome:
    """What became of a file: `read`, `refused` or `failed`, and why."""

    kind: str
    message: str
    seconds: float
    memory: int  # bytes


def _document(path: Path) -> None:
    """What `align` and `segment` do before the model is asked."""
    segment_any(path)


def _picture(path: Path) -> None:
    segment_any(path, Settings(ocr=True))


def _lines(path: Path) -> None:
    """What `align --segmented` reads."""
    file = LineFile(path)
    file.read(range(len(file)))


def _units(path: Path) -> None:
    """What the commands of `tm` read."""
    for _ in open_units(path, "zh", "en")[1]:
        pass


def _tmx(path: Path) -> None:
    for read in (_units, _validated, _reviewed):
        _refusable(read, path)


def _validated(path: Path) -> None:
    for _ in validate_tmx(path):
        pass


def _reviewed(path: Path) -> None:
    form = form_of(path)
    content = form.read(path)
    frame, rows = form.parse(content, path)
    for _ in form.chunks(content, frame, rows):
        pass


def _jsonl(path: Path) -> None:
    for read in (_units, _reviewed):
        _refusable(read, path)


def _beads(path: Path) -> None:
    read_beads(path)
    places = [path.with_name(f"text.{language}") for language in ("zh", "en")]
    for place, text in zip(places, TEXTS, strict=True):
        place.write_text(text, "utf-8")
    for _ in read_gold(path, texts=(places[0], places[1])):
        pass


def _gold(path: Path) -> None:
    for _ in read_gold(path):
        pass


def _moses(path: Path) -> None:
    other = path.with_name("text.en")
    other.write_text(TEXTS[1], "utf-8")
    for _ in read_moses(path, other):
        pass


def _refusable(read: Callable[[Path], None], path: Path) -> None:
    """Read in one way after another, of which the first may refuse."""
    try:
        read(path)
    except AlignerError:
        if read is not _units:
            raise


READERS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "txt": ("txt", _document),
    "lines": ("txt", _lines),
    "pdf": ("pdf", _document),
    "docx": ("docx", _document),
    "html": ("html", _document),
    "md": ("md", _document),
    "odt": ("odt", _document),
    "rtf": ("rtf", _document),
    "doc": ("doc", _document),
    "epub": ("epub", _document),
    "pptx": ("pptx", _document),
    "sheet": ("xlsx", _document),
    "csv": ("csv", _document),
    "srt": ("srt", _document),
    "xml": ("xml", _document),
    "picture": ("png", _picture),
    "tmx": ("tmx", _tmx),
    "tmx.gz": ("tmx.gz", _units),
    "tsv": ("tsv", _units),
    "jsonl": ("jsonl", _jsonl),
    "xliff": ("xliff", _units),
    "xlsx": ("xlsx", _units),
    "parquet": ("parquet", _units),
    "moses": ("zh", _moses),
    "beads": ("beads", _beads),
    "gold": ("jsonl", _gold),
}
FORMATS = tuple(READERS)


def run_files(name: str, seed: int, kept: Path, numbers: Sequence[int]) -> list[Outcome]:
    """Damage sound files of a format and read them; those that fail are kept in a folder."""
    outcomes = []
    ending, read = READERS[name]
    with TemporaryDirectory() as folder, _forked(), _limited():
        for number in numbers:
            random = Random(f"{name} {seed} {number}")  # noqa: S311
            path = Path(folder) / f"file.{ending}"
            path.write_bytes(mutated(random.choice(_seeds(name)), name, random))
            outcome = _outcome(read, path)
            if outcome.kind == "failed":
                path.rename(kept / f"{name}-{seed}-{number}.{ending}")
            outcomes.append(outcome)
    return outcomes


@cache
def _seeds(name: str) -> tuple[bytes, ...]:
    return seeds(name)


def _outcome(read: Callable[[Path], None], path: Path) -> Outcome:
    _Forked.memory = 0
    start = time.perf_counter()
    kind, message = "read", ""
    try:
        signal.alarm(MAX_SECONDS)
        read(path)
    except AlignerError as exc:
        kind, message = "refused", str(exc)
        if "\n" in message or not message:
            kind, message = "failed", f"not one line: {message!r}"
    except Exception as exc:  # noqa: BLE001 - what this is about
        place = traceback.extract_tb(exc.__traceback__)[-1]
        kind = "failed"
        message = f"{type(exc).__name__} in {Path(place.filename).name}, {place.name}: {exc}"[:160]
    finally:
        signal.alarm(0)
    seconds = time.perf_counter() - start
    message = message.replace(f"{path.parent}/", "")
    memory = max(_Forked.memory, _memory(resource.RUSAGE_SELF))
    if kind != "failed" and (seconds > MAX_SECONDS or memory > MAX_MEMORY):
        kind, message = "failed", f"{seconds:.0f} s, {memory >> 20} MiB"
    return Outcome(kind, message, seconds, memory)


def _memory(whose: int) -> int:
    return resource.getrusage(whose).ru_maxrss * 1024


@contextmanager
def _limited() -> Iterator[None]:
    """An alarm for what hangs, and a bound for what would take the machine's memory."""

    def ring(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"more than {MAX_SECONDS} seconds")

    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    room = pages * resource.getpagesize() + _ROOM
    resource.setrlimit(resource.RLIMIT_AS, (room, before[1]))
    handler = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, handler)
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def _forked() -> Iterator[None]:
    """Have readers' own processes forked from this one, which has their libraries loaded."""
    real = apart._start
    apart._start = _Forked  # type: ignore[assignment]
    try:
        yield
    finally:
        apart._start = real


class _Forked:
    """What `subprocess.Popen` is to `aligner.apart`."""

    memory = 0  # bytes, the most of any process since it was set

    def __init__(self, arguments: Sequence[str], stdin: IO[bytes] | None) -> None:
        reading, writing = os.pipe()
        self.returncode = 0
        self._pid = os.fork()
        if not self._pid:
            self._serve(arguments, stdin, writing)
        os.close(writing)
        self.stdout = os.fdopen(reading, "rb")

    def _serve(self, arguments: Sequence[str], stdin: IO[bytes] | None, writing: int) -> None:
        try:
            signal.alarm(0)
            nowhere = os.open(os.devnull, os.O_RDWR)
            given = stdin.fileno() if stdin else nowhere
            for new, old in ((given, 0), (writing, 1), (nowhere, 2)):
                os.dup2(new, old)
            sys.stdin = open(0, closefd=False)  # noqa: SIM115 - for the process's life
            apart.serve(*arguments)
        finally:
            os._exit(0)

    def kill(self) -> None:
        self.stdout.close()

    def __enter__(self) -> _Forked:
        return self

    def __exit__(self, *_: Any) -> None:
        _pid, status, used = os.wait4(self._pid, 0)
        self.returncode = os.waitstatus_to_exitcode(status)
        _Forked.memory = max(_Forked.memory, used.ru_maxrss * 1024)

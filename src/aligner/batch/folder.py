"""The documents of a folder as tasks."""

from __future__ import annotations

import fnmatch
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from aligner.batch.storage import file_system, inside, is_uri
from aligner.batch.tasks import Task
from aligner.errors import ReadError, unreadable
from aligner.printable import printable_name
from aligner.reading import ENDINGS


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a folder: relative names of those to align, and of the others.

    `closed` are the subfolders that can't be read.
    """

    root: str
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    def place(self, name: str) -> str:
        """The path or URI of a file."""
        return inside(self.root, name)

    @property
    def passed_over(self) -> str:
        """The others in words: how many of each ending, and which folders are closed."""
        endings = Counter(PurePosixPath(name).suffix or "no ending" for name in self.others)
        counts = [f"{count} {ending}" for ending, count in endings.most_common()]
        closed = [f"the folder {printable_name(name)}, which can't be read" for name in self.closed]
        return ", ".join(counts + closed)


def find_files(folder: str, patterns: Sequence[str] = (), besides: str = "") -> Found:
    """The files of a folder and of those in it, by name, that match one of the patterns.

    Without patterns these are all that have an ending of a readable format. Patterns are of
    the shell; one with `/` is matched with the path from the folder on, others with the file's
    name. Hidden files and folders, and the folder `besides`, are not part of it. Raises
    ReadError for a folder that can't be read or has no such file.
    """
    if not is_uri(folder) and not Path(folder).is_dir():
        what = "not a manifest" if Path(folder).exists() else "no such folder or file"
        raise ReadError(f"{folder}: {what}; give a folder, or a CSV, TSV, JSONL or Parquet file")
    closed: list[str] = []
    walk = _walk_uri(folder) if is_uri(folder) else _walk(Path(folder), besides, closed)
    found = sorted(walk)
    wanted = [name for name in found if _is_wanted(name, patterns)]
    if not wanted:
        sought = " or ".join(patterns or sorted(f"*{ending}" for ending in ENDINGS))
        raise ReadError(f"{folder}: no file {sought} in this folder; name others with --pattern")
    chosen = set(wanted)
    others = tuple(name for name in found if name not in chosen)
    return Found(folder, tuple(wanted), others, tuple(sorted(closed)))


def folder_tasks(found: Found) -> list[Task]:
    """A task for each file, as a mixed document."""
    return [Task(printable_name(name), (found.place(name),)) for name in found.names]


def _is_wanted(name: str, patterns: Sequence[str]) -> bool:
    path = PurePosixPath(name)
    if not patterns:
        return path.suffix.lower() in ENDINGS
    return any(fnmatch.fnmatchcase(name if "/" in p else path.name, p) for p in patterns)


def _walk(root: Path, besides: str, closed: list[str]) -> Iterator[str]:
    """The names of all files; those of folders that can't be read are added to `closed`."""
    avoided = os.path.realpath(besides) if besides else None

    def note(exc: OSError) -> None:
        if Path(exc.filename) == root:
            raise unreadable(exc.filename, exc) from exc
        closed.append(Path(exc.filename).relative_to(root).as_posix())

    for folder, folders, files in os.walk(root, onerror=note, followlinks=False):
        here = Path(folder)
        folders[:] = [f for f in folders if f[0] != "." and os.path.realpath(here / f) != avoided]
        for name in files:
            if not name.startswith("."):
                yield (here / name).relative_to(root).as_posix()


def _walk_uri(uri: str) -> Iterator[str]:
    system, root = file_system(uri)
    from pyarrow.fs import FileSelector

    root = root.rstrip("/")
    try:
        found = system.get_file_info(FileSelector(root, recursive=True))
    except (OSError, ValueError) as exc:
        raise unreadable(uri, exc) from exc
    for info in found:
        name = info.path.removeprefix(root).lstrip("/")
        if info.is_file and not any(part.startswith(".") for part in name.split("/")):
            yield name

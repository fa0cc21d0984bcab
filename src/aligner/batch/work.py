"""The work on one document, the same in every engine."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from aligner._version import __version__
from aligner.align import Aligner, coverage
from aligner.batch.outputs import UNITS, output_names
from aligner.batch.storage import OutputFolder, digest, local_copy
from aligner.batch.tasks import Job, Result, Status, Task
from aligner.bounds import MAX_DOCUMENT
from aligner.errors import AlignerError, OutputError, UsageError
from aligner.matching import weights_hash
from aligner.memory import least_confidence, save_alignment
from aligner.printable import shown
from aligner.types import Alignment

# With these nothing more can be written, whatever the document.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


def task_key(task: Task, job: Job, digests: Sequence[str]) -> str:
    """What the outputs of a task depend on, its inputs' digests among it, as one hash."""
    names = [Path(place).name for place in task.inputs]
    facts = (
        __version__, weights_hash(), task.id, names, list(digests), job,
        os.environ.get("SOURCE_DATE_EPOCH", ""),
    )  # fmt: skip
    return hashlib.sha256(repr(facts).encode(errors="surrogatepass")).hexdigest()


def current_key(task: Task, job: Job) -> str:
    """The key of a task as its inputs are now; raises ReadError."""
    with _inputs(task, job) as paths:
        return task_key(task, job, [digest(path) for path in paths])


@contextmanager
def _inputs(task: Task, job: Job) -> Iterator[list[Path]]:
    """The files to read; lines may be of any number, documents are held whole."""
    most = None if job.segmented else MAX_DOCUMENT
    with ExitStack() as stack:
        yield [stack.enter_context(local_copy(place, most)) for place in task.inputs]


def failure(task: Task, reason: str) -> Result:
    """The result of a task that failed, with where it was listed."""
    told = f"{task.origin}: {reason}" if task.origin else reason
    return Result(task.id, task.inputs, Status.FAILED, error=shown(" ".join(told.split())))


class Worker:
    """Does tasks one by one, with the model loaded once.

    It can be sent to another process until it is started.
    """

    def __init__(self, job: Job, folder: OutputFolder) -> None:
        self.job = job
        self.folder = folder
        self._least = least_confidence(UNITS, job.min_confidence)
        self._aligner: Aligner | None = None

    def start(self) -> None:
        """Load the model; raises ModelError."""
        self._aligner = Aligner(self.job.settings)
        _ = self._aligner.encoder

    def do(self, task: Task) -> Result:
        """Align a document and write its outputs; what is wrong with it is in the result.

        Raises OutputError if nothing more can be written at all.
        """
        start = time.perf_counter()
        try:
            result = self._do(task)
        except AlignerError as exc:
            if isinstance(exc, OutputError) and getattr(exc.__cause__, "errno", 0) in _NO_ROOM:
                raise
            result = failure(task, str(exc))
        except MemoryError:
            result = failure(task, "needs more memory than is available; split it first")
        except Exception as exc:  # noqa: BLE001 - one document must not end the others' run
            result = failure(task, f"unexpected {type(exc).__name__}: {exc}")
        return replace(result, seconds=round(time.perf_counter() - start, 3))

    def _do(self, task: Task) -> Result:
        with _inputs(task, self.job) as paths:
            key = task_key(task, self.job, [digest(path) for path in paths])
            alignment = self._align(paths)
        if self.job.min_confidence != 0.0:
            coverage(alignment).require()
        outputs = self._write(task, alignment)
        pairs = alignment.pairs
        return Result(
            task.id,
            task.inputs,
            Status.DONE,
            len(alignment.source),
            len(alignment.target),
            len(pairs),
            len(alignment.nulls),
            sum(bead.certainty < self._least for bead in pairs),
            round(sum(bead.confidence for bead in pairs) / max(1, len(pairs)), 4),
            key=key,
            outputs=outputs,
        )

    def _align(self, paths: Sequence[Path]) -> Alignment:
        aligner = self._aligner or Aligner(self.job.settings)
        if not self.job.segmented:
            return aligner.align(*paths)
        if len(paths) == 1:
            raise UsageError(f"{paths[0].name}: --segmented takes pairs of files, not one")
        return aligner.align_segmented(paths[0], paths[1])

    def _write(self, task: Task, alignment: Alignment) -> tuple[tuple[str, str], ...]:
        """Write the files of a document, its units last; returns their names and digests."""
        least = self.job.min_confidence
        return tuple(
            (name, self.folder.write(name, partial(_save, alignment, form, least)))
            for name, form in output_names(task.id, self.job.form)
        )


def _save(alignment: Alignment, form: str, min_confidence: float | None, place: Path) -> None:
    save_alignment(alignment, place, form, min_confidence)

"""The tasks of a batch, the job that applies to all of them, and their results."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from aligner.align import Settings
from aligner.errors import UsageError
from aligner.memory import FORMATS


@dataclass(frozen=True, slots=True)
class Task:
    """A mixed document, or a pair of documents, and where its results go.

    `id` is unique in a batch and names its output, with `/` between folders. `inputs` are one
    path or two, or URIs such as `s3://bucket/note.txt`. `origin` is where the task was listed,
    for messages. A task with a `reason` is left out for that.
    """

    id: str
    inputs: tuple[str, ...]
    origin: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """How every document of a batch is aligned and written.

    `min_confidence` is that of the pairs that are written, None the format's own. `segmented`
    takes pairs as files of one sentence a line. Raises UsageError for a format that
    is not known or is several files.
    """

    settings: Settings = field(default_factory=Settings)
    form: str = "tmx"
    min_confidence: float | None = None
    segmented: bool = False

    def __post_init__(self) -> None:
        known = [name for name, form in FORMATS.items() if form.files == 1]
        if self.form not in known:
            raise UsageError(
                f"{self.form}: not a format for a batch; the formats are {', '.join(known)}"
            )


class Status(StrEnum):
    """The status of a document."""

    DONE = "done"
    FAILED = "failed"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one task.

    `source` and `target` count sentences, `held_back` the pairs that the units lack,
    `confidence` is the mean over the pairs, `seconds` is
    the time that the work on it took. `key` stands for the inputs and the job; `outputs` are
    names and digests of what was written, the units last.
    """

    id: str
    inputs: tuple[str, ...]
    status: Status
    source: int = 0
    target: int = 0
    pairs: int = 0
    nulls: int = 0
    held_back: int = 0
    confidence: float = 0.0
    seconds: float = 0.0
    error: str = ""
    key: str = ""
    outputs: tuple[tuple[str, str], ...] = ()

    @property
    def sentences(self) -> int:
        """Sentences of both sides."""
        return self.source + self.target

"""One review while it goes on: its rows, its history, and the file that it writes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from aligner.errors import OutputError, ReadError, unreadable
from aligner.evaluation.gold import gold_chunks
from aligner.kinds import named_format
from aligner.memory import FORMATS, check_place, save, save_alignment
from aligner.review.history import Review, change_line, replay
from aligner.review.journal import Journal, base_content, base_line, digest, saved_line
from aligner.review.review_formats import alignment_of, form_of, places_of
from aligner.review.rows import Change, Rows

GOLD = "gold"


class Session:
    """A review that keeps every step: `review` is what it has come to.

    `version` counts the steps taken in this session; a step asked for by one who knows another
    version is not meant for these rows. `trouble` says why the file can't be written now,
    `set_aside` where the history of a file went that someone else has changed since.
    """

    def __init__(self, path: Path, documents: Sequence[Path] = ()) -> None:
        """Open a file in JSON lines or a TMX, and go on where an earlier review ended.

        The places of its sentences are looked for in `documents`, else in those that it names,
        beside it. Raises UsageError, ReadError, FormatError, and OutputError if the file is
        write-protected or under review already.
        """
        self.path = path
        self._form = form_of(path)
        check_place(path)
        # By a link it is the same file, with the same history.
        self._place = _resolved(path)
        self._journal = Journal(self._place)
        try:
            content, found = self._form.read(path), _read(self._place)
            lines = self._journal.lines()
            base = base_content(lines, found, self._journal.path)
            self.set_aside = self._journal.set_aside() if lines and base is None else None
            self._on_disk = digest(found)
            self._content = content if base is None else base
            self.frame, rows = self._form.parse(self._content, path)
            self.review = Review(rows)
            self._saved: Rows | None = None
            if base is None:
                self._journal.append(base_line(content, self._on_disk))
                self._saved = rows
            else:
                self.review = replay(self.review, lines, self._journal.path)
        except BaseException:
            self._journal.close()
            raise
        self.places = places_of(self.frame, path, rows, documents)
        self.version = 0
        self.trouble = ""

    @property
    def history(self) -> Path:
        """Where every step is kept."""
        return self._journal.path

    def do(self, change: Change) -> Change:
        """Make a change; it is on the disk when this returns. Raises OutputError."""
        return self._take(self.review.do(change), change, change_line(change))

    def undo(self) -> Change:
        """Take the last change back; raises StepError if there is none, and OutputError."""
        before = self.review.undo()
        return self._take(before, self.review.done[-1].inverse, {"type": "undo"})

    def redo(self) -> Change:
        """Make the change that was last taken back again; raises like `undo`."""
        after = self.review.redo()
        return self._take(after, self.review.undone[-1], {"type": "redo"})

    def save(self) -> None:
        """Write the file as the rows are now, unless it is so already; sets `trouble`."""
        rows = self.review.rows
        if rows is self._saved:
            return
        content = "".join(self._form.chunks(self._content, self.frame, rows))
        line = saved_line(content.encode())
        try:
            self._check_file()
            self._journal.append(line)
            save([content], self._place)
        except OutputError as exc:
            self.trouble = str(exc)
        else:
            self._saved, self._on_disk, self.trouble = rows, line["digest"], ""
            # It is another file by now, which a review by another link of it may have been
            # faster to lock: that one goes on with what was written here.
            with suppress(OutputError):
                self._journal.follow()

    @property
    def forms(self) -> tuple[str, ...]:
        """The formats of `export`: the output formats, and gold where the document is at hand."""
        single = tuple(name for name, form in FORMATS.items() if form.files == 1)
        return (*single, GOLD) if self.places.one_document else single

    def export(self, form: str) -> bytes:
        """The rows in one of the `forms`; raises FormatError if nothing is left to write."""
        rows = self.review.rows
        if named_format(self.path) == form:
            return "".join(self._form.chunks(self._content, self.frame, rows)).encode()
        alignment = alignment_of(self.frame, rows)
        if form == GOLD and self.places.one_document:
            return "".join(gold_chunks(self.places.one_document, alignment)).encode()
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / f"x.{form}"
            save_alignment(alignment, place, form)
            return place.read_bytes()

    def close(self) -> None:
        """Save and let the file go; where nothing was done there is no history to keep."""
        try:
            self.save()
            if not (self.review.done or self.review.undone):
                self._journal.clear()
        finally:
            self._journal.close()

    def _check_file(self) -> None:
        """Raise OutputError if another program has written the file since it was read."""
        try:
            # What is no plain file now is not read: it may have no end.
            is_plain = self._place.is_file() or not self._place.exists()
            found = digest(self._place.read_bytes()) if is_plain else ""
        except FileNotFoundError:
            return
        except OSError as exc:
            raise OutputError(f"{self.path}: can't be read ({exc.strerror or exc})") from exc
        if found != self._on_disk:
            raise OutputError(
                f"{self.path.name}: changed by another program; "
                "move that file away to save this review"
            )

    def _take(self, review: Review, change: Change, line: dict[str, Any]) -> Change:
        self._journal.append(line)
        self.review = review
        self.version += 1
        return change


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError) as exc:
        raise ReadError(f"{path}: can't be found ({exc})") from exc


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise unreadable(path, exc) from exc

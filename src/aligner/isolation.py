"""Programs, and processes of this one, that run nothing from the folder they are started in.

That folder is the documents', which anybody may have filled. Python looks for modules there,
and in folders that variables such as PYTHONPATH name; systems look there for programs.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Where this package lies, which need not be where Python looks by itself.
PACKAGE_FOLDER = str(Path(__file__).resolve().parent.parent)


def python_command(code: str, *arguments: str) -> list[str]:
    """The command that runs code in this Python, isolated, with this package at hand."""
    flags = ["-E", "-P", *(["-s"] if sys.flags.no_user_site else [])]
    # At the end of the path: it must not hide what is installed.
    begun = f"import sys; sys.path.append({PACKAGE_FOLDER!r}); {code}"
    return [sys.executable, *flags, "-c", begun, *arguments]


def find_program(name: str) -> str | None:
    """The absolute path of a program, None if there is none outside the current folder."""
    found = (shutil.which(str(Path(folder, name))) for folder in _program_folders())
    return next(filter(None, found), None)


def clean_environment() -> dict[str, str]:
    """The variables of this process without those that lead Python or a program astray."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept["PYTHONSAFEPATH"] = "1"
    if sys.flags.no_user_site:
        kept["PYTHONNOUSERSITE"] = "1"
    if sys.flags.utf8_mode:
        kept["PYTHONUTF8"] = "1"
    return kept | {"PATH": os.pathsep.join(_program_folders())}


@contextmanager
def isolated() -> Iterator[None]:
    """Have what a library starts within get a clean environment."""
    before, clean = dict(os.environ), clean_environment()
    _become(clean)
    try:
        yield
    finally:
        _become(before)


def _become(wanted: dict[str, str]) -> None:
    """Change the variables of this process; those that stay are not touched."""
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


def _program_folders() -> list[str]:
    here = Path.cwd()
    folders = (folder for folder in os.get_exec_path() if Path(folder).is_absolute())
    return [folder for folder in folders if Path(folder) != here]

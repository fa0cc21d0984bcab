"""Files that one review at a time may have open, whatever they are called."""

from __future__ import annotations

import os
import stat
from io import FileIO
from pathlib import Path

from aligner.errors import OutputError

# A link in the file's place may lead anywhere, and a pipe may never open.
_CAREFULLY = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def open_locked(path: Path, reviewed: Path, flags: int = 0) -> FileIO:
    """Open a plain file without a buffer and lock it, by the system, until it is closed.

    The lock is the file's, not its name's: another link to it is locked too, and a process
    that was killed holds nothing. Raises FileNotFoundError, and OutputError if it can't be
    opened, is not a regular file, or is locked, which is reported for the `reviewed` file.
    """
    from filelock import lock_descriptor

    while True:
        try:
            handle = os.open(path, _CAREFULLY | flags, 0o666)
        except FileNotFoundError:
            raise
        except OSError as exc:
            reason = "this is a link" if path.is_symlink() else exc.strerror or exc
            raise OutputError(f"{path}: can't be opened ({reason})") from exc
        file = os.fdopen(handle, "r+b", buffering=0)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise OutputError(f"{path}: not a regular file")
            if not lock_descriptor(handle, blocking=False):
                raise OutputError(f"{reviewed}: is already being reviewed; end that review first")
            # Another one may have removed or replaced it between the opening and the locking.
            if path.exists() and os.path.samestat(path.stat(), found):
                return file
        except OSError as exc:
            file.close()
            raise OutputError(f"{path}: can't be locked ({exc.strerror or exc})") from exc
        except OutputError:
            file.close()
            raise
        file.close()

"""Where aligner keeps what it can make again."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path | None:
    """The folder for unpacked copies, made if need be: $ALIGNER_CACHE, or the user's cache folder.

    None if there can't be one, or where others could put something into it.
    """
    from platformdirs import user_cache_path

    chosen = os.environ.get("ALIGNER_CACHE")
    place = Path(chosen) if chosen else user_cache_path("aligner")
    if not chosen and not place.is_absolute():  # a user without a home
        return None
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return place if is_private(place.stat()) else None
    except OSError:
        return None


def is_private(found: os.stat_result) -> bool:
    """Whether a file or folder is the user's or the system's, and nobody else can write to it."""
    return os.name == "nt" or (found.st_uid in (0, os.geteuid()) and not found.st_mode & 0o022)

"""Where aligner keeps what it can make again."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """The folder for unpacked copies: $ALIGNER_CACHE, or the user's cache folder."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("ALIGNER_CACHE") or user_cache_path("aligner"))

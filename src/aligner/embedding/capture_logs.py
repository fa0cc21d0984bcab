"""Capture the log messages of libraries while a model is loaded."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_LIBRARIES = ("transformers", "sentence_transformers", "huggingface_hub")
# How transformers reports weights that no file holds.
_MISSING = re.compile(r"^([\w.]+)\s*\|.*\bMISSING\b", re.M)
_UNUSED = "pooler"  # many published models lack it, and pooling over tokens doesn't use it


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def capture_logs() -> Iterator[list[str]]:
    """Suppress logs, warnings and progress bars of the libraries; the list collects their logs."""
    listener = _Listener()
    loggers = [logging.getLogger(name) for name in _LIBRARIES]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers.utils import logging as library

        bars: Any = library
        had_bars = bars.is_progress_bar_enabled()
        before = [(logger.handlers, logger.propagate, logger.level) for logger in loggers]
        bars.disable_progress_bar()
        try:
            for logger in loggers:
                logger.handlers, logger.propagate = [listener], False
                logger.setLevel(logging.WARNING)
            yield listener.said
        finally:
            for logger, (handlers, propagate, level) in zip(loggers, before, strict=True):
                logger.handlers, logger.propagate = handlers, propagate
                logger.setLevel(level)
            if had_bars:
                bars.enable_progress_bar()


def missing_weights(said: Sequence[str]) -> list[str]:
    """Names of weights that a library made up at random, by its own account."""
    found = []
    for message in said:
        found += _MISSING.findall(re.sub(r"\x1b\[[\d;]*m", "", message))
    return [name for name in found if _UNUSED not in name]

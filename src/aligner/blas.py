"""Keeping numpy's matrix products on one thread each.

Threads inside the products wait for each other by spinning: on a machine that has other
work they lose most of their time. aligner runs several products side by side instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

_lock = Lock()
_users = 0
_limit: Any = None


@contextmanager
def single_threaded() -> Iterator[None]:
    """One thread for each matrix product within; threads of one process may nest this."""
    from threadpoolctl import threadpool_limits

    global _users, _limit
    with _lock:
        if not _users:
            _limit = threadpool_limits(limits=1, user_api="blas")
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                _limit.restore_original_limits()


def workers() -> int:
    """How many threads may work side by side: the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

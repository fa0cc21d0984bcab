"""How many threads there are, and one of them for each of numpy's matrix products.

Threads inside the products wait for each other by spinning: on a machine that has other
work they lose most of their time. aligner runs several products side by side instead.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Any

_lock = Lock()
_users = 0
_limit: Any = None
_most: int | None = None


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


def side_by_side(task: Callable[[int], None], places: Sequence[int]) -> None:
    """Call a task for each place, in as many threads as there are processors."""
    with single_threaded():
        if len(places) < 2 or workers() < 2:
            for place in places:
                task(place)
            return
        with ThreadPoolExecutor(workers()) as pool:
            deque(pool.map(task, places), maxlen=0)


def use_threads(count: int) -> None:
    """Let this process, from now on, use no more than so many threads."""
    global _most
    _most = count
    # For PyTorch, which reads it when it is loaded.
    os.environ["OMP_NUM_THREADS"] = str(count)


def workers() -> int:
    """How many threads this process may use: as many as there are processors for it."""
    return min(processors(), _most or sys.maxsize)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

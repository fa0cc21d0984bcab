"""Serving a review on the loopback."""

from __future__ import annotations

import socket
import sys

import uvicorn

from aligner.errors import UsageError
from aligner.review.app import application
from aligner.review.connections import BriefConnection
from aligner.review.guard import HOST, Keys, guarded
from aligner.review.realign import Align
from aligner.review.session import Session

_TURN = 0.0005  # seconds
_QUEUE = 8  # connections that are taken up together; each needs a file descriptor at once
_LONGEST_HEAD = 2**16  # bytes; a browser sends along what other servers of this host have set


def listen(port: int) -> socket.socket:
    """A socket on the loopback; port 0 is any that is free. Raises UsageError."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError as exc:
        listening.close()
        raise UsageError(f"port {port}: {exc.strerror or exc}; choose another") from exc
    return listening


def serve(session: Session, align: Align, listening: socket.socket, keys: Keys) -> None:
    """Serve a review until the process is stopped; then save and close the session."""
    config = uvicorn.Config(
        guarded(application(session, align), keys),
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="on",
        ws="none",
        server_header=False,
        http=BriefConnection,
        backlog=_QUEUE,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_graceful_shutdown=2,
    )
    # A key must not wait while a large file is written in another thread.
    sys.setswitchinterval(_TURN)
    uvicorn.Server(config).run(sockets=[listening])

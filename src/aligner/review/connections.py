"""Connections that ask nothing don't stay: others must find room."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# A browser opens six at a time; the rest of the process needs files of its own.
MOST = 16
PATIENCE = 5.0  # seconds without a whole request, after which a connection may be closed


class BriefConnection(H11Protocol):
    """uvicorn's HTTP/1.1 with bounds on what it keeps open.

    uvicorn itself closes idle connections after their first answer; one that never asks, or
    stops in the middle of a request, would stay.
    """

    def connection_made(self, transport: Any) -> None:
        """Where there is no room, the connection that has waited longest goes."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._answered: Any = None
        self._watch: asyncio.TimerHandle | None = self.loop.call_later(PATIENCE, self._look)
        others = [other for other in self.connections if isinstance(other, BriefConnection)]
        if len(others) > MOST:
            idle = [other for other in others if other is not self and other.is_waiting()]
            longest = min(idle, key=lambda other: other._since, default=self)
            longest.drop()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is looked after no more."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """From now on it waits again."""
        self._since = self.loop.time()
        super().on_response_complete()

    def is_waiting(self) -> bool:
        """Whether it is the other end's turn: no whole request has come."""
        answering = self.cycle is not None and not self.cycle.response_complete
        return not answering or self.conn.their_state is h11.SEND_BODY

    def drop(self) -> None:
        """Close it at once; what was half asked gets no answer."""
        self.connections.discard(self)
        self.transport.abort()

    def _look(self) -> None:
        if self.is_waiting() and self.cycle is self._answered:
            self.drop()
            return
        self._answered = self.cycle
        self._watch = self.loop.call_later(PATIENCE, self._look)

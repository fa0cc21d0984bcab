"""Who is let in: the browser on this machine that came with the token, and no other page."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
# Nothing but the page's own files, no script or style within the page, no frame about it.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect")),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """What a request must bring: the port that it was sent to, and the token."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def address(self) -> str:
        """Where the page is, with the token, which a browser doesn't send as part of it."""
        return f"http://{HOST}:{self.port}/#token={self.token}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What the page may be called by; any other name was made to lead here by someone."""
        return (f"{HOST}:{self.port}", f"localhost:{self.port}")


def guarded(app: ASGIApp, keys: Keys) -> ASGIApp:
    """The app behind the checks, each of its answers with the headers that a browser heeds."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        answer = _refusal(scope, keys)
        await (answer or app)(scope, receive, send_with_headers)

    return guard


def _refusal(scope: Scope, keys: Keys) -> Response | None:
    """The answer to a request that does not get through to the app; None lets it through."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if host not in keys.hosts:
        return PlainTextResponse("This server is known by another name.", 421)
    origin = headers.get("origin")
    if origin not in (None, f"http://{host}") or (origin is None and scope["method"] == "POST"):
        return PlainTextResponse("Another page must not ask this of the server.", 403)
    site = headers.get("sec-fetch-site", "none")
    if site not in ("same-origin", "none") and scope["path"] != "/":
        return PlainTextResponse("Another page must not ask this of the server.", 403)
    # The page itself, which holds nothing of the review, asks for the rest with the token.
    if scope["path"] == "/" or scope["path"].startswith("/page/"):
        return None
    if not _same(headers.get("authorization", ""), f"Bearer {keys.token}"):
        return PlainTextResponse("Open the address that `aligner review` has printed.", 403)
    return None


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(errors="replace"), wanted.encode())

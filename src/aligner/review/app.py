"""What the page asks of a review, and what it is answered."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from aligner.confidence import DOUBTFUL, format_confidence
from aligner.errors import AlignerError, OutputError, StepError
from aligner.json_text import parse_json
from aligner.memory.json_fields import require
from aligner.printable import printable_name
from aligner.review.realign import Align, realign
from aligner.review.rows import SIDES, Change
from aligner.review.session import GOLD, Session
from aligner.review.steps import change_for, change_view, row_view

PAGE = Path(__file__).with_name("page")

# What a system has noted about endings may be wrong, and a browser takes no other type.
mimetypes.add_type("text/javascript", ".js")

# The history has each step at once; the reviewed file is rewritten when there was none for so
# many seconds.
_PAUSE = 1.0
_LARGEST_STEP = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Desk:
    """What the answers are made with; `stepped` is set when there is something to save."""

    session: Session
    align: Align
    stepped: asyncio.Event = field(default_factory=asyncio.Event)


def application(session: Session, align: Align) -> Starlette:
    """The page, its files, and its questions; the session is closed when the server ends."""
    desk = Desk(session, align)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        saving = asyncio.create_task(_keep_saved(desk))
        yield
        saving.cancel()
        await run_in_threadpool(session.close)

    app = Starlette(
        routes=[
            Route("/", _page),
            Mount("/page", StaticFiles(directory=PAGE)),
            Route("/state", _state),
            Route("/step", _step, methods=["POST"]),
            Route("/place/{at:int}", _place),
            Route("/export/{form}", _export),
        ],
        lifespan=running,
        exception_handlers={AlignerError: _failed, OSError: _failed, ValueError: _not_understood},
    )
    app.router.redirect_slashes = False
    app.state.desk = desk
    return app


async def _page(_: Request) -> Response:
    return FileResponse(PAGE / "index.html")


async def _state(request: Request) -> Response:
    session = _desk(request).session
    rows = [row_view(row) for row in session.review.rows]
    return JSONResponse(_facts(session) | {"rows": rows})


async def _step(request: Request) -> Response:
    desk = _desk(request)
    step = await _body(request)
    if require(step, "version", int) != desk.session.version:
        raise StepError("stale")
    change = await _take(desk, step)
    desk.stepped.set()
    return JSONResponse(_facts(desk.session) | {"change": change_view(change)})


async def _place(request: Request) -> Response:
    session = _desk(request).session
    at = request.path_params["at"]
    if at >= len(session.review.rows):
        raise HTTPException(404)
    row = session.review.rows[at]
    excerpts = [session.places.excerpt(side, row) for side in SIDES]
    return JSONResponse([asdict(excerpt) if excerpt else None for excerpt in excerpts])


async def _export(request: Request) -> Response:
    session = _desk(request).session
    form = request.path_params["form"]
    if form not in session.forms:
        raise HTTPException(404)
    content = await run_in_threadpool(session.export, form)
    ending = "gold.jsonl" if form == GOLD else form
    stem = printable_name(session.path.stem.removesuffix(".review"))
    name = quote(f"{stem}.{ending}")
    place = f"attachment; filename*=UTF-8''{name}"
    return Response(content, 200, {"Content-Disposition": place}, "application/octet-stream")


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _facts(session: Session) -> dict[str, Any]:
    """All that the page shows but the rows."""
    review = session.review
    return {
        "file": printable_name(session.path.name),
        "document": session.frame.document,
        "languages": [session.frame.source_lang, session.frame.target_lang],
        "formats": session.forms,
        "doubtful": format_confidence(DOUBTFUL),
        "version": session.version,
        "undo": review.done[-1].name if review.done else "",
        "redo": review.undone[-1].name if review.undone else "",
        "trouble": session.trouble,
    }


async def _take(desk: Desk, step: dict[str, Any]) -> Change:
    """Take a step; raises StepError if another one came first."""
    session = desk.session
    match require(step, "step", str):
        case "undo":
            return session.undo()
        case "redo":
            return session.redo()
        case "realign":
            rows, at = session.review.rows, require(step, "at", int)
            change = await run_in_threadpool(realign, rows, at, desk.align)
            if session.review.rows is not rows:
                raise StepError("stale")
            return session.do(change)
    return session.do(change_for(step, session.review.rows, session.places))


async def _body(request: Request) -> dict[str, Any]:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > _LARGEST_STEP:
            raise HTTPException(413)
    step = parse_json(data)
    if not isinstance(step, dict):
        raise ValueError("not a JSON object")
    return step


async def _keep_saved(desk: Desk) -> None:
    while True:
        await desk.stepped.wait()
        while desk.stepped.is_set():
            desk.stepped.clear()
            await asyncio.sleep(_PAUSE)
        await run_in_threadpool(desk.session.save)


async def _failed(_: Request, error: Exception) -> Response:
    key = str(error) if isinstance(error, StepError) else "failed"
    status = 507 if isinstance(error, (OutputError, OSError)) else 422
    return JSONResponse({"error": key, "message": str(error)}, status)


async def _not_understood(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": "no-such-step", "message": str(error)}, 400)

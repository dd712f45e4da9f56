"""Builds the web application from what it is given. It reads no settings and opens no connections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from api import (
    agreements,
    caseload,
    children,
    clocks,
    events_of_placements,
    feed,
    guidance,
    health,
    me,
    organisations,
    placements,
    providers,
    reference,
    timelines,
)
from api.commands import command_routes
from api.conversation import Conversation
from api.desk import Desk
from api.errors import answer_errors
from api.openapi import describe

VERSION = "1.0"

ROUTES = (
    caseload.routes,
    clocks.routes,
    events_of_placements.routes,
    feed.routes,
    placements.routes,
    children.routes,
    providers.routes,
    agreements.routes,
    guidance.routes,
    organisations.routes,
    me.routes,
    reference.routes,
    timelines.routes,
    health.routes,
)


def create_app(desk: Desk, *, at_the_end: Sequence[Callable[[], None]] = ()) -> FastAPI:
    """The application that works at this desk. `at_the_end` is called when it stops, last things first."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.closing.set()
        await run_in_threadpool(desk.looks.close)
        await run_in_threadpool(desk.access.close)
        for close in reversed(at_the_end):
            await run_in_threadpool(close)

    app = FastAPI(
        title="Placements",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        # The library's own telemetry would record what exceptions say, and that may be about a child.
        telemetry={"logs": False, "tracing": False, "metrics": False},
    )
    app.state.desk = desk
    # The server sets it when it begins to stop, which is before it ends what runs here.
    app.state.closing = desk.closing
    for routes in ROUTES:
        app.include_router(routes)
    app.include_router(command_routes())
    answer_errors(app)
    describe(app, VERSION)
    app.add_middleware(Conversation, metrics=desk.metrics)
    return app

"""Builds the web application from what it is given. It reads no settings and opens no connections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from api import (
    agreements,
    awaiting,
    blast_radius,
    bundles,
    calendar,
    candidates,
    caseload,
    changes,
    changes_of_lists,
    children,
    commands_on_offer,
    corrections,
    decisions,
    due,
    events_of_placements,
    feed,
    guidance,
    health,
    inspection_packs,
    ledger,
    looks,
    me,
    messages,
    organisations,
    placements,
    providers,
    receipts,
    reference,
    registers,
    reports,
    stoppages,
    subject_access,
    timelines,
    upkeep,
    what_if,
    without_education,
)
from api.commands import command_routes
from api.conversation import Conversation
from api.desk import Desk
from api.errors import answer_errors
from api.openapi import describe
from api.pages.doors import Doors
from api.pages.site import PagesWanted, create_site
from api.worked_out import worked_out

VERSION = "1.0"

ROUTES = (
    # Which of them has an address is asked one after another: what most pages ask for stands first.
    me.routes,
    due.routes,
    awaiting.routes,
    without_education.routes,
    caseload.routes,
    changes.routes,
    changes_of_lists.routes,
    commands_on_offer.routes,
    corrections.routes,
    decisions.routes,
    events_of_placements.routes,
    feed.routes,
    ledger.routes,
    bundles.routes,
    inspection_packs.routes,
    receipts.routes,
    candidates.routes,
    placements.routes,
    children.routes,
    providers.routes,
    blast_radius.routes,
    agreements.routes,
    guidance.routes,
    organisations.routes,
    calendar.routes,
    messages.routes,
    reference.routes,
    registers.routes,
    reports.routes,
    timelines.routes,
    stoppages.routes,
    subject_access.routes,
    looks.routes,
    health.routes,
    upkeep.routes,
    what_if.routes,
)


def create_app(
    desk: Desk, *, at_the_end: Sequence[Callable[[], None]] = (), pages: PagesWanted | None = None
) -> FastAPI:
    """The application that works at this desk, with its pages where they are wanted.

    `at_the_end` is called when it stops, last things first."""

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
    for router in (*ROUTES, command_routes()):
        # As they are, and not as routers in a router: which of three dozen has an address would be asked at each request.
        app.router.routes.extend(worked_out(router.routes))
    answer_errors(app)
    describe(app, VERSION)
    if pages is not None:
        app.add_middleware(Doors, site=create_site(app, pages.sessions, pages.ways_in))
    app.add_middleware(Conversation, metrics=desk.metrics)
    return app

"""Joins the pages: what they are given, and in which order their addresses are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.types import ASGIApp

from api.pages import (
    asking_who_could,
    caseload_changes,
    child_looks,
    child_page,
    command_page,
    comparing,
    decision_page,
    due_page,
    late_recording_page,
    live,
    on_offer,
    organisation_page,
    oversight,
    placement_list,
    placement_page,
    placement_stories,
    provider_page,
    record_stories,
    register_page,
    replay,
    replay_of_lists,
    signing_in,
    today,
)
from api.pages.drawing import Drawing
from api.pages.session import Sessions
from api.pages.signing_in import WaysIn
from api.pages.static_files import AT, Assets
from api.pages.wrong import answer_with_pages
from api.worked_out import worked_out


@dataclass(frozen=True, slots=True)
class PagesWanted:
    """What the pages need that the API does not."""

    sessions: Sessions
    ways_in: WaysIn = field(default_factory=WaysIn)


ROUTES = (
    signing_in.routes,
    # An address that names a moment is looked at before the same address without one.
    replay.past,
    replay_of_lists.past,
    replay.routes,
    caseload_changes.routes,
    comparing.routes,
    decision_page.routes,
    oversight.routes,
    late_recording_page.routes,
    asking_who_could.routes,
    today.routes,
    live.routes,
    child_looks.routes,
    child_page.routes,
    due_page.routes,
    organisation_page.routes,
    provider_page.routes,
    placement_list.routes,
    placement_page.routes,
    placement_stories.routes,
    record_stories.routes,
    register_page.routes,
    on_offer.routes,
    command_page.routes,
)


def create_site(api: ASGIApp, sessions: Sessions, ways_in: WaysIn) -> FastAPI:
    """The pages of an API. They hold nothing: sessions are in the browsers, and everything else is asked of the API."""
    assets = Assets()
    site = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry={"logs": False, "tracing": False, "metrics": False},
    )
    site.state.api, site.state.sessions, site.state.ways_in = api, sessions, ways_in
    service = ways_in.service
    site.state.drawing = Drawing(assets, lambda: service.elsewhere if service else "")
    for router in ROUTES:
        site.router.routes.extend(worked_out(router.routes))
    site.mount(AT, assets.files())
    answer_with_pages(site)
    return site

"""One request of a browser: who asks, the API in their name, and the page that is drawn for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse

from api.pages.at_any_moment import AtAnyMoment
from api.pages.drawing import Drawing
from api.pages.form_token import is_ours, token_for
from api.pages.moments import IN_THE_ADDRESS, OfThePast, moment_asked
from api.pages.navigation import navigation
from api.pages.session import Sessions
from api.pages.the_api import TheApi
from api.tokens import SignedIn
from api.wanted import given_twice
from projections.openings import while_open


class NobodySignedIn(Exception):
    """The page is for people who are signed in."""


class NotOurForm(Exception):
    """The form did not come from our page in this session; nothing was done."""


class NotOfThePast(Exception):
    """The address names a moment, and this page shows only how things are now. It must not show that as if it were the past."""


class GivenTwice(Exception):
    """The address gives several values where the page shows one. It must not choose one of them as if the others were not there."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page route works with."""

    request: Request
    api: TheApi
    me: dict[str, Any]
    """Who it is, as `GET /me` says."""
    person: SignedIn
    """Who it is, as the session says."""

    def page(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """Draw a page for this person."""
        known = {"me": self.me, "late": self.api.late, "while_open": while_open(self.api.correlation_id)}
        return draw(self.request, template, {**known, **context}, status)

    async def form(self) -> FormData:
        """What was sent. Raises NotOurForm where it was not sent from our page."""
        return await our_form(self.request)

    def go(self, address: str) -> RedirectResponse:
        """Show that page next, so that a reload of it repeats nothing."""
        return RedirectResponse(address, 303)


def draw(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """Draw a page, for somebody or nobody."""
    drawing: Drawing = request.app.state.drawing
    places = [
        {"text": text, "href": href, "active": _is_in(request.url.path, href)}
        for text, href in navigation(context.get("me"))
    ]
    known = {"form_token": token_for(request, request.app.state.sessions), "navigation": places}
    return drawing.page(request, template, {**known, **context}, status)


async def our_form(request: Request) -> FormData:
    """What was sent. Raises NotOurForm where it was not sent from our page."""
    form = await request.form(max_files=0, max_fields=2_000)
    if not is_ours(request, request.app.state.sessions, form):
        raise NotOurForm
    return form


async def visit_of(request: Request) -> Visit:
    """The visit. Raises NobodySignedIn, ApiRefused where the person holds no role any more, NotOfThePast and GivenTwice."""
    sessions: Sessions = request.app.state.sessions
    person: SignedIn | None = sessions.read(request)
    if person is None:
        raise NobodySignedIn
    api = TheApi(request.app.state.api, person, request.state.correlation_id)
    me = await api.get("/me")
    # A page that says what went wrong still says who is signed in, and where they can go.
    request.state.me = me
    if moment_asked(request.scope) and not isinstance(request.scope.get("route"), OfThePast | AtAnyMoment):
        raise NotOfThePast
    # Of several moments the last counts, as `moment_asked` says; everything else is as the API has it.
    if isinstance(request.scope.get("route"), APIRoute) and (twice := given_twice(request, IN_THE_ADDRESS)):
        raise GivenTwice(twice)
    return Visit(request, api, me, person)


def _is_in(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))


Visiting = Annotated[Visit, Depends(visit_of)]

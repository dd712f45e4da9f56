"""Signing in and out. On a demonstration one chooses a person; everywhere else the sign-in service says who it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from api.pages.session import Sessions
from api.pages.visiting import draw, our_form
from api.tokens import SignedIn

routes = APIRouter()

Next = Annotated[str, Query(max_length=2000)]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person whom anybody may be on a demonstration."""

    person_id: str
    name: str
    role: str
    organisation: str
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How people sign in here."""

    demo_people: Callable[[], Sequence[DemoPerson]] = tuple
    """The people of the demonstration; nobody on any other database."""


@routes.get("/sign-in")
def sign_in(request: Request, next: Next = "") -> Response:
    """Choose how to sign in."""
    people = _ways_in(request).demo_people()
    return draw(request, "sign_in.html", {"people": people, "next": safe(next), "chosen": "", "error": ""})


@routes.post("/sign-in")
async def sign_in_as(request: Request) -> Response:
    """Sign in as a person of the demonstration."""
    form = await our_form(request)
    people = _ways_in(request).demo_people()
    person = next((each for each in people if each.person_id == form.get("person")), None)
    wanted = safe(str(form.get("next", "")))
    if person is None:
        error = "Choose who you are" if people else ""
        return draw(
            request, "sign_in.html", {"people": people, "next": wanted, "chosen": "", "error": error}, 422
        )
    response = RedirectResponse(wanted or "/", 303)
    sessions: Sessions = request.app.state.sessions
    sessions.begin(response, SignedIn(person.person_id, person.organisation_id))
    return response


@routes.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Sign out of this browser."""
    await our_form(request)
    response = RedirectResponse("/sign-in", 303)
    request.app.state.sessions.end(response)
    return response


def safe(address: str) -> str:
    """The address when it is one of ours, else nothing: signing in leads to no other site."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if ours and "\\" not in address else ""


def _ways_in(request: Request) -> WaysIn:
    ways: WaysIn = request.app.state.ways_in
    return ways

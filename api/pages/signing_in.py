"""Signing in and out. On a demonstration one chooses a person; everywhere else the sign-in service says who it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from api.pages.session import Sessions
from api.pages.the_api import TheApi
from api.pages.visiting import NobodySignedIn, draw, our_form
from api.pages.way_in import PROBLEMS, CannotSignIn, SignInService, drop, keep, kept
from api.strangers import Strangers
from api.tokens import SignedIn

routes = APIRouter()

Next = Annotated[str, Query(max_length=2000)]
ATTEMPTS = 30
"""Attempts to sign in from one address in a minute; a whole school may share an address."""


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
    """The people of the demonstration; nobody on any other database, nor where there is a sign-in service."""
    service: SignInService | None = None
    """The organisation's own sign-in service."""
    address: str = ""
    """Where browsers find us, as https://placements.council.example."""
    strangers: Strangers = field(default_factory=lambda: Strangers(ATTEMPTS))


@routes.get("/sign-in")
async def sign_in(request: Request, next: Next = "") -> Response:
    """Choose how to sign in."""
    service = _ways_in(request).service
    if service is not None:
        try:
            await service.learn()
        except CannotSignIn as problem:
            return _page(request, safe(next), problem.code, 503)
    return await run_in_threadpool(_page, request, safe(next))


@routes.post("/sign-in")
async def begin(request: Request) -> Response:
    """Leave for the sign-in service; or sign in as a person of the demonstration."""
    form, ways = await our_form(request), _ways_in(request)
    wanted = safe(str(form.get("next", "")))
    if wait := ways.strangers.seconds_to_wait(request.client.host if request.client else ""):
        return _page(request, wanted, "too_many", 429, {"Retry-After": str(wait)})
    if ways.service is None:
        return _as_demo_person(request, str(form.get("person", "")), wanted)
    try:
        address, way = await ways.service.begin(wanted)
    except CannotSignIn as problem:
        return _page(request, wanted, problem.code, 503)
    response = RedirectResponse(address, 303)
    keep(response, request.app.state.sessions, way)
    return response


@routes.get("/sign-in/return")
async def come_back(request: Request) -> Response:
    """Back from the sign-in service. What the browser brought is used up, whatever comes of it."""
    ways, sessions = _ways_in(request), request.app.state.sessions
    try:
        if ways.service is None:
            raise CannotSignIn("too_late")
        if ways.strangers.seconds_to_wait(request.client.host if request.client else ""):
            raise CannotSignIn("too_many")
        way = kept(request, sessions)
        person = await ways.service.finish(dict(request.query_params), way)
        response = await _arrive(request, person, way.wanted)
    except CannotSignIn as problem:
        response = _page(request, "", problem.code, 429 if problem.code == "too_many" else 403)
    drop(response)
    return response


@routes.get("/sign-in/organisation")
async def which(request: Request, next: Next = "") -> Response:
    """For whom do you act now? Asked of people who hold roles at several organisations."""
    mine = await _organisations(request, _somebody(request).person_id)
    return draw(request, "for_whom.html", {"organisations": mine, "next": safe(next), "errors": ""})


@routes.post("/sign-in/organisation")
async def act_for(request: Request) -> Response:
    """Act for that one. The API weighs at every request whether they still may."""
    form, person = await our_form(request), _somebody(request)
    mine, wanted = await _organisations(request, person.person_id), safe(str(form.get("next", "")))
    chosen = next((one for one in mine if one["organisation_id"] == form.get("organisation")), None)
    if chosen is None:
        context = {"organisations": mine, "next": wanted, "errors": "Choose an organisation"}
        return draw(request, "for_whom.html", context)
    return _begun(request, SignedIn(person.person_id, UUID(chosen["organisation_id"])), wanted)


@routes.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Sign out of this browser and, where it can be told, of the sign-in service."""
    await our_form(request)
    ways = _ways_in(request)
    elsewhere = await ways.service.out(f"{ways.address}/sign-in") if ways.service else ""
    response = RedirectResponse(elsewhere or "/sign-in", 303)
    request.app.state.sessions.end(response)
    return response


def safe(address: str) -> str:
    """The address when it is one of ours, else nothing: signing in leads to no other site."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if ours and "\\" not in address else ""


async def _arrive(request: Request, person: str, wanted: str) -> Response:
    mine = await _organisations(request, person)
    if not mine:
        raise CannotSignIn("no_role")
    if len(mine) == 1:
        return _begun(request, SignedIn(person, UUID(mine[0]["organisation_id"])), wanted)
    onwards = f"?next={quote(wanted, safe='')}" if wanted else ""
    return _begun(request, SignedIn(person, None), f"/sign-in/organisation{onwards}")


async def _organisations(request: Request, person: str) -> list[dict[str, Any]]:
    api = TheApi(request.app.state.api, SignedIn(person, None), request.state.correlation_id)
    found: list[dict[str, Any]] = (await api.get("/me/organisations"))["rows"]
    return found


def _begun(request: Request, person: SignedIn, wanted: str) -> Response:
    response = RedirectResponse(wanted or "/", 303)
    request.app.state.sessions.begin(response, person)
    return response


def _as_demo_person(request: Request, chosen: str, wanted: str) -> Response:
    people = _ways_in(request).demo_people()
    person = next((each for each in people if each.person_id == chosen), None)
    if person is None:
        return _page(request, wanted, "nobody" if people else "")
    return _begun(request, SignedIn(person.person_id, person.organisation_id), wanted)


def _page(
    request: Request, wanted: str, problem: str = "", status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    ways = _ways_in(request)
    context = {
        "people": () if ways.service else ways.demo_people(),
        "service": ways.service is not None,
        "next": wanted,
        "chosen": "",
        "error": "Choose who you are" if problem == "nobody" else "",
        "problem": PROBLEMS.get(problem, ""),
    }
    response = draw(request, "sign_in.html", context, status)
    response.headers.update(headers or {})
    return response


def _somebody(request: Request) -> SignedIn:
    sessions: Sessions = request.app.state.sessions
    person = sessions.read(request)
    if person is None:
        raise NobodySignedIn
    return person


def _ways_in(request: Request) -> WaysIn:
    ways: WaysIn = request.app.state.ways_in
    return ways

"""Every move and command as a page: made from the table of commands, its schema, and what the API says of the record.

A form that is drawn again answers 200: it is the page that was asked for, and whoever stands between, a proxy with pages of its own for
errors, must not take away what was typed. What is wrong with it is said on the page; programs have the API.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from api.moves_on_offer import sentence_of, title_of
from api.pages.asked_for import Asked, asked_about, asked_opening, called_above
from api.pages.cures import Cure, cures_of
from api.pages.form_token import is_ours
from api.pages.forms.beginning import as_it_stands
from api.pages.forms.changed import ChangedMeanwhile, changed_meanwhile
from api.pages.forms.choosing import choices
from api.pages.forms.complaints import Errors
from api.pages.forms.decided_on import DECIDED_ON, DecidedOn, decided_on
from api.pages.forms.filling import OURS, Body, Filling, blank, take
from api.pages.forms.mentioned import OF_THE_RULES, mentioned
from api.pages.forms.of_a_duty import ABOUT_A_DUTY, of_a_duty
from api.pages.forms.putting_right import CORRECTIONS, PuttingRight
from api.pages.forms.shape import Shape, shape_of
from api.pages.forms.typed import Typed
from api.pages.forms.wording import plain
from api.pages.placement_page import names_in
from api.pages.the_api import Answer
from api.pages.visiting import NobodySignedIn, Visit, Visiting, draw, visit_of
from api.pages.what_is_meant import with_what_is_meant
from api.pages.which_event import SAYS_WHAT_IS_WRONG, which_event

routes = APIRouter()

EXPIRED = "You were signed out meanwhile. Your answers are kept: check them, and send them again."
GATES = (
    "complete_needs_assessment",
    "confirm_suitability",
    "complete_contract",
    "start_placement",
    "end_placement",
)
"""Moves that need much to be there already: an empty form says what is missing, before anybody fills it in."""
BY_A_PERSON = "asked_by_a_person"
"""The cause of a message that no rule asks for; the key of its form tells two of them apart."""
LARGEST = 4_194_304
"""Bytes of a form: four times what any request may have, so that a text that is too long is answered on its own page."""


@routes.get("/new/{dashed}")
async def begin(visit: Visiting, dashed: str) -> Response:
    """A form that begins a record. What the address says stands in its boxes already, as `?child_id=`."""
    asked = asked_opening(dashed)
    shape = shape_of(asked.command.name())
    typed = blank(shape, None, None)
    mine = visit.me["organisation_id"]
    own = {part.name for part in shape.parts} & {"commissioner_id", "authority_id"}
    typed.texts |= {name: [mine] for name in own if mine}
    if asked.command.name() == "tell":
        typed.texts |= {"cause.rule": [BY_A_PERSON], "cause.what": [typed.one("form_key")]}
    said = visit.request.query_params
    typed.texts |= {name: [value] for name, value in said.items() if name not in OURS}
    filling = Filling(shape, typed, offered=await _offered(visit, asked, shape, typed, {}))
    return _draw(visit, filling, asked, {})


@routes.post("/new/{dashed}")
async def begin_it(request: Request, dashed: str) -> Response:
    """One step on with it."""
    return await _post(request, asked_opening(dashed))


@routes.get("/{plural}/{id}/{dashed}")
async def fill(visit: Visiting, plural: str, id: UUID, dashed: str) -> Response:
    """A form about a record."""
    asked = asked_about(plural, id, dashed)
    record = await _record(visit, asked, weighed=asked.command.name() in GATES)
    said = visit.request.query_params
    if asked.command.name() in (*CORRECTIONS, SAYS_WHAT_IS_WRONG) and not said.get("version"):
        return await which_event(visit, asked, record)
    shape, _, right = await _form(visit, asked, said.get("version", ""))
    typed = blank(shape, record["version"], record["position"])
    if right is not None:
        right.begin(typed)
    else:
        typed.texts |= as_it_stands(asked.command.name(), shape, record).texts
        typed.texts |= {name: said.getlist(name) for name in said if name not in OURS}
    filling = Filling(shape, typed)
    filling.offered = await _offered(visit, asked, shape, typed, record)
    return _draw(visit, filling, asked, record, known=await _known(visit, asked, record))


@routes.post("/{plural}/{id}/{dashed}")
async def fill_it(request: Request, plural: str, id: UUID, dashed: str) -> Response:
    """One step on with it."""
    return await _post(request, asked_about(plural, id, dashed))


async def _post(request: Request, asked: Asked) -> Response:
    announced = request.headers.get("content-length", "")
    if not announced.isdecimal() or int(announced[:12]) > LARGEST:
        raise HTTPException(413)
    form = await request.form(max_files=0, max_fields=5_000, max_part_size=LARGEST)
    typed = Typed.of(form)
    try:
        visit = await visit_of(request)
    except NobodySignedIn:
        return _signed_out(request, typed, asked.page)
    shape, body_of, _ = await _form(visit, asked, typed.one("version"))
    record = await _record(visit, asked) if asked.about else {}
    changes = ChangedMeanwhile()
    offer = partial(_offered, visit, asked, shape, typed, record)
    if is_ours(request, request.app.state.sessions, form):
        filling = await take(visit.api, shape, typed, asked.address, offer, body_of)
    else:
        filling = Filling(shape, typed, errors=Errors(said=EXPIRED), offered=await offer())
    if filling.done is not None:
        return visit.go(_after(filling.done, asked))
    if filling.errors.changed and asked.about:
        changes = await changed_meanwhile(visit.api, asked.about, typed.one("seen_position"))
        now = {"seen_version": record["version"], "seen_position": record["position"]}
        typed.texts |= {name: [str(value)] for name, value in now.items()}
    return _draw(visit, filling, asked, record, changes, await _known(visit, asked, record))


async def _known(visit: Visit, asked: Asked, record: dict[str, Any]) -> DecidedOn:
    """What the decision is taken on; the record's story says what people, and entries that are meant, are called."""
    if asked.command.name() not in DECIDED_ON or not asked.about:
        return DecidedOn()
    rows = (await visit.api.get(f"{asked.about}/timeline"))["rows"]
    return decided_on(asked.command.name(), with_what_is_meant(record), names_in(record, rows))


async def _record(visit: Visit, asked: Asked, weighed: bool = False) -> dict[str, Any]:
    """The record; of a placement the moves are weighed only for forms that show which rules stand in the way."""
    without = {} if weighed or asked.command.name() in OF_THE_RULES else {"moves": False}
    of_placements = asked.about.startswith("/placements/")
    found: dict[str, Any] = await visit.api.get(asked.about, **without if of_placements else {})
    return found


def _missing(asked: Asked, record: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Cure]]:
    """What stands in the way of this form before anything is typed, and the ways to it."""
    moves = record.get("moves", ())
    offer = next((each for each in moves if each["name"] == asked.command.name()), None)
    if asked.command.name() not in GATES or offer is None or offer["open"]:
        return [], {}
    return offer["reasons"], cures_of(record, moves)


async def _form(
    visit: Visit, asked: Asked, version: str
) -> tuple[Shape, Callable[[Body], Body], PuttingRight | None]:
    """The shape of the form, and what makes the request's body of it."""
    name = asked.command.name()
    shape = shape_of(name)
    if name in ABOUT_A_DUTY:
        of_duty = await of_a_duty(visit.api, name, asked.about, shape)
        return of_duty.shape, of_duty.body_of, None
    if name not in CORRECTIONS:
        return shape, dict, None
    rows = (await visit.api.get(f"{asked.about}/correctable"))["rows"]
    event = next((row for row in rows if str(row["version"]) == version), None)
    if event is None:
        raise HTTPException(404)
    right = PuttingRight(shape, event)
    return right.shape, right.body_of, right


async def _offered(
    visit: Visit, asked: Asked, shape: Shape, typed: Typed, record: dict[str, Any]
) -> dict[str, Any]:
    found: dict[str, Any] = dict(await choices(visit.api, shape, typed))
    return found | await mentioned(visit.api, asked.command.name(), asked.about, record, typed)


def _after(done: Answer, asked: Asked) -> str:
    """Where to go when it is done: the record, as new as the deed."""
    at = asked.about or done.headers["location"]
    return f"{at}?done={asked.command.name()}&at_least={done.position}"


def _draw(
    visit: Visit,
    filling: Filling,
    asked: Asked,
    record: dict[str, Any],
    changes: ChangedMeanwhile | None = None,
    known: DecidedOn | None = None,
) -> Response:
    missing, cures = _missing(asked, record)
    return visit.page(
        "check.html" if filling.step == "check" else "form.html",
        filling=filling,
        typed=filling.typed,
        title=title_of(asked.command.name()),
        sentence=plain(sentence_of(asked.command)),
        called=called_above(record, asked),
        known=known or DecidedOn(),
        page=asked.page,
        about=asked.about,
        changes=changes or ChangedMeanwhile(),
        errors=filling.errors,
        missing=missing,
        cures=cures,
    )


def _signed_out(request: Request, typed: Typed, page: str) -> Response:
    """Nobody is signed in any more; what was typed waits on the page until somebody is."""
    carried = [(name, text) for name, text in typed.hidden() if name not in ("form_token", "action")]
    return draw(request, "signed_out.html", {"carried": carried, "page": page})

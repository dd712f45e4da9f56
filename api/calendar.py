"""A person's calendar of what is due: fetched by their own calendar program, from an address that only they know and can close.

A calendar program cannot sign in, so whoever has the address sees the calendar. Therefore no child is named in it: what is due, for
which record, and on what day. The address holds a secret, of which only the hash is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from icalendar import Calendar, Event
from pydantic import BaseModel, ConfigDict

from api.asking import Asking, turned_away
from api.descriptions import ALWAYS, problems
from api.desk import AtDesk, Desk
from api.noting import note
from api.problem import INVALID, MALFORMED, NOT_SIGNED_IN, TOO_MANY, UNAVAILABLE
from api.wanted import JSON, in_form
from domain.duties.duty import State
from domain.organisation import Organisation
from domain.people import Asker
from domain.reach import Reach
from domain.reasons import NotPermitted
from domain.school_days import london_day
from projections.due_days import OPEN_STATES
from projections.finding_due import DueFilter, DueRow
from workflows.reaching import OpenCalendarAddress, calendar_owner
from workflows.who_reads import may_read, scope_of

routes = APIRouter(tags=["you"])

MEDIA_TYPE = "text/calendar"
MOST = 200
BEFORE, AHEAD = timedelta(days=366), timedelta(days=366)
Key = Annotated[str, Query(max_length=200, description="The secret in the address.")]
AsJson = Annotated[str, Depends(in_form(JSON))]


class AddressShown(BaseModel):
    """A private address that could be opened."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    address: str
    """Give it to a calendar program, and to nobody else. It is shown this once."""
    command: str
    """It becomes good once this address is sent the `body`; the one before it is then good no more."""
    body: OpenCalendarAddress
    """What to send."""


@routes.get("/me/calendar", operation_id="read_calendar_address", responses=problems(*ALWAYS))
def read_calendar_address(asker: Asking, form: AsJson) -> AddressShown:
    """A new private address for one's own calendar, each time another; and the command that makes it good."""
    if asker.organisation_id is None or not may_read(asker):
        raise NotPermitted("A calendar is for those who act for an organisation.")
    secret = secrets.token_urlsafe(32)
    return AddressShown(
        address=f"/me/calendar.ics?key={asker.organisation_id.hex}.{secret}",
        command=f"/organisations/{asker.organisation_id}/open-calendar-address",
        body=OpenCalendarAddress(person_id=asker.person_id, key_sha256=_hash(secret)),
    )


@routes.get(
    "/me/calendar.ics",
    operation_id="read_calendar",
    response_model=None,
    responses={
        200: {
            "description": "What is due for the person whose address it is, as iCalendar.",
            "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
        },
        **problems(MALFORMED, NOT_SIGNED_IN, TOO_MANY, INVALID, UNAVAILABLE),
    },
)
def read_calendar(request: Request, desk: AtDesk, key: Key = "") -> Response:
    """The calendar. Its address is its key: there is nothing here for who does not have it."""
    asker = _owner(desk, key)
    if asker is None:
        raise turned_away(request, desk, "no_such_calendar")
    today = london_day(desk.clock())
    which = DueFilter(
        state=(*OPEN_STATES, State.AHEAD),
        person_id=asker.person_id,
        due_from=today - BEFORE,
        due_to=today + AHEAD,
    )
    page = desk.read_models.due.page(scope_of(asker), which, on=today, limit=MOST)
    children = [row.child_id for row in page.rows if row.child_id is not None]
    note(desk, asker, "exported", "in_scope", children=children, position=page.position)
    return Response(
        _calendar(page.rows, desk).to_ical(), media_type=MEDIA_TYPE, headers={"Cache-Control": "private"}
    )


def _owner(desk: Desk, key: str) -> Asker | None:
    """The person whose address it is, with the roles they hold now; none, whatever is wrong with the key."""
    place, _, secret = key.partition(".")
    try:
        id = UUID(hex=place)
    except ValueError:
        return None
    person = calendar_owner(desk.history.find(Reach, Reach.id_for(id)), _hash(secret))
    organisation = desk.history.find(Organisation, id)
    if person is None or organisation is None:
        return None
    asker = Asker(
        person,
        organisation.name_of(person),
        id,
        organisation.kind,
        organisation.roles_of(person, london_day(desk.clock())),
        organisation.provider_id,
    )
    return asker if may_read(asker) else None


def _calendar(rows: Iterable[DueRow], desk: Desk) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//placements//due//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Due")
    calendar.add("refresh-interval;value=duration", "PT4H")
    for row in rows:
        event = Event()
        event.add("uid", f"{row.duty_id}@placements")
        event.add("dtstamp", desk.clock())
        event.add("dtstart", row.due_on)
        event.add("dtend", row.due_on + timedelta(days=1))
        event.add("summary", f"{row.because[:1].upper()}{row.because[1:]}: {row.what}")
        event.add("description", f"{row.about} {row.subject_id}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

"""The register on a phone: a provider says who was there, with one press for all; a school decides on the absences."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import APIRouter, Query, Request, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from api.pages.absences_decided import CHOICES, decide
from api.pages.forms.carried import key_carried
from api.pages.navigation import has_a_register, is_of_a_provider
from api.pages.register_said import TOLD, put_down, sessions_of
from api.pages.register_sheet import Sheet
from api.pages.the_api import ApiRefused
from api.pages.visiting import Visit, Visiting
from api.pages.words import day
from api.times import Day

routes = APIRouter()

MOST = 200


@routes.get("/register")
async def register(
    visit: Visiting,
    on: Day | None = None,
    done: int | None = None,
    untold: int = 0,
    unexpected: int = 0,
    at_least: Annotated[int | None, Query()] = None,
) -> Response:
    """For a provider, its children on a day; for a school, the absences on which it has still to decide."""
    if not has_a_register(visit.me):
        raise HTTPException(404)
    if is_of_a_provider(visit.me):
        sheet = await _of_provider(visit, on, at_least)
        return _draw(visit, "register.html", sheet, done=done, untold=untold, unexpected=unexpected)
    found = await visit.api.get("/absences", at_least=at_least)
    return _draw(visit, "absences.html", Sheet(found["rows"]), done=done)


@routes.post("/register")
async def send(request: Request, visit: Visiting) -> Response:
    """Everything on the page in one press."""
    form = await visit.form()
    if not has_a_register(visit.me):
        raise HTTPException(404)
    return await (_report(visit, form) if is_of_a_provider(visit.me) else _decide(visit, form))


async def _of_provider(visit: Visit, on: date | None, at_least: int | None = None) -> Sheet:
    found = await visit.api.get("/register", on=on, limit=MOST, at_least=at_least)
    return Sheet(found["rows"], found["on"], found["today"])


async def _report(visit: Visit, form: FormData) -> Response:
    typed = {name: str(value) for name, value in form.items()}
    sheet = await _of_provider(visit, _day(typed.get("on", "")))
    if sheet.ahead:
        sheet.said = f"Nothing was sent: {day(sheet.on)} is still to come."
        return _draw(visit, "register.html", sheet)
    sheet.typed = typed
    sessions = list(sessions_of(sheet))
    if not sessions and not sheet.errors:
        sheet.said = "Say of at least one child who was there."
    if sheet.errors or sheet.said:
        return _draw(visit, "register.html", sheet)
    try:
        address = f"/providers/{visit.me['provider_id']}/report-day"
        answer = await visit.api.post(address, {"sessions": sessions}, key=key_carried(typed.get("key", "")))
    except ApiRefused as refused:
        put_down(sheet, refused, sessions)
        return _draw(visit, "register.html", sheet)
    away = {row["placement_id"] for row in sheet.rows if any(one["away"] for one in row["sessions"])}
    untold = sum(
        one["session"]["seen"] == "absent" and not all(one["session"].get(told) for told in TOLD)
        for one in sessions
        if one["placement_id"] not in away
    )
    said = {
        "on": sheet.on,
        "done": len(sessions),
        "untold": untold,
        "unexpected": sum(one["placement_id"] in away for one in sessions),
        "at_least": answer.position,
    }
    return visit.go(f"/register?{urlencode(said)}")


async def _decide(visit: Visit, form: FormData) -> Response:
    typed = {name: str(value) for name, value in form.items()}
    decided = await decide(visit, typed, key_carried(typed.get("key", "")))
    if decided.done and not decided.errors:
        return visit.go(f"/register?done={decided.done}&at_least={decided.position}")
    found = await visit.api.get("/absences", at_least=decided.position or None)
    said = "" if decided.errors else "Choose a code for at least one absence."
    sheet = Sheet(found["rows"], typed=typed, errors=decided.errors, said=said)
    return _draw(visit, "absences.html", sheet, done=decided.done or None)


def _draw(visit: Visit, template: str, sheet: Sheet, **context: Any) -> Response:
    around = {}
    if sheet.on:
        on = date.fromisoformat(sheet.on)
        after = _weekday(on, 1)
        around = {
            "before": _weekday(on, -1),
            "after": after if after <= sheet.today else "",
            "weekend": on.weekday() > 4,
        }
    return visit.page(
        template, 200, sheet=sheet, errors=sheet.errors or sheet.said, choices=CHOICES, key=uuid4().hex,
 **around, **{"done": None, "untold": 0, "unexpected": 0, **context},
    )  # fmt: skip


def _weekday(day: date, step: int) -> str:
    """The next weekday in a direction; empty beyond the first and the last day that can be written."""
    try:
        day += timedelta(days=step)
        while day.weekday() > 4:
            day += timedelta(days=step)
    except OverflowError:
        return ""
    return day.isoformat()


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None

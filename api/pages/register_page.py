"""The register on a phone: a provider says who was there, with one press for all; a school decides on the absences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from api.pages.forms.carried import key_carried
from api.pages.navigation import has_a_register, is_of_a_provider
from api.pages.register_sheet import Sheet, time_of_day
from api.pages.the_api import ApiRefused
from api.pages.visiting import Visit, Visiting
from api.pages.words import day
from api.times import Day
from domain.attendance import NOT_YET_KNOWN
from domain.code_sets.attendance import ATTENDANCE, AttendanceClass

routes = APIRouter()

MOST = 200
HALVES = ("am", "pm")
SEEN = ("present", "late", "absent")
TOLD = ("told_parent_at", "told_commissioner_at")
WRONG_TIME = "Enter a time, such as 9:45."
DECISIONS = [code for code in ATTENDANCE if not code.retired and code.code != NOT_YET_KNOWN]
"""To write N once more would decide nothing."""
CHOICES = tuple(
    (kind.value, [(code.code, code.label) for code in DECISIONS if code.kind is kind])
    for kind in (AttendanceClass.AUTHORISED, AttendanceClass.UNAUTHORISED, AttendanceClass.UNABLE)
)
"""Codes that a school may put in the place of N, by how they count."""


@routes.get("/register")
async def register(
    visit: Visiting,
    on: Day | None = None,
    done: int | None = None,
    untold: int = 0,
    at_least: Annotated[int | None, Query()] = None,
) -> Response:
    """For a provider, its children on a day; for a school, the absences on which it has still to decide."""
    if not has_a_register(visit.me):
        raise HTTPException(404)
    if is_of_a_provider(visit.me):
        sheet = await _of_provider(visit, on, at_least)
        return _draw(visit, "register.html", sheet, done=done, untold=untold)
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
    sessions = list(_sessions(sheet))
    if not sessions and not sheet.errors:
        sheet.said = "Say of at least one child who was there."
    if sheet.errors or sheet.said:
        return _draw(visit, "register.html", sheet)
    try:
        address = f"/providers/{visit.me['provider_id']}/report-day"
        answer = await visit.api.post(address, {"sessions": sessions}, key=key_carried(typed.get("key", "")))
    except ApiRefused as refused:
        _put_down(sheet, refused, sessions)
        return _draw(visit, "register.html", sheet)
    untold = sum(
        one["session"]["seen"] == "absent" and not all(one["session"].get(told) for told in TOLD)
        for one in sessions
    )
    return visit.go(
        f"/register?on={sheet.on}&done={len(sessions)}&untold={untold}&at_least={answer.position}"
    )


def _sessions(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """What was said of each half-day; what cannot be read is put down on the sheet."""
    for row in sheet.rows:
        id = row["placement_id"]
        told: dict[str, str] = {}
        for what in TOLD:
            if said := sheet.typed.get(f"{id}.{what}", "").strip():
                moment = time_of_day(sheet.on, said)
                if moment is None:
                    sheet.errors[f"{id}.{what}"] = WRONG_TIME
                else:
                    told[what] = moment
        reason = sheet.typed.get(f"{id}.reason", "").strip()
        for half in HALVES:
            seen = sheet.typed.get(f"{id}.{half}", "")
            if seen not in SEEN:
                continue
            session: dict[str, Any] = {"day": sheet.on, "half": half, "seen": seen}
            if seen == "absent":
                session |= {**told, **({"reason_given": reason} if reason else {})}
            yield {"placement_id": id, "session": session}


def _put_down(sheet: Sheet, refused: ApiRefused, sessions: list[dict[str, Any]]) -> None:
    """Each reason at the box that it is about; those that are about no box above all."""
    others = []
    for reason in refused.reasons:
        steps = str(reason.get("field") or "").split(".")
        if (
            len(steps) > 1
            and steps[0] == "sessions"
            and steps[1].isdecimal()
            and int(steps[1]) < len(sessions)
        ):
            meant = sessions[int(steps[1])]
            sheet.errors[f"{meant['placement_id']}.{meant['session']['half']}"] = reason["message"]
        else:
            others.append(reason["message"])
    sheet.said = " ".join(others) or ("" if sheet.errors else refused.problem.get("detail", ""))


async def _decide(visit: Visit, form: FormData) -> Response:
    """One decision for each absence that was chosen. What is refused stays on the page, and the others are done."""
    typed = {name: str(value) for name, value in form.items()}
    key = key_carried(typed.get("key", ""))
    errors: dict[str, str] = {}
    done, position = 0, 0
    for name, code in typed.items():
        id, _, rest = name.partition(".")
        day, _, half = rest.partition(".")
        if code in ("", NOT_YET_KNOWN) or half not in HALVES or _day(day) is None or not _is_id(id):
            continue
        try:
            answer = await visit.api.post(
                f"/placements/{id}/code-session",
                {"day": day, "half": half, "code": code},
                key=f"{key}.{name}" if key else None,
            )
            done, position = done + 1, answer.position
        except ApiRefused as refused:
            errors[name] = " ".join(r["message"] for r in refused.reasons) or refused.problem.get(
                "detail", ""
            )
    if done and not errors:
        return visit.go(f"/register?done={done}&at_least={position}")
    found = await visit.api.get("/absences", at_least=position or None)
    said = "" if errors else "Choose a code for at least one absence."
    return _draw(
        visit, "absences.html", Sheet(found["rows"], typed=typed, errors=errors, said=said), done=done or None
    )


def _draw(visit: Visit, template: str, sheet: Sheet, **context: Any) -> Response:
    around = {}
    if sheet.on:
        on = date.fromisoformat(sheet.on)
        after = _school_day(on, 1).isoformat()
        around = {
            "before": _school_day(on, -1).isoformat(),
            "after": after if after <= sheet.today else "",
            "weekend": on.weekday() > 4,
        }
    return visit.page(
        template, 200, sheet=sheet, errors=sheet.errors or sheet.said, choices=CHOICES, key=uuid4().hex,
 **around, **{"done": None, "untold": 0, **context},
    )  # fmt: skip


def _school_day(day: date, step: int) -> date:
    """The next weekday in a direction."""
    day += timedelta(days=step)
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _is_id(said: str) -> bool:
    try:
        return str(UUID(said)) == said
    except ValueError:
        return False

"""For auditors: whether a person could see a part of a record on a day, and whether they looked. First the record, then the question."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.exceptions import HTTPException

from api.pages.at_any_moment import AtAnyMoment, AtMoment
from api.pages.child_page import PARTS as OF_CHILDREN
from api.pages.navigation import rights
from api.pages.placement_sections import SECTIONS
from api.pages.telling import whole_name
from api.pages.the_api import ApiRefused
from api.pages.visiting import NotOfThePast, Visit, Visiting
from api.pages.who_is_meant import people_here, people_meant
from api.pages.words import LONDON, typed_today

routes = APIRouter(route_class=AtAnyMoment)

PARTS = {
    "placements": {part.field: part.heading for section in SECTIONS for part in section.parts},
    "children": {part.field: part.heading for parts in OF_CHILDREN.values() for part in parts},
}
"""Parts of a record that may be asked for, by the address of their kind."""
Typed = Annotated[str, Query(max_length=300)]


@routes.get("/could-see")
async def could_see(
    visit: Visiting,
    moment: AtMoment,
    record_id: UUID | None = None,
    name: Annotated[str, Query(max_length=200)] = "",
    person_id: Typed = "",
    path: Annotated[str, Query(max_length=100)] = "",
    day: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """The record is chosen by a child's name, then the person, the part and the day; the answer is in words.

    Instead of a day a link may name a moment, as it is told to programs; a day that is typed goes before it. Raises NotOfThePast where no
    record is chosen yet.
    """
    # Who may not ask this at all hears so here, before anything is typed.
    if not rights(visit.me)[0]:
        raise HTTPException(403)
    typed = {"person_id": person_id.strip(), "path": path, "day": day.strip(), "name": name}
    if record_id is None:
        if moment.asked:
            raise NotOfThePast
        rows = (await visit.api.get("/children", name=name, limit=20))["rows"] if name.strip() else []
        return visit.page("could_see_whom.html", typed=typed, rows=rows)
    here = await people_here(visit)
    errors: dict[str, str] = {}
    if day.strip() and _end_of(day.strip()) is None:
        errors["day"] = f"The day must be a real day until today, such as {typed_today()}"
    if "person_id" in visit.request.query_params and not typed["person_id"]:
        errors["person_id"] = "Enter the name of a person"
    people = people_meant(person_id, here)
    if len(people) > 1:
        fit = ", ".join(f"{one.name} ({one.id})" for one in people)
        errors["person_id"] = f"Several people have this in their name: {fit}. Enter more of it"
    found: dict[str, Any] = {}
    if typed["person_id"] and not errors:
        then = {"as_of": _end_of(typed["day"])} if typed["day"] else moment.asked
        found = await visit.api.get(
            "/could-see", person_id=people[0].id, record_id=record_id, path=path, **then
        )
    called = found.get("called", {})
    about = called.get(str(record_id)) or await _record(visit, record_id)
    return visit.page(
        "could_see.html",
        about=about,
        parts=PARTS.get(about["href"].split("/")[1], {}),
        person=people[0] if people else None,
        people=here,
        typed=typed,
        record_id=record_id,
        moment=moment.asked,
        found=found,
        looks=_together(found["looks_that_day"]) if found else [],
        organisations={id: one["name"] for id, one in called.items()},
        problems=errors,
        errors=errors,
    )


async def _record(visit: Visit, id: UUID) -> dict[str, str]:
    """What the record is called and where it is. Raises ApiRefused where the person may know of none."""
    try:
        file = await visit.api.get(f"/placements/{id}", moves=False)
    except ApiRefused as refused:
        if refused.status != 404:
            raise
        return {
            "href": f"/children/{id}",
            "name": whole_name(await visit.api.get(f"/children/{id}")),
        }
    at = (file.get("provider") or {}).get("name")
    name = f"{whole_name(file['child'])}, placement{f' at {at}' if at else ''}"
    return {"href": f"/placements/{id}", "name": name}


def _together(looks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Looks of the same kind as one line, with how many there were and when the first and the last was."""
    kinds: dict[tuple[str, str], dict[str, Any]] = {}
    for look in sorted(looks, key=lambda look: str(look["at"])):
        line = kinds.setdefault((look["how"], look["outcome"]), {**look, "first": look["at"], "times": 0})
        line |= {"last": look["at"], "times": line["times"] + look["times"]}
    return list(kinds.values())


def _end_of(said: str) -> str | None:
    """The end of a day in London as a moment, empty for today; none for what is no day, or is still to come."""
    try:
        on = date.fromisoformat(said)
    except ValueError:
        return None
    today = datetime.now(UTC).astimezone(LONDON).date()
    if on >= today:
        return "" if on == today else None
    return datetime.combine(on, time(23, 59, 59), LONDON).astimezone(UTC).isoformat()

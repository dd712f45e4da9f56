"""A placement: where it stands in its life, what may be done now, what is missing for the rest, and its whole file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException

from api.pages.called import names_of_providers
from api.pages.cures import cures_of
from api.pages.life import life_of
from api.pages.moments import Past
from api.pages.navigation import is_of_a_provider
from api.pages.placement_sections import BY_NAME, SECTIONS, Section
from api.pages.visiting import Visit, Visiting
from api.pages.what_to_do import what_to_do
from api.pages.words import day

routes = APIRouter()
NEWEST = 5
"""Entries of the timeline that the first page of a placement shows."""

AtLeast = Annotated[int | None, Query()]


@routes.get("/placements/{id}")
async def placement(
    visit: Visiting, id: UUID, section: str = "", done: str = "", at_least: AtLeast = None
) -> Response:
    """What is to be done, or one section of the file. `done` names the command that led here."""
    if section not in BY_NAME or BY_NAME[section].path:
        raise HTTPException(404)
    if section:
        return await _section(visit, id, BY_NAME[section], at_least)
    file, timeline, due = await asyncio.gather(
        visit.api.get(f"/placements/{id}", at_least=at_least),
        visit.api.get(f"/placements/{id}/timeline", at_least=at_least),
        visit.api.get("/due", placement_id=id, counts=False, limit=50, at_least=at_least),
    )
    return draw_placement(
        visit,
        "placement.html",
        file,
        BY_NAME[""],
        told=timeline["rows"],
        others=await names_of_providers(visit, file),
        timeline=timeline["rows"][: -NEWEST - 1 : -1],
        entries=len(timeline["rows"]),
        life=life_of(file, timeline["rows"], in_part=is_of_a_provider(visit.me)),
        to_do=what_to_do(file["moves"]),
        cures=cures_of(file, file["moves"]),
        due=due["rows"],
        done=done,
    )


async def _section(visit: Visit, id: UUID, section: Section, at_least: int | None) -> Response:
    file, timeline = await asyncio.gather(
        visit.api.get(f"/placements/{id}", moves=False, at_least=at_least),
        # The file names people by their ids, and the story says what they are called.
        visit.api.get(f"/placements/{id}/timeline", at_least=at_least),
    )
    others = await names_of_providers(visit, file)
    return draw_placement(
        visit, "placement_section.html", file, section, told=timeline["rows"], others=others
    )


def draw_placement(
    visit: Visit,
    template: str,
    file: dict[str, Any],
    section: Section,
    *,
    told: Iterable[dict[str, Any]] = (),
    others: Mapping[str, Any] | None = None,
    past: Past | None = None,
    **context: Any,
) -> Response:
    """A page of a placement, with the way to all others. `told`: entries of its story, which say what people are called.
    `others`: what further records are called, by their ids."""
    names = names_in(file, told, past.of if past else str) | dict(others or {})
    known: dict[str, Any] = {
        "names": names,
        "sections": SECTIONS,
        "section": section,
        "age": age(file),
        "past": past,
    }
    return visit.page(template, file=file, **known, **context)


def names_in(
    file: dict[str, Any], entries: Iterable[dict[str, Any]] = (), of: Callable[[str], str] = str
) -> dict[str, Any]:
    """What the records and people of a file are called, by their ids. `of`: where links lead, such as to a moment of the past."""
    names: dict[str, Any] = {
        entry["who"]["id"]: entry["who"]["name"] for entry in entries if entry.get("who")
    }
    names[file["id"]] = "this placement"
    for field, plural in (("provider", "providers"), ("home_school", ""), ("commissioner", "organisations")):
        record = file.get(field)
        if record:
            names[record["id"]] = (
                link(of(f"/{plural}/{record['id']}"), record["name"]) if plural else record["name"]
            )
    if agreement := file.get("agreement"):
        names[agreement["id"]] = f"the contract from {day(agreement['starts_on'])}"
    for field, words in (("predecessor_id", "the placement before"), ("successor_id", "the placement after")):
        if file.get(field):
            names[file[field]] = link(of(f"/placements/{file[field]}"), words.capitalize())
    return names


def link(address: str, words: str | None) -> Markup:
    """A link in the middle of other words; what stands in it is escaped."""
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(address, escape(words or "without a name"))


def age(file: dict[str, Any]) -> int | None:
    """Whole years on the day of the file; none where the date of birth is not known, or erased."""
    child, on = file.get("child") or {}, (file.get("derived") or {}).get("on")
    if not child.get("born_on") or not on:
        return None
    born, today = date.fromisoformat(child["born_on"]), date.fromisoformat(on)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

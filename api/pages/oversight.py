"""For auditors and those who oversee: who looked, who did what several ought to do, and how the service found itself at night."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.exceptions import HTTPException

from api.looked_at import in_which_way
from api.pages.downloads import file_of
from api.pages.filters import unknown_in
from api.pages.mistyped import Box, Mistyped, mistyped
from api.pages.navigation import rights
from api.pages.opened_once import opened_once
from api.pages.the_api import ApiRefused
from api.pages.visiting import Visit, Visiting
from api.pages.who_is_meant import Meant, children_named, people_named
from api.pages.words import LONDON
from domain.looks import LOOKS_TOLD_FOR, How

routes = APIRouter()

HOWS = tuple((how, in_which_way(how)) for how in get_args(How))
CHOSEN = {"child_id": "About", "person_id": "By", "record_id": "At the record"}
SHOWN = 50
"""Rows of a report on its page, each with a dozen decisions; the CSV file has more of them."""

LOOKS, ENOUGH, MORE = 50, 20, 3
"""Looks that are asked for first, openings that fill a page, and how often more is asked for where there are fewer."""

DAYS = (Box("from", "From the day", "date"), Box("to", "Until the day", "date"))
"""What is typed into the page of looks, and might be mistyped."""

LOOKS_BY = {
    "child",
    "person",
    "child_id",
    "record_id",
    "person_id",
    "how",
    "failed",
    "older",
    "from",
    "to",
    "after",
    "form",
}
"""All that the page of looks can be asked for."""

DRAW = (Box("sample", "How many children's full stories", "number"),)
"""What is typed for an inspection pack, and might be mistyped."""

Typed = Annotated[str, Query(max_length=300)]


@routes.get("/looks")
async def looks(
    visit: Visiting,
    child: Typed = "",
    person: Typed = "",
    child_id: str = "",
    record_id: str = "",
    person_id: Typed = "",
    how: str = "",
    failed: str = "",
    older: str = "",
    since: Annotated[str, Query(alias="from")] = "",
    until: Annotated[str, Query(alias="to")] = "",
    after: str = "",
    form: str = "",
) -> Response:
    """Who looked at what, newest first. `child` and `person` are names as somebody types them; one who is chosen stands in `child_id` or
    `person_id`."""
    if not rights(visit.me)[0]:
        raise HTTPException(403)
    others = {
        "record_id": record_id,
        "how": how,
        "failed": failed,
        "older": older,
        "from": since,
        "to": until,
    }
    children, people = await asyncio.gather(children_named(visit, child), people_named(visit, person))
    child_id, person_id = _only(children) or child_id, _only(people) or person_id
    kept = {
        name: value
        for name, value in {"child_id": child_id, "person_id": person_id, **others}.items()
        if value
    }
    if child.strip() and not _only(children):
        later = {"person": person} if person.strip() and not _only(people) else {}
        return _whom(visit, "child", child, children, {**kept, **later})
    if person.strip() and not _only(people):
        return _whom(visit, "person", person, people, kept)
    asked = {
        "child_id": child_id.strip(),
        "record_id": record_id.strip(),
        "person_id": person_id.strip(),
        "how": how,
        # What is no answer to these is left for the API to refuse: a page that took it for one would show something else.
        "failed": failed,
        "older": older,
        "from": _start(since),
        "to": _start(until, days=1),
    }
    if form == "csv":
        return await file_of(visit, "/looks", "text/csv", **asked)
    (found, wrong), processes = await asyncio.gather(
        _looks_found(visit, asked, after, kept), visit.api.get("/looks/gaps")
    )
    kept = {name: value for name, value in kept.items() if name not in wrong}
    called = {id: one["name"] for id, one in found["called"].items()}
    called |= {one.id: one.name for one in (*children, *people)}
    return visit.page(
        "looks.html",
        found={**found, "rows": opened_once(found["rows"])},
        typed=kept,
        chosen=[
            (f"{words}: {called.get(kept[name], kept[name])}", _without(kept, name))
            for name, words in CHOSEN.items()
            if name in kept
        ],
        hows=HOWS,
        told_for=LOOKS_TOLD_FOR.years,
        further=bool(after),
        errors=wrong,
        unused=unknown_in(visit.request.query_params, LOOKS_BY),
        gaps=[one for one in processes["rows"] if one["missed"] or one["missing_batches"]],
        broken_off=[one for one in processes["rows"] if not one["ended"]],
        kept=urlencode(kept),
    )


async def _looks_found(
    visit: Visit, asked: dict[str, str], after: str, kept: dict[str, str]
) -> tuple[dict[str, Any], dict[str, Mistyped]]:
    """The looks; where a day was mistyped those of any day, with what is wrong. Raises ApiRefused."""
    try:
        return await _page_of_looks(visit, asked, after), {}
    except ApiRefused as refused:
        wrong = mistyped(refused, DAYS, kept)
        if not wrong:
            raise
    return await _page_of_looks(visit, {**asked, **dict.fromkeys(wrong, "")}, after), wrong


async def _page_of_looks(visit: Visit, asked: dict[str, str], after: str) -> dict[str, Any]:
    """Looks for one page. Where most of them are parts of few openings, there are more."""
    found: dict[str, Any] = await visit.api.get("/looks", **asked, after=after, limit=LOOKS)
    for _ in range(MORE):
        if found["back_to"] or not found["next"] or len(opened_once(found["rows"])) >= ENOUGH:
            break
        more = await visit.api.get("/looks", **asked, after=found["next"], limit=200)
        found = {**more, "rows": found["rows"] + more["rows"], "called": found["called"] | more["called"]}
    return found


@routes.get("/oversight")
async def oversight(visit: Visiting, name: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Everything by which others are overseen, as far as this person may. `name` finds the child whose bundle is wanted."""
    told, oversees, audits = rights(visit.me)
    if not (told or oversees):
        raise HTTPException(403)
    asked = audits and name.strip()
    rows = (await visit.api.get("/children", name=name, limit=20))["rows"] if asked else []
    return _draw_oversight(visit, name=name, rows=rows)


def _draw_oversight(visit: Visit, **more: Any) -> Response:
    told, oversees, audits = rights(visit.me)
    known = {"told_of_looks": told, "oversees": oversees, "audits": audits}
    return visit.page("oversight.html", **known, **more)


@routes.get("/reports/separation-of-duties")
async def separation_of_duties(visit: Visiting, form: str = "") -> Response:
    """Who did in one placement what several people ought to do."""
    if form == "csv":
        return await file_of(visit, "/reports/separation-of-duties", "text/csv")
    found = await visit.api.get("/reports/separation-of-duties", limit=SHOWN)
    return visit.page("separation.html", found=found)


@routes.get("/organisations/{id}/inspection-pack")
async def inspection_pack(
    visit: Visiting,
    id: UUID,
    seed: Annotated[str, Query(max_length=200)] = "",
    sample: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The list that inspectors ask for, and full stories of a sample, which the inspector's seed draws."""
    typed = {"seed": seed.strip(), "sample": sample.strip()}
    try:
        return await file_of(visit, f"/organisations/{id}/inspection-pack", **typed)
    except ApiRefused as refused:
        if not (wrong := mistyped(refused, DRAW, typed)):
            raise
        return _draw_oversight(visit, errors=wrong, typed=typed)


@routes.get("/organisations/{id}/bundle")
async def caseload(visit: Visiting, id: UUID) -> Response:
    """Everything that an organisation commissioned, with its proofs."""
    return await file_of(visit, f"/organisations/{id}/bundle")


@routes.get("/children/{id}/bundle")
async def child_bundle(visit: Visiting, id: UUID) -> Response:
    """Everything about a child with its proofs."""
    return await file_of(visit, f"/children/{id}/bundle")


@routes.get("/sources")
async def sources(visit: Visiting) -> Response:
    """What the citations in small print stand for: for everybody, for every rule names its source."""
    found = await visit.api.get("/sources")
    kinds = {
        row["kind"]: [one for one in found["rows"] if one["kind"] == row["kind"]] for row in found["rows"]
    }
    return visit.page("sources.html", kinds=kinds, marks=found["marks"])


@routes.get("/upkeep")
async def upkeep(visit: Visiting) -> Response:
    """The nightly checks of everything that is stored."""
    return visit.page("upkeep.html", found=await visit.api.get("/upkeep"))


def _whom(visit: Visit, box: str, typed: str, found: Sequence[Meant], kept: dict[str, str]) -> Response:
    """The page on which one of several of the same name is chosen, or a name is typed anew."""
    kept = {name: value for name, value in kept.items() if name != f"{box}_id"}
    ways = [(one, f"/looks?{urlencode({**kept, f'{box}_id': one.id})}") for one in found]
    return visit.page("looks_whom.html", box=box, typed=typed, ways=ways, kept=kept)


def _only(found: Sequence[Meant]) -> str:
    """The one who is meant; empty where there are several, or none."""
    return found[0].id if len(found) == 1 else ""


def _without(kept: dict[str, str], name: str) -> str:
    rest = urlencode({other: value for other, value in kept.items() if other != name})
    return f"/looks?{rest}" if rest else "/looks"


def _start(said: str, days: int = 0) -> str:
    """The beginning of a day in London, so many days on. What is no day is left for the API to refuse."""
    try:
        return datetime.combine(date.fromisoformat(said) + timedelta(days=days), time(), LONDON).isoformat()
    except (ValueError, OverflowError):
        return said

"""Children: found by name or number, and each with all placements, the whole week, and education that is owed."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.pages.called import names_of_organisations, names_of_providers
from api.pages.filters import Choice, Filters, Picked, yes_or_no
from api.pages.listing import list_page
from api.pages.navigation import is_of_a_provider, rights
from api.pages.placement_page import link
from api.pages.placement_sections import Part
from api.pages.visiting import Visit, Visiting
from api.pages.what_is_meant import with_what_is_meant
from domain.duties.duty import State

routes = APIRouter()
NEWEST = 5
EDUCATION_OWED = ("T1", "T2", "T3", "T4")
"""Rules by which somebody owes the child education by a day: after an exclusion, and where it cannot go to school."""

PARTS = {
    "Who they are": (
        Part("identifiers", "Numbers", "UPN, ULN and other numbers by which the child is known."),
        Part("carers", "Parents and carers", "Who they are, and how to reach them."),
        Part("roll", "Schools on whose roll", "Each time on a school's roll."),
        Part("session_counts", "Sessions at school, term by term", "As the school's return counted them."),
    ),
    "Plans and status": (
        Part("ehc_plan", "Education, health and care plan", "Where the authority issued one."),
        Part("sen_needs", "Special educational needs", "At most two, ranked."),
        Part("looked_after", "In care", "Where an authority looks after the child."),
        Part("social_worker", "Social worker", "Where the child has one, and the plan the child is on."),
        Part("annual_review", "Steps of the annual review", "Of the education, health and care plan."),
        Part("early_reviews_asked", "Early reviews that were asked for"),
        Part("pep_meetings", "Meetings on the personal education plan", "For a child in care, each term."),
    ),
    "Exclusions and days without education": (
        Part("exclusions", "Exclusions", "Suspensions and permanent exclusions."),
        Part(
            "told_of_exclusions",
            "Who was told of an exclusion",
            "Parent, authority and others, the same day.",
        ),
        Part("governors_meetings", "Governors' meetings", "Where the governors looked at an exclusion."),
        Part(
            "out_of_education",
            "Out of education",
            "Illness or another cause for which school is not possible.",
        ),
        Part(
            "without_education",
            "Days without education",
            "School days on which the child was taught nowhere.",
        ),
        Part("returns", "Returns that were sent", "What the school told the authority."),
        Part(
            "protection_files",
            "Child protection files that were sent",
            "When a child moves, the file goes along.",
        ),
    ),
    "Keeping of these words": (
        Part("erasures", "Erasures", "Where somebody asked that words be forgotten, and what came of it."),
        Part("holds", "Holds", "Times in which nothing may be erased."),
        Part(
            "rectifications",
            "Corrections that were asked for",
            "Where somebody says that something is wrong.",
        ),
        Part(
            "access_prepared", "Copies that were prepared", "Where somebody asked for what is kept of them."
        ),
    ),
}
"""Where everything that a child's file holds stands. What is not shown to a person has no heading."""
LINES = ("born_on", "sex", "year_group", "authority_id", "sen_provision")
IN_THE_HEAD = frozenset(
    {"id", "version", "position", "as_of", "true_on", "name", "given_names", "family_name", "placements", "week",
     "school_sessions"}
)  # fmt: skip


def filters_of(visit: Visit) -> Filters:
    numbers = (
        () if is_of_a_provider(visit.me) else (Picked("identifier", "Whole UPN, ULN or another number"),)
    )
    return Filters(
        "/children",
        (
            Picked("name", "Child's name, or a part of it"),
            *numbers,
            Choice(
                "year_group", "Year group", tuple((str(y), f"Year {y}") for y in range(1, 15)), several=False
            ),
            yes_or_no("looked_after", "In care"),
            yes_or_no("ehc_plan", "With an education, health and care plan"),
            yes_or_no("with_open_placement", "With a placement that goes on"),
        ),
    )


@routes.get("/children")
async def children(request: Request, visit: Visiting, after: str = "", form: str = "") -> Response:
    """Children whom this person may know of, by name."""
    return await list_page(visit, filters_of(visit), "children.html", after, form, may_begin="register_child")


@routes.get("/children/{id}")
async def child(
    visit: Visiting, id: UUID, done: str = "", at_least: Annotated[int | None, Query()] = None
) -> Response:
    """The child's whole record."""
    file, commands, owed, story, names, begins = await asyncio.gather(
        visit.api.get(f"/children/{id}", at_least=at_least),
        visit.api.get(f"/children/{id}/commands"),
        visit.api.get(
            "/due", child_id=id, rule=list(EDUCATION_OWED), state=list(State), counts=False, limit=200
        ),
        visit.api.get(f"/children/{id}/timeline", at_least=at_least),
        names_of_organisations(visit),
        visit.api.get("/commands"),
    )
    others = await names_of_providers(visit, file)
    return visit.page(
        "child.html",
        file=with_what_is_meant(file),
        names=names | _people(story["rows"]) | placements_by_provider(file) | others,
        commands=commands["rows"],
        may_refer=any(one["name"] == "refer_child" for one in begins["rows"]),
        owed=owed["rows"],
        timeline=story["rows"][: -NEWEST - 1 : -1],
        entries=len(story["rows"]),
        parts=PARTS,
        lines=_lines_told(visit, file, names),
        done=done,
        told_of_looks=rights(visit.me)[0],
        of_provider=is_of_a_provider(visit.me),
    )


def _lines_told(visit: Visit, file: dict[str, Any], names: dict[str, str]) -> list[str]:
    """A provider's people are told of no authority, and a reference would say nothing to them."""
    unknown = is_of_a_provider(visit.me) and file.get("authority_id") not in names
    return [line for line in LINES if not (unknown and line == "authority_id")]


def _people(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {entry["who"]["id"]: entry["who"]["name"] for entry in entries if entry.get("who")}


def placements_by_provider(file: dict[str, Any]) -> dict[str, Any]:
    """The child's placements as links, called by their provider."""
    return {
        one["placement_id"]: link(
            f"/placements/{one['placement_id']}", one["provider_name"] or "provider not chosen yet"
        )
        for one in file["placements"]
    }

"""The register: whom a provider teaches on a day, and which absences a school has still to decide on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Request, Response

from api.asking import Asking
from api.desk import AtDesk, Desk
from api.expected import calendars_of, expected_on
from api.freshness import AtLeast
from api.lists import After, Form, Limit, caught_up, list_answer, pages_of
from api.sessions import HALVES, SessionShown, registers, session_of, sessions_in
from api.sheets.sheet import Sheet, column, label, whole_name
from api.times import Day
from domain.attendance import NOT_YET_KNOWN
from domain.codes import CODE_SETS
from domain.school_days import london_day
from domain.stages import LIVE
from projections.caseload import CaseloadRow
from projections.finding_placements import CaseloadFilter
from projections.paging import Page
from workflows.who_reads import scope_of

routes = APIRouter(tags=["placements"])


class RegisterRow(msgspec.Struct, frozen=True, kw_only=True):
    """One child who is taught at a provider."""

    placement_id: UUID
    child_id: UUID | None
    given_names: str
    family_name: str
    year_group: str | None
    provider_id: UUID | None
    provider_name: str | None
    home_school_name: str | None
    sessions: tuple[SessionShown, ...]


class HalfDay(NamedTuple):
    """One half-day of one child."""

    row: RegisterRow
    session: SessionShown


def _meaning(code: str | None) -> str:
    return CODE_SETS["attendance"].label(code) if code else ""


SHEET = Sheet(
    RegisterRow,
    (
        column("Child", "row", say=lambda row: whole_name(row.given_names, row.family_name)),
        column("School year", "row", say=lambda row: row.year_group),
        column("Provider", "row", say=lambda row: row.provider_name),
        column("Home school", "row", say=lambda row: row.home_school_name),
        column("Day", "session", say=lambda session: session.day),
        column("Half-day", "session", say=lambda session: label(session.half)),
        column("Expected", "session", say=lambda session: session.expected),
        column("Why not expected", "session", say=lambda session: session.why_not),
        column("Seen", "session", say=lambda session: label(session.seen)),
        column("Reason given", "session", say=lambda session: session.reason_given),
        column("Commissioner told at (UK time)", "session", say=lambda session: session.told_commissioner_at),
        column("Parent told at (UK time)", "session", say=lambda session: session.told_parent_at),
        column("Code", "session", say=lambda session: session.code),
        column("Code means", "session", say=lambda session: _meaning(session.code)),
        column("Decided by the school", "session", say=lambda session: session.decided),
        column("Reference", "row", say=lambda row: str(row.placement_id)),
    ),
    lambda rows, desk, asker: (HalfDay(row, session) for row in rows for session in row.sessions),
)
"""A line for each half-day: a child who is not expected has one, too."""


@routes.get(
    "/register",
    operation_id="read_register",
    response_model=None,
    responses=pages_of("Children who are taught at a provider on the day, with both half-days, by name."),
)
def read_register(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    on: Annotated[Day | None, Query(description="The day; today, if left out.")] = None,
    provider_id: UUID | None = None,
    home_school_id: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
    at_least: AtLeast = None,
) -> Response:
    """Whom to report on for a day, and what was reported already. A provider's people see their own children."""
    caught_up(desk, at_least)
    today = london_day(desk.clock())
    day = on or today
    which = CaseloadFilter(stage=LIVE, provider_id=provider_id, home_school_id=home_school_id)

    def find(mark: str | None, rows: int) -> Page[RegisterRow]:
        page = desk.read_models.caseload.page(scope_of(asker), which, after=mark, limit=rows)
        return Page(_on(desk, page.rows, day), page.next, page.position)

    return list_answer(
        request,
        form,
        None,
        find,
        after,
        limit,
        sheet=SHEET,
        href=_href,
        on=day,
        more=lambda whole: {"on": day, "today": today},
    )


@routes.get(
    "/absences",
    operation_id="list_undecided_absences",
    response_model=None,
    responses=pages_of(
        "Absences on whose code the school has still to decide, by child: 200 placements at most."
    ),
)
def list_undecided_absences(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    home_school_id: UUID | None = None,
    limit: Limit = 200,
    at_least: AtLeast = None,
) -> Response:
    """`N` stands for a reason not yet known. Within five school days the school puts the right code in its place (SI 2024/208)."""
    caught_up(desk, at_least)
    position = desk.read_models.position("attendance_totals")
    ids = desk.read_models.attendance.undecided(scope_of(asker), home_school_id, limit)
    by_placement: dict[UUID, list[SessionShown]] = {}
    for register in registers(desk, ids):
        open_ones = [one for one in sessions_in(register) if one.code == NOT_YET_KNOWN]
        if register.placement_id is not None and open_ones:
            by_placement.setdefault(register.placement_id, []).extend(open_ones)
    rows = [
        _row(found, tuple(sorted(by_placement[found.placement_id], key=lambda one: (one.day, one.half))))
        for found in desk.read_models.caseload.some(scope_of(asker), by_placement)
    ]
    rows.sort(key=lambda row: (row.family_name, row.given_names, row.placement_id))
    return list_answer(
        request,
        form,
        None,
        lambda mark, n: Page(rows, None, position),
        None,
        limit,
        sheet=SHEET,
        href=_href,
    )


def _on(desk: Desk, known: Sequence[CaseloadRow], day: date) -> list[RegisterRow]:
    there = [row for row in known if row.started_on is not None and row.started_on <= day]
    open_on = desk.read_models.attendance.open_on([row.placement_id for row in there], day)
    by_placement = {register.placement_id: register for register in registers(desk, open_on)}
    whose = calendars_of(desk, there)

    def sessions(row: CaseloadRow) -> Iterator[SessionShown]:
        register = by_placement.get(row.placement_id)
        return (session_of(register, day, half, expected_on(row, day, half, whose)) for half in HALVES)

    return [_row(row, tuple(sessions(row))) for row in there]


def _row(found: CaseloadRow, sessions: tuple[SessionShown, ...]) -> RegisterRow:
    return RegisterRow(
        placement_id=found.placement_id,
        child_id=found.child_id,
        given_names=found.given_names,
        family_name=found.family_name,
        year_group=found.year_group,
        provider_id=found.provider_id,
        provider_name=found.provider_name,
        home_school_name=found.home_school_name,
        sessions=sessions,
    )


def _href(row: RegisterRow) -> str:
    return f"/placements/{row.placement_id}/attendance"

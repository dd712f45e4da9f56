"""Reports on how decisions were written down: how late, how conveniently, and by how few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from api.asking import Asking
from api.called_in_looks import children_called, places_called
from api.desk import AtDesk, Desk
from api.freshness import AtLeast
from api.lists import IN_SCOPE, caught_up, pages_of
from api.noting import note
from api.sheets.file import file_answer, name_of_file
from api.sheets.oversight import LATE_RECORDING, SEPARATION
from api.sheets.sheet import Sheet
from api.times import Day
from api.wanted import CSV, JSON, in_form
from domain.people import Asker
from domain.school_days import london_day
from projections.late_recording.report import LateRecording
from projections.late_recording.separation import Together
from projections.late_recording.wanted import Wanted
from projections.paging import Page
from workflows.who_reads import require_right_to_oversee, scope_of

routes = APIRouter(tags=["reports"])
Form = Annotated[str, Depends(in_form(JSON, CSV))]
MOST, MOST_IN_A_FILE = 500, 100_000
"""Entries where nobody says how many."""
Limit = Annotated[
    int | None,
    Query(
        ge=1,
        le=MOST_IN_A_FILE,
        description=f"Entries at most: {MOST}, and in a file {MOST_IN_A_FILE:,}, if left out. The figures are of all of them.",
    ),
]


@routes.get(
    "/reports/late-recording",
    operation_id="report_late_recording",
    response_model=None,
    responses=pages_of(
        "Delays between what was true and its recording, and what stands out; as CSV, the entries that stand out."
    ),
)
def report_late_recording(
    asker: Asking,
    form: Form,
    desk: AtDesk,
    organisation_id: Annotated[UUID | None, Query(description="Whose people wrote it.")] = None,
    provider_id: Annotated[
        UUID | None, Query(description="About placements there, and its own record.")
    ] = None,
    role: Annotated[str | None, Query(max_length=40, description="The role of who wrote it.")] = None,
    event: Annotated[
        str | None, Query(max_length=80, description="The stored name, such as `placement.started`.")
    ] = None,
    person_id: Annotated[str | None, Query(max_length=200)] = None,
    recorded_from: Day | None = None,
    recorded_to: Day | None = None,
    after_an_incident: Annotated[
        bool, Query(description="List only entries made after an incident about the time before it.")
    ] = False,
    days_at_least: Annotated[
        int, Query(ge=0, le=100_000, description="List only entries so many days late.")
    ] = 0,
    limit: Limit = None,
    at_least: AtLeast = None,
) -> Response:
    """How long after it was true each thing was written down: half of all within `median` days, nine in ten within `p90`.

    Listed by itself is what was written down late, first of all after a safeguarding concern, a breakdown, a complaint or the
    announcement of an inspection and about the time before it; and each correction after which a deadline that was missed
    looks met.
    """
    require_right_to_oversee(asker)
    caught_up(desk, at_least)
    wanted = Wanted(
        organisation_id=organisation_id,
        provider_id=provider_id,
        role=role,
        event=event,
        person_id=person_id,
        recorded_from=recorded_from,
        recorded_to=recorded_to,
        after_an_incident=after_an_incident,
        days_at_least=days_at_least,
    )
    position = desk.read_models.position()
    recording, scope = desk.read_models.recording, scope_of(asker)
    report = recording.late(scope, wanted, limit or _most(form))
    entries = report.entries
    _note(desk, asker, form, (one.record_id for one in entries), (one.child_id for one in entries), position)
    if form == CSV:
        return _file("late-recording", desk, asker, LATE_RECORDING, entries, position)
    body = {
        "figures": report.groups,
        "rows": entries,
        "found": report.found,
        "corrections": recording.improved(scope, wanted),
        "called": _called(desk, asker, report),
        "position": position,
    }
    return _answer(body, position)


@routes.get(
    "/reports/separation-of-duties",
    operation_id="report_separation_of_duties",
    response_model=None,
    responses=pages_of("Placements in which one person held several duties that ought to lie apart."),
)
def report_separation_of_duties(
    asker: Asking,
    form: Form,
    desk: AtDesk,
    duties: Annotated[
        int, Query(ge=2, le=4, description="At least so many duties in one person's hands.")
    ] = 2,
    limit: Limit = None,
    at_least: AtLeast = None,
) -> Response:
    """Who assessed the need, chose the provider, approved the money and signed the review, where that was the same person.

    The roles are those that the decisions keep: also of people who do not hold them any more.
    """
    require_right_to_oversee(asker)
    caught_up(desk, at_least)
    position = desk.read_models.position()
    rows, found = desk.read_models.recording.together(
        scope_of(asker), london_day(desk.clock()), duties, limit or _most(form)
    )
    _note(desk, asker, form, (one.placement_id for one in rows), (one.child_id for one in rows), position)
    if form == CSV:
        return _file("separation-of-duties", desk, asker, SEPARATION, rows, position)
    called = children_called(desk, asker, (one.child_id for one in rows))
    told = [_with_decisions(one, asker) for one in rows]
    return _answer({"rows": told, "found": found, "called": called, "position": position}, position)


def _with_decisions(one: Together, asker: Asker) -> dict[str, Any]:
    """The row, and in `decision` of each act where its page is, for those who were concerned all along.

    A decision from before somebody was concerned has no page for them. Only of whoever commissioned the placement it is known at once that
    they were concerned from its first event; everybody else finds in the placement's own list of decisions those that they may read.
    """
    at = f"/placements/{one.placement_id}/decisions/"
    own = one.commissioner_id == asker.organisation_id
    row: dict[str, Any] = msgspec.to_builtins(one)
    for act in row["acts"]:
        act["decision"] = f"{at}{act['position']}" if own and act["event"].startswith("placement.") else None
    return row


def _called(desk: Desk, asker: Asker, report: LateRecording) -> dict[str, Any]:
    """What the report names by ids: those whom its entries are about, and the organisations and providers of its figures."""
    ids = {one.record_id for one in report.entries} | {id for one in report.groups if (id := _id(one.key))}
    children = children_called(desk, asker, (one.child_id for one in report.entries))
    return {**places_called(desk, asker, ids), **children}


def _id(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _note(
    desk: Desk,
    asker: Asker,
    form: str,
    records: Iterable[UUID],
    children: Iterable[UUID | None],
    position: int,
) -> None:
    """Who was in the report, for whoever asks who looked at a child."""
    note(
        desk,
        asker,
        "exported" if form == CSV else "listed",
        IN_SCOPE,
        records=dict.fromkeys(records),
        children=[id for id in dict.fromkeys(children) if id is not None],
        position=position,
    )


def _answer(body: dict[str, Any], position: int) -> Response:
    headers = {"X-Position": str(position), "Vary": "Accept, Authorization"}
    return Response(msgspec.json.encode(body), 200, headers, JSON)


def _most(form: str) -> int:
    return MOST_IN_A_FILE if form == CSV else MOST


def _file(name: str, desk: Desk, asker: Asker, sheet: Sheet, rows: Sequence[Any], position: int) -> Response:
    whole = iter([Page(rows, None, position)])
    return file_answer(name_of_file(name, desk), desk, asker, sheet, frozenset(), whole)

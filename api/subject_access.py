"""A copy of everything that is kept about a child, after someone recorded that it is prepared."""

from __future__ import annotations

from typing import Annotated, cast
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from api.asking import Asking
from api.descriptions import found
from api.desk import AtDesk
from api.lists import IN_SCOPE
from api.looking import look
from api.noting import note
from api.wanted import JSON, in_form
from domain.child import Child
from domain.people import Role
from domain.reasons import NotPermitted, Reason, Refused
from domain.school_days import london_day
from history.reading import STREAMS_AS_AT
from projections.keeping_due import erasures_due
from projections.subject_access.copying import copy_of, draft_of, names_for
from projections.subject_access.page import page_of
from projections.timeline import LATEST
from workflows.command import Command
from workflows.permissions import WHO_MAY
from workflows.rectifying import PrepareSubjectAccess

routes = APIRouter(tags=["children"])
HTML = "text/html"


@routes.get(
    "/erasures-due",
    operation_id="list_erasures_due",
    response_model=None,
    responses=found("RowsShown"),
)
def list_erasures_due(
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    after: Annotated[UUID | None, Query(description="The last child of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="Children to look at.")] = 200,
) -> Response:
    """Words of your authority's children whose time is over, with the period that says so and what stands against it."""
    if asker.organisation_id is None or not asker.acts_as(Role.DATA_OFFICER, Role.SENIOR_OFFICER):
        raise NotPermitted("Your roles do not let you see what is due to be erased.")
    position, today = desk.history.head(), london_day(desk.clock())
    due = erasures_due(desk.history, asker.organisation_id, today, after=after, limit=limit)
    note(desk, asker, "listed", IN_SCOPE, children=(one.child_id for one in due.due), position=position)
    body = {"rows": due.due, "next": due.next, "position": position}
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


@routes.get(
    "/children/{id}/subject-access",
    operation_id="read_subject_access",
    response_model=None,
    responses=found("AnyShown"),
)
def read_subject_access(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON, HTML))],
    desk: AtDesk,
    preparation: Annotated[
        int, Query(ge=1, description="The version at which `prepare_subject_access` recorded it.")
    ],
    draft: Annotated[bool, Query(description="Take out what is marked.")] = False,
) -> Response:
    """Every fact about the child with its source, as at the moment at which the copy was prepared; with marks for who decides."""
    case = look(desk, asker, Child, id)
    # The questions of permissions look at the command's kind only, so an empty one does.
    command: type[Command] = PrepareSubjectAccess
    if not WHO_MAY[command.name()](case, command.model_construct()):
        raise NotPermitted("Your roles do not let you prepare a copy of the record.")
    child = cast(Child, case.target)
    if preparation not in child.access_prepared:
        message = "No copy was prepared at this version of the record: record that first, with prepare_subject_access."
        raise Refused(
            [Reason(code="not_prepared", message=message, source="Design: every copy is on record")]
        )
    rows = desk.history.rows(STREAMS_AS_AT, {"ids": [id], "as_at": LATEST})
    copy = copy_of(desk.history, id, next(row[0] for row in rows if row[4] == preparation))
    copy = draft_of(copy) if draft else copy
    headers = {"X-Position": str(copy.position), "Cache-Control": "no-store"}
    if form == HTML:
        return Response(page_of(copy, names_for(desk.history, copy), draft=draft), 200, headers, HTML)
    return Response(msgspec.json.encode(copy), 200, headers, JSON)

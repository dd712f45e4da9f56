"""Who looked, who tried, and what a person could see: for auditors, and for those who answer for data protection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from api.answers import rows_answer
from api.asking import Asking
from api.called_in_looks import called_in, children_called, places_called
from api.could_see import could_see
from api.descriptions import found
from api.desk import AtDesk, Desk
from api.known_people import similar_people
from api.lists import IN_SCOPE, After, Form, Limit, list_answer, pages_of
from api.looking import look_at_child
from api.looking_back import Back
from api.noting import note
from api.sheets.oversight import LOOKS
from api.times import Moment
from api.wanted import JSON, in_form
from domain.looks import LOOKS_TOLD_FOR, How
from domain.people import Asker
from history.whose_placements import children_of
from projections.look_rows import LookRow
from projections.looks import Looks, LooksFound, MayBeTold
from projections.paging import Page
from projections.readers import processes_of, readers_of, told_to_the_child
from projections.sought_looks import Sought
from workflows.who_reads import require_right_to_looks, scope_of

routes = APIRouter(tags=["looks"])
AsJson = Annotated[str, Depends(in_form(JSON))]
Since = Annotated[Moment | None, Query(alias="from", description="From this moment on.")]
Until = Annotated[Moment | None, Query(alias="to", description="Before this moment.")]
AT_MOST = 1_000
"""Looks that are weighed for one page."""
Person = Annotated[str | None, Query(max_length=300, description="As the sign-in service names them.")]


def auditor(asker: Asking) -> Asker:
    """The person who asks, if they may know who looked. Raises NotPermitted."""
    require_right_to_looks(asker)
    return asker


Auditor = Annotated[Asker, Depends(auditor)]


@routes.get(
    "/looks",
    operation_id="list_looks",
    response_model=None,
    responses=pages_of("Looks and attempts, newest first; those of the last second may be missing."),
)
def list_looks(
    request: Request,
    asker: Auditor,
    form: Form,
    desk: AtDesk,
    child_id: Annotated[UUID | None, Query(description="At any record about this child.")] = None,
    record_id: Annotated[UUID | None, Query(description="At this record.")] = None,
    person_id: Person = None,
    how: How | None = None,
    failed: Annotated[bool, Query(description="Only those who were shown nothing.")] = False,
    older: Annotated[
        bool, Query(description=f"Also looks of more than {LOOKS_TOLD_FOR.years} years ago.")
    ] = False,
    since: Since = None,
    until: Until = None,
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """Who looked at what, by which route and right. You are told of your own people, and of looks at records that you may know of.

    A page may end with fewer rows than asked, or none, and still have a `next`: `back_to` is how far back looks were weighed for it. To
    ask this is itself a look.
    """
    earliest = LOOKS_TOLD_FOR.since(desk.clock())
    since = since if older else max(since or earliest, earliest)
    sought = Sought(
        person_id=person_id,
        about=_about(desk, asker, child_id, record_id),
        since=since,
        until=until,
        how=how,
        failed=failed,
    )
    looks, teller = Looks(desk.history), _teller(desk, asker)
    answers: list[LooksFound] = []

    def page(mark: str | None, rows: int) -> Page[LookRow]:
        answers.append(looks.page(teller, sought, after=mark, limit=rows, at_most=AT_MOST))
        return answers[-1]

    return list_answer(
        request,
        form,
        None,
        page,
        after,
        limit,
        sheet=LOOKS,
        href=lambda row: f"/looks?record_id={row.record_id}" if row.record_id else "/looks",
        about=[id for id in (child_id,) if id],
        more=lambda whole: {
            "called": called_in(desk, asker, answers[-1].rows, (child_id, record_id)),
            "back_to": answers[-1].back_to,
        },
    )


@routes.get("/looks/readers", operation_id="list_readers", response_model=None, responses=found("RowsShown"))
def list_readers(
    asker: Auditor, form: AsJson, desk: AtDesk, since: Since = None, until: Until = None
) -> Response:
    """How much each person of your organisation read: counts that say where to ask, and accuse nobody."""
    sought = Sought(since=since, until=until)
    rows = Looks(desk.history).every(_teller(desk, asker), sought)
    mine = readers_of(row for row in rows if row.organisation_id == asker.organisation_id)
    note(desk, asker, "listed", IN_SCOPE, position=desk.history.head())
    return rows_answer(msgspec.to_builtins(mine), desk.history.head())


@routes.get(
    "/looks/gaps", operation_id="list_gaps_in_looks", response_model=None, responses=found("RowsShown")
)
def list_gaps(asker: Auditor, form: AsJson, desk: AtDesk) -> Response:
    """Every process that noted looks: whether it ended in order, and which looks or batches of it are missing."""
    head = desk.history.head()
    return rows_answer(msgspec.to_builtins(processes_of(desk.history)), head)


@routes.get("/could-see", operation_id="could_see", response_model=None, responses=found("AnyShown"))
def read_could_see(
    asker: Auditor,
    form: AsJson,
    desk: AtDesk,
    person_id: Annotated[str, Query(min_length=1, max_length=300)],
    record_id: UUID,
    path: Annotated[
        str, Query(max_length=100, description="A part of the record, such as `risk`; all of it without.")
    ] = "",
    back: Back = None,
) -> Response:
    """Whether a person could see a part of a record at a moment (`as_of`), by the grants and records of then; and whether they looked.

    Where `person_known` is false, nobody ever held a role by this sign-in name, and no look is noted of which you may be told: the answer
    is about a name, and proves nothing. `similar` then has people of your organisation who may be meant.
    `called` has the names of what the answer names by ids, as far as you may know.
    It asks the tables of permissions and of what is hidden as they are in this version of the service.
    """
    may_know = desk.read_models.knowing.of(scope_of(asker), [record_id])
    answer = could_see(desk, _teller(desk, asker), person_id, record_id, path, back, known=bool(may_know))
    known = answer["person_known"]
    answer["similar"] = [] if known else similar_people(desk, asker.organisation_id, person_id)
    by = {one["organisation_id"] for one in answer["answers"]}
    whose = children_of(desk.history, [record_id])
    called = children_called(desk, asker, [record_id, *whose.values()])
    answer["called"] = called | places_called(desk, asker, {record_id, *by})
    note(desk, asker, "read", IN_SCOPE, record_id=record_id, position=answer["position"])
    return Response(msgspec.json.encode(answer), 200, {"X-Position": str(answer["position"])}, JSON)


@routes.get(
    "/children/{id}/looks",
    operation_id="read_looks_at_child",
    response_model=None,
    responses=found("RowsShown"),
)
def read_looks_at_child(id: UUID, asker: Auditor, form: AsJson, desk: AtDesk) -> Response:
    """What a child, or who speaks for them, is told of who looked: day, organisation, role, how and how often.

    `called` has the names of the child and of the organisations by their ids, as far as you may know.
    """
    look_at_child(desk, asker, id, None)
    sought = Sought(about=desk.read_models.knowing.records_of(id))
    told = told_to_the_child(Looks(desk.history).every(_teller(desk, asker), sought))
    by = {one.organisation_id for one in told if one.organisation_id}
    called = children_called(desk, asker, [id]) | places_called(desk, asker, by)
    return rows_answer(msgspec.to_builtins(told), desk.history.head(), called=called)


def _about(desk: Desk, asker: Asker, child_id: UUID | None, record_id: UUID | None) -> frozenset[UUID]:
    found = frozenset({record_id} if record_id else ())
    if child_id is not None:
        # The placements of a child of whom one may not know are not to be had by this way round.
        known = desk.read_models.knowing.of(scope_of(asker), [child_id])
        found |= desk.read_models.knowing.records_of(child_id) if known else {child_id}
    return found


def _teller(desk: Desk, asker: Asker) -> MayBeTold:
    def known(ids: Iterable[UUID]) -> frozenset[UUID]:
        return desk.read_models.knowing.of(scope_of(asker), frozenset(ids))

    return MayBeTold(asker.organisation_id, known)

"""What is due, for whom, by when, and which rule says so; and the findings: duties that produced nothing by their day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator

from api.asking import Asking
from api.desk import AtDesk
from api.freshness import AtLeast
from api.lists import After, Form, Limit, caught_up, in_each, list_answer, pages_of
from api.looking_back import Back, day_at, lists_at
from api.sheets.duties import DUE
from api.times import Day
from domain.deadlines.time_rule import Owner
from domain.duties.duty import State
from domain.people import Role
from domain.time_rules import TIME_RULES
from projections.due_days import OPEN_STATES
from projections.finding_due import DueFilter, DueRow
from workflows.who_reads import scope_of

routes = APIRouter(tags=["due"])


def _that_is_there(rule: str) -> str:
    if rule not in TIME_RULES:
        raise ValueError("there is no such time rule: docs/time-rules.md names them all")
    return rule


Rules = Annotated[
    list[Annotated[str, AfterValidator(_that_is_there)]],
    Query(max_length=60, description="One of these time rules, such as T16."),
]
Owners = Annotated[list[Owner], Query(max_length=10, description="Who has to do it.")]
States = Annotated[
    list[State],
    Query(
        max_length=7,
        description="How it stands on the day asked; what is due soon, due or overdue, if left out.",
    ),
]
Mine = Annotated[
    bool, Query(description="Only what falls to you by the roles that you hold, where you hold them.")
]
Team = Annotated[
    Role | None,
    Query(
        description="Only what falls to this role, in your organisation and in each other of whose duties you may know."
    ),
]
On = Annotated[
    Day | None, Query(description="As it stands on this day, in the past or to come; today, if left out.")
]
Counted = Annotated[
    bool,
    Query(
        description="Also say in `counts` how many are in each state; to count many takes longer than a page."
    ),
]


@routes.get(
    "/due",
    operation_id="list_due",
    response_model=None,
    responses=pages_of(
        "Duties that you may know of, the longest due first; `counts` has how many are in each state."
    ),
)
def list_due(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    state: States = [],  # noqa: B006
    rule: Rules = [],  # noqa: B006
    owner: Owners = [],  # noqa: B006
    mine: Mine = False,
    role: Team = None,
    child_id: UUID | None = None,
    placement_id: UUID | None = None,
    provider_id: UUID | None = None,
    organisation_id: UUID | None = None,
    due_from: Day | None = None,
    due_to: Day | None = None,
    on: On = None,
    counts: Counted = True,
    after: After = None,
    limit: Limit = 50,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """Nothing here is ticked off: a duty leaves the list by the event that does what it asks, which `done_by` names."""
    caught_up(desk, at_least)
    which = DueFilter(
        state=tuple(state) or OPEN_STATES,
        rule=tuple(rule),
        owner=tuple(owner),
        role=role,
        person_id=asker.person_id if mine else None,
        child_id=child_id,
        placement_id=placement_id,
        provider_id=provider_id,
        organisation_id=organisation_id,
        due_from=due_from,
        due_to=due_to,
    )
    scope, day, due = scope_of(asker), on or day_at(desk, back), lists_at(desk, back).due

    def counted(whole: Sequence[Any] | None) -> Mapping[State, int]:
        return due.counts(scope, which, on=day) if whole is None else in_each(State, whole, "state")

    return list_answer(
        request,
        form,
        back,
        lambda mark, rows: due.page(scope, which, on=day, after=mark, limit=rows),
        after,
        limit,
        sheet=DUE,
        on=on,
        href=where_to,
        more=lambda whole: {"on": day} | ({"counts": counted(whole)} if counts else {}),
    )


@routes.get(
    "/findings",
    operation_id="list_findings",
    response_model=None,
    responses=pages_of("Duties whose day went by and nothing happened, the oldest first."),
)
def list_findings(
    request: Request,
    asker: Asking,
    form: Form,
    desk: AtDesk,
    made_good: Annotated[
        bool, Query(description="Also those that were made good since, or that ended by themselves.")
    ] = False,
    rule: Rules = [],  # noqa: B006
    owner: Owners = [],  # noqa: B006
    child_id: UUID | None = None,
    placement_id: UUID | None = None,
    provider_id: UUID | None = None,
    organisation_id: UUID | None = None,
    on: On = None,
    after: After = None,
    limit: Limit = 50,
    back: Back = None,
    at_least: AtLeast = None,
) -> Response:
    """What is missing. Each finding is dated, in `true_from`, to the day on which it first became true."""
    caught_up(desk, at_least)
    which = DueFilter(
        state=() if made_good else (State.OVERDUE,),
        rule=tuple(rule),
        owner=tuple(owner),
        child_id=child_id,
        placement_id=placement_id,
        provider_id=provider_id,
        organisation_id=organisation_id,
    )
    scope, day, due = scope_of(asker), on or day_at(desk, back), lists_at(desk, back).due
    return list_answer(
        request,
        form,
        back,
        lambda mark, rows: due.page(scope, which, on=day, missed=True, after=mark, limit=rows),
        after,
        limit,
        sheet=DUE,
        on=on,
        href=where_to,
        more=lambda whole: {"on": day},
    )


def where_to(row: DueRow) -> str:
    """The record that the duty is about."""
    if row.placement_id is not None:
        return f"/placements/{row.placement_id}"
    if row.file_id == row.child_id:
        return f"/children/{row.child_id}"
    if row.file_id == row.provider_id:
        return f"/providers/{row.provider_id}"
    return f"/organisations/{row.file_id}"

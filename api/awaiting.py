"""Decisions that wait for somebody: what another person prepared, and this one may decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast
from uuid import UUID

import msgspec
from fastapi import APIRouter, Request, Response

from api.asking import Asking
from api.desk import AtDesk, Desk
from api.freshness import AtLeast
from api.lists import Form, Limit, caught_up, list_answer, pages_of
from api.looking import may_see, open_case
from api.moves_on_offer import address_of, sentence_of, title_of
from api.sheets.sheet import Sheet, column, whole_name
from domain.child import Child
from domain.people import Asker
from domain.placement import Placement
from domain.reasons import NotFound
from domain.record import Record
from projections.awaiting import Waiting
from projections.paging import Page
from workflows.case import Case
from workflows.catalogue import COMMANDS, RECORDS
from workflows.permissions import WHO_MAY
from workflows.placement_moves import PLACEMENT
from workflows.who_reads import scope_of

routes = APIRouter(tags=["due"])

DECIDED_BY = {
    "override": ("approve_override", "decline_override"),
    "risk": ("accept_risk",),
    "erasure": ("approve_erasure", "refuse_erasure"),
}
"""What may wait, and the commands that decide it, the usual one first."""
KINDS: dict[str, type[Record]] = {"override": Placement, "risk": Placement, "erasure": Child}


class AwaitingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One decision that somebody has to take."""

    awaits: str
    """`override`: a rule that somebody asked to set aside; `risk`: an assessment to accept; `erasure`: words to forget."""
    title: str
    sentence: str
    """What the decision is, in one sentence."""
    child_id: UUID
    given_names: str
    family_name: str
    record: str
    """The address of the record that it is about."""
    decided_at: tuple[str, ...]
    """Addresses of the commands that decide it, the usual one first."""
    since: date
    """The day on which it was prepared, or asked for."""


SHEET = Sheet(
    AwaitingRow,
    (
        column("Decision", "title"),
        column("What it is", "sentence"),
        column("Child", "given_names", "family_name", say=whole_name),
        column("Waiting since", "since"),
        column("Reference", "record", say=lambda address: address.rpartition("/")[2]),
    ),
)


@routes.get(
    "/awaiting",
    operation_id="list_awaiting",
    response_model=None,
    responses=pages_of(
        "Decisions that you may take and others prepared, the longest waiting first: 200 at most."
    ),
)
def list_awaiting(
    request: Request, asker: Asking, form: Form, desk: AtDesk, limit: Limit = 50, at_least: AtLeast = None
) -> Response:
    """Overrides to approve or decline, risk to accept, erasures to approve or refuse. Who prepared one is not asked to decide it."""
    caught_up(desk, at_least)
    position = desk.read_models.position("caseload")
    waiting = desk.read_models.awaiting.of(scope_of(asker))
    rows = [row for one in waiting for row in _asked(desk, asker, one)]
    rows.sort(key=lambda row: (row.since, row.record))
    return list_answer(
        request,
        form,
        None,
        lambda mark, n: Page(rows[:n], None, position),
        None,
        limit,
        sheet=SHEET,
        href=lambda row: row.decided_at[0],
    )


def _asked(desk: Desk, asker: Asker, waiting: Waiting) -> Iterator[AwaitingRow]:
    """What of it this person may decide now: asked of the record itself, by the table that decides about the command."""
    for kind in waiting.awaits:
        try:
            case = open_case(desk, desk.history, asker, KINDS[kind], waiting.record_id)
        except NotFound:
            continue
        names = [name for name in DECIDED_BY[kind] if _may(case, name)]
        since = _since(case, kind)
        if not names or since is None or not may_see(case):
            continue
        plural = next(plural for plural, of in RECORDS.items() if of is KINDS[kind])
        record = f"/{plural}/{waiting.record_id}"
        yield AwaitingRow(
            awaits=kind,
            title=title_of(names[0]),
            sentence=sentence_of(COMMANDS[names[0]]),
            child_id=waiting.child_id,
            given_names=waiting.given_names,
            family_name=waiting.family_name,
            record=record,
            decided_at=tuple(f"{record}/{address_of(name)}" for name in names),
            since=since,
        )


def _may(case: Case, name: str) -> bool:
    if not WHO_MAY[name](case, COMMANDS[name].model_construct()):
        return False
    return name not in PLACEMENT.rows or PLACEMENT.weigh(name, case).open


def _since(case: Case, kind: str) -> date | None:
    """Since when it waits for this person; none where they asked for it themselves, or where it is decided."""
    me = case.asker.person_id
    if kind == "risk":
        risk = case.placement.risk
        return risk.assessed_on if risk and case.placement.risk_prepared_by != me else None
    if kind == "erasure":
        child = cast(Child, case.target)
        days = [one.asked_on for one in child.erasures if one.state == "requested" and one.requested_by != me]
        return min(days, default=None)
    asked = {
        one.request for one in case.placement.overrides if one.state == "requested" and one.requested_by != me
    }
    return min(
        (event.occurred_on for event in case.placement.events if event.originator_version in asked),
        default=None,
    )

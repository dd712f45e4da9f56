"""What if: triggers, rules and numbers tried on the past, for auditors and administrators; and what triggers could not do."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, LiteralString
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Response

from api import problem as p
from api.answers import rows_answer
from api.asking import Asking
from api.descriptions import found, problems
from api.desk import AtDesk
from api.lists import IN_SCOPE
from api.noting import note
from api.wanted import JSON
from domain.reasons import Invalid, Reason
from domain.trigger_events import Undone
from workflows.relations import undone_is_known_to
from workflows.supposing.asked import supposed_of
from workflows.supposing.scoring import Placed
from workflows.supposing.telling import as_facts
from workflows.supposing.what_if import what_if as ask
from workflows.triggers.all_triggers import TRIGGERS
from workflows.who_notices import require_right_to_suppose, require_right_to_undone

routes = APIRouter(tags=["what if"])
MOST_EVENTS = 50_000
"""Events that are walked through while somebody waits for the answer; a longer history is asked at the terminal."""
WRITTEN_DOWN: LiteralString = """
    SELECT originator_id FROM history.events WHERE topic = 'trigger.could_not_act'
    ORDER BY notification_id DESC LIMIT %(most)s
"""
MOST_UNDONE = 1000


@routes.get(
    "/what-if",
    operation_id="what_if",
    response_model=None,
    responses=found("AnyShown") | problems(p.INVALID),
)
def what_if(
    asker: Asking,
    desk: AtDesk,
    trigger: Annotated[list[str], Query(max_length=40, description="A trigger by its name.")] = [],  # noqa: B006
    suppose: Annotated[
        list[str], Query(max_length=10, description="A number supposed to be another: `name=value`.")
    ] = [],  # noqa: B006
    horizon: Annotated[
        int, Query(ge=1, le=730, description="Days before a breakdown that count as a warning.")
    ] = 90,
) -> Response:
    """What would have fired, how long before a breakdown, what would have been refused or late. Nothing is written.

    Of placements, only those that your organisation commissioned or sends to are counted and listed.
    """
    require_right_to_suppose(asker)
    if desk.history.head() > MOST_EVENTS:
        message = (
            f"The history has more than {MOST_EVENTS:,} events. Ask at the terminal: placements what-if."
        )
        raise Invalid([Reason(code="history_too_long", message=message)])
    mine = asker.organisation_id

    def seen(placed: Placed) -> bool:
        return asker.machine or mine in placed.whose

    wanted = trigger or ([] if suppose else list(TRIGGERS))
    told = ask(
        desk.history, desk.clock(), triggers=wanted, supposed=supposed_of(suppose), horizon=horizon, seen=seen
    )
    told.differs_from_life = told.differs_from_life if asker.machine else []
    shown = {id for one in told.would_fire for id in one.placement_ids} | {
        d.placement_id for d in told.decisions
    }
    note(desk, asker, "listed", IN_SCOPE, records=shown, position=told.position)
    return _answer(as_facts(told), told.position)


class NotDone(msgspec.Struct, frozen=True, kw_only=True):
    """What a trigger could not do."""

    id: UUID
    trigger: str
    cause: str
    command: str
    placement_id: UUID | None
    reasons: tuple[str, ...]
    failed_with: str
    since: datetime
    attended: bool


@routes.get(
    "/undone",
    operation_id="list_undone",
    response_model=None,
    responses=found("RowsShown"),
)
def list_undone(
    asker: Asking,
    desk: AtDesk,
    attended: Annotated[bool, Query(description="Also what somebody attended to.")] = False,
) -> Response:
    """What triggers could not do, the newest first: each waits for a person. A trigger that was refused is not lost.

    Attend to it with `POST /undone/{id}/attend-to-undone`.
    """
    require_right_to_undone(asker)
    rows = desk.history.rows(WRITTEN_DOWN, {"most": MOST_UNDONE})
    ids = [id for (id,) in rows]
    found = desk.history.get_many(dict.fromkeys(ids, Undone))
    records = [
        one for id in ids if isinstance(one := found.get(id), Undone) and undone_is_known_to(asker, one)
    ]
    listed = [_row(one) for one in records if attended or one.attended is None]
    shown = [one.placement_id for one in listed if one.placement_id is not None]
    note(desk, asker, "listed", IN_SCOPE, records=dict.fromkeys(shown))
    return rows_answer([msgspec.to_builtins(one) for one in listed], desk.history.head())


def _row(undone: Undone) -> NotDone:
    wanted = undone.wanted
    if wanted is None:
        raise ValueError("it begins with what was wanted")
    return NotDone(
        id=undone.id, trigger=wanted.trigger, cause=wanted.cause, command=wanted.command,
        placement_id=wanted.placement_id, reasons=wanted.reasons, failed_with=wanted.failed_with,
        since=wanted.recorded_at, attended=undone.attended is not None,
    )  # fmt: skip


def _answer(body: Any, position: int) -> Response:
    headers = {"X-Position": str(position), "Vary": "Accept, Authorization"}
    return Response(msgspec.json.encode(body), 200, headers, JSON)

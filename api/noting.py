"""Notes who looked at what. Every route that shows what is in a record calls `note`, once for each answer.

What the route need not say is taken from the request that is being answered: its route, its correlation id and the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from starlette.types import Scope

from api.desk import Desk
from domain.looks import How, Look, Outcome, PageShown, Right
from domain.packed_ids import packed, packed_once
from domain.people import Asker

ANSWERED: ContextVar[Scope | None] = ContextVar("answered", default=None)
"""The request that is being answered. The outermost layer sets it; threads that work for the request see it too."""


def note(
    desk: Desk,
    asker: Asker,
    how: How,
    row: str,
    *,
    record_id: UUID | None = None,
    records: Iterable[UUID] = (),
    children: Iterable[UUID] = (),
    placed: bool = False,
    relations: Iterable[str] = (),
    asked_by: Iterable[str] = (),
    as_of: int | None = None,
    position: int = 0,
    outcome: Outcome = "shown",
) -> None:
    """Remember that this person looked. It costs microseconds, waits for nothing and raises nothing.

    `row` names the question that was asked (`Right.row`); `record_id` is what was asked for by its id, `records` what was on
    the page, `children` whom all that was about; `placed`: the records are placements, and the children are theirs; `relations` is how
    the asker stands to the record; `position` is how far the history had reached when the right was asked. Call it when it is decided
    that something is shown and before it is sent.
    """
    scope: Any = ANSWERED.get() or {}
    records, children, page = tuple(records), tuple(children), None
    if len(records) > 1 or len(children) > 1:
        page = (
            PageShown(placements=packed(records))
            if placed
            else PageShown(records=packed(records), children=packed_once(children))
        )
    desk.looks.note(
        Look(
            at=desk.clock(),
            person_id=asker.person_id,
            how=how,
            route=route_of(scope),
            right=Right(
                row=row,
                roles=tuple(sorted(asker.roles)),
                relations=tuple(sorted(relations)),
                organisation_id=asker.organisation_id,
                provider_id=asker.provider_id,
                machine=asker.machine,
            ),
            outcome=outcome,
            record_id=record_id,
            records=() if page else records,
            children=() if page else children,
            page=page,
            asked_by=tuple(asked_by),
            as_of=as_of,
            position=position,
            correlation_id=scope.get("state", {}).get("correlation_id"),
        )
    )


def route_of(scope: Any) -> str:
    """Method and template of the address, with no id in it."""
    return f"{scope.get('method', '')} {getattr(scope.get('route'), 'path', 'none')}".strip()

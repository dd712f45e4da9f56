"""A look as it is listed, from the batch in which it was noted; and an attempt that was turned away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.access_events import AccessRefused
from domain.looks import Look, LooksNoted, PageShown
from domain.packed_ids import unpacked
from history.reading import Stored


class LookRow(msgspec.Struct, frozen=True, kw_only=True):
    """One look, or one attempt."""

    at: datetime
    person_id: str
    """Who; empty where nobody was signed in."""
    organisation_id: UUID | None
    how: str
    """`read`, `listed`, `searched`, `exported` or `followed`; `asked` where it was refused."""
    outcome: str
    """`shown`; `not_found`: there was no such record for this person; `not_permitted`; `not_signed_in`."""
    route: str
    record_id: UUID | None
    """The record that was asked for."""
    children: tuple[UUID, ...]
    """The children it was about, as far as the one who asks may know of them."""
    records: tuple[UUID, ...]
    """The other records that were on the page, as far as."""
    not_told: int
    """How many more records it was about, of which the one who asks may not know."""
    roles: tuple[str, ...]
    relations: tuple[str, ...]
    row: str
    """The question that let them look; for a refusal its code."""
    asked_by: tuple[str, ...]
    as_of: int | None
    position: int
    """How far the history had reached when the right was asked."""
    times: int
    """How often, where refusals were counted together."""
    correlation_id: UUID | None
    batch: int
    """Where it stands in the history: the position of the event that holds it."""
    number: int
    """Its place in that event."""


ChildrenOf = Callable[[Collection[UUID]], Mapping[UUID, UUID]]
"""Tells whose placements are: the history does."""


def rows_of(stored: Stored, children_of: ChildrenOf) -> list[LookRow]:
    """The looks of a batch, or the refusal, in the order in which they happened. Raises Unavailable."""
    event = stored.event
    if isinstance(event, AccessRefused):
        return [_of_refusal(event, stored.position)]
    if isinstance(event, LooksNoted):
        placed = [unpacked(look.page.placements) if look.page else () for look in event.looks]
        child_of = children_of({id for placements in placed for id in placements})
        return [
            _of_look(look, placements, child_of, stored.position, number)
            for number, (look, placements) in enumerate(zip(event.looks, placed, strict=True), start=1)
        ]
    return []


def _of_look(
    look: Look, placements: Sequence[UUID], child_of: Mapping[UUID, UUID], batch: int, number: int
) -> LookRow:
    right, page = look.right, look.page or PageShown()
    theirs = tuple(dict.fromkeys(child_of[id] for id in placements if id in child_of))
    return LookRow(
        at=look.at,
        person_id=look.person_id,
        organisation_id=right.organisation_id,
        how=look.how,
        outcome=look.outcome,
        route=look.route,
        record_id=look.record_id,
        children=(*look.children, *theirs, *unpacked(page.children)),
        records=(*look.records, *placements, *unpacked(page.records)),
        not_told=0,
        roles=right.roles,
        relations=right.relations,
        row=right.row,
        asked_by=look.asked_by,
        as_of=look.as_of,
        position=look.position,
        times=1,
        correlation_id=look.correlation_id,
        batch=batch,
        number=number,
    )


def _of_refusal(event: AccessRefused, batch: int) -> LookRow:
    return LookRow(
        at=event.recorded_at,
        person_id=event.person_id,
        organisation_id=event.organisation_id,
        how="asked",
        outcome=event.why,
        route=f"{event.method} {event.route}",
        record_id=event.record_id,
        children=(),
        records=(),
        not_told=0,
        roles=(),
        relations=(),
        row=event.code,
        asked_by=(),
        as_of=None,
        position=0,
        times=event.times,
        correlation_id=event.decision.correlation_id,
        batch=batch,
        number=1,
    )

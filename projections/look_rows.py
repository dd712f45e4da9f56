"""A look as it is listed, from the batch in which it was noted; and an attempt that was turned away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.access_events import AccessRefused
from domain.looks import Look, LooksNoted, PageShown
from domain.packed_ids import unpacked
from history.named_in_looks import NotRead
from history.reading import Stored

UNREADABLE = "unreadable"


class LookRow(msgspec.Struct, frozen=True, kw_only=True):
    """One look, or one attempt."""

    at: datetime | None
    """When; none where the whole batch cannot be read."""
    person_id: str
    """Who; empty where nobody was signed in."""
    organisation_id: UUID | None
    how: str
    """`read`, `listed`, `searched`, `exported` or `followed`; `asked` where it was refused."""
    outcome: str
    """`shown`; `not_found`: there was no such record for this person; `not_permitted`; `not_signed_in`; `unreadable`: somebody spoiled
    what was noted, so it cannot be told whose records it was about, or nothing of it."""
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


class Noted(NamedTuple):
    """A look, or an attempt that was turned away, in its place."""

    batch: int
    number: int
    look: Look | LookRow


ChildrenOf = Callable[[Collection[UUID]], Mapping[UUID, UUID]]
"""Tells whose placements are: the history does."""
Shown = tuple[tuple[UUID, ...], tuple[UUID, ...]]
"""Records and children of a page."""


def noted_in(stored: Stored | NotRead) -> list[Noted]:
    """The looks of a batch, or the refusal, in the order in which they happened. Nothing is made of them yet: most are only weighed."""
    if isinstance(stored, NotRead):
        return [Noted(stored.position, 1, _not_read(stored.position))]
    event = stored.event
    if isinstance(event, AccessRefused):
        return [Noted(stored.position, 1, _of_refusal(event, stored.position))]
    if isinstance(event, LooksNoted):
        return [Noted(stored.position, number, look) for number, look in enumerate(event.looks, start=1)]
    return []


class Rows:
    """Makes rows. The same page is shown to many: whose records are on it is found out once."""

    def __init__(self, children_of: ChildrenOf) -> None:
        self._children_of = children_of
        self._shown: dict[PageShown, Shown | None] = {}

    def of(self, noted: Collection[Noted]) -> list[LookRow]:
        """Each as a row. Raises Unavailable."""
        pages = dict.fromkeys(
            one.look.page for one in noted if not isinstance(one.look, LookRow) and one.look.page
        )
        self._open([page for page in pages if page not in self._shown])
        return [
            one.look if isinstance(one.look, LookRow) else self._row(one.look, one.batch, one.number)
            for one in noted
        ]

    def _row(self, look: Look, batch: int, number: int) -> LookRow:
        right = look.right
        outcome: str = look.outcome
        shown = self._shown[look.page] if look.page else ((), ())
        if shown is None:
            shown, outcome = ((), ()), UNREADABLE
        records, children = shown
        return LookRow(
            at=look.at,
            person_id=look.person_id,
            organisation_id=right.organisation_id,
            how=look.how,
            outcome=outcome,
            route=look.route,
            record_id=look.record_id,
            children=look.children + children,
            records=look.records + records,
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

    def _open(self, pages: Collection[PageShown]) -> None:
        """Find out what was on these pages. Whose the placements are is asked once for all of them."""
        placements = {page: _unpacked(page.placements) for page in pages}
        child_of = self._children_of([id for ids in placements.values() for id in ids or ()])
        for page, own in placements.items():
            records, children = _unpacked(page.records), _unpacked(page.children)
            if own is None or records is None or children is None:
                self._shown[page] = None
            else:
                theirs = dict.fromkeys(child_of[id] for id in own if id in child_of)
                self._shown[page] = own + records, (*theirs, *children)


def _unpacked(ids: str) -> tuple[UUID, ...] | None:
    """None where the packed ids are none."""
    try:
        return unpacked(ids)
    except ValueError:
        return None


def _not_read(batch: int) -> LookRow:
    return LookRow(
        at=None,
        person_id="",
        organisation_id=None,
        how="noted",
        outcome=UNREADABLE,
        route="",
        record_id=None,
        children=(),
        records=(),
        not_told=0,
        roles=(),
        relations=(),
        row="",
        asked_by=(),
        as_of=None,
        position=0,
        times=1,
        correlation_id=None,
        batch=batch,
        number=1,
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

"""Children who are taught nowhere now: found by the caseload, counted from their records, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, LiteralString, Protocol
from uuid import UUID

import msgspec

from domain.child import Child
from domain.events import Event
from domain.organisation import Organisation
from domain.people import Scope
from domain.placement import Placement
from domain.record import Record
from domain.school_days import SchoolDays, school_days_of
from domain.without_education import Clock, WithoutEducation, clock_of
from projections.answered_ahead import AnsweredAhead, answered_ahead
from projections.asking import PLACEMENT_IN_SCOPE, Asking, scope_parameters

# Until the day from which it is answered elsewhere, the child may still be nowhere.
# A placement that was replaced or withdrawn may have left a child nowhere until another one begins.
NOWHERE: LiteralString = (
    """
    SELECT p.child_id, p.placement_id FROM caseload p WHERE p.child_id IN (
        SELECT p.child_id FROM caseload p WHERE """
    + PLACEMENT_IN_SCOPE
    + """
        AND ((p.stage = 'breakdown' AND (p.tomorrow_where = 'no_education' OR p.tomorrow_since > %(on)s))
            OR (p.outcome IN ('replaced', 'withdrawn')
            AND NOT EXISTS (SELECT FROM caseload q WHERE q.child_id = p.child_id AND q.started_on >= p.ended_on)))
    )
"""
)
MINE: LiteralString = (
    "SELECT p.placement_id FROM caseload p WHERE p.child_id = ANY(%(children)s) AND " + PLACEMENT_IN_SCOPE
)


class Shelf(Protocol):
    """Where records are read from, as they are or as they were."""

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]: ...


class WithoutEducationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A child who is taught nowhere."""

    child_id: UUID
    given_names: str
    family_name: str
    placement_id: UUID
    """The placement by which it came to it."""
    commissioner_id: UUID | None
    commissioner_name: str
    owner: str
    """Who answers for today: a post of the answer, or else the commissioner."""
    since: date
    """The first day of what runs now."""
    days: int
    """School days of this time."""
    days_in_all: int
    """School days of all times together."""
    started_by: str
    """The event, as `record/version`."""


class NowhereTaught:
    """Asks the caseload which children it may be, and their records how long."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def longest(self, scope: Scope, shelf: Shelf, *, on: date, limit: int = 200) -> list[WithoutEducationRow]:
        """Children whose clock runs at the end of a day, the longest first. A provider's people see none. Raises Unavailable."""
        if scope.provider_id is not None:
            return []
        placements: dict[UUID, list[UUID]] = {}
        for pair in self._asking.plain_rows(NOWHERE, scope_parameters(scope) | {"on": on}):
            placements.setdefault(pair["child_id"], []).append(pair["placement_id"])
        if not placements:
            return []
        mine = self._mine(scope, list(placements))
        records = shelf.get_many(
            {
                **dict.fromkeys(placements, Child),
                **{id: Placement for ids in placements.values() for id in ids},
            }
        )
        known = organisations_around(shelf, records.values())
        found = [
            row
            for child_id, ids in placements.items()
            if isinstance(child := records.get(child_id), Child)
            and (row := _row(child, _placements(records, ids), known, mine, on)) is not None
        ]
        return sorted(found, key=lambda row: (-row.days, row.since, row.child_id))[:limit]

    def ahead(self, scope: Scope, *, on: date) -> list[AnsweredAhead]:
        """Answers to breakdowns that begin after a day. Raises Unavailable."""
        return answered_ahead(self._asking, scope, on)

    def _mine(self, scope: Scope, children: Sequence[UUID]) -> frozenset[UUID]:
        asked = {"children": list(children)} | scope_parameters(scope)
        return frozenset(row["placement_id"] for row in self._asking.plain_rows(MINE, asked))


def organisations_around(shelf: Shelf, records: Iterable[Record]) -> dict[UUID, Organisation]:
    """The organisations whose calendars count for these children and placements."""
    wanted: set[UUID | None] = set()
    for record in records:
        if isinstance(record, Placement):
            wanted |= {record.home_school_id, record.commissioner_id}
        elif isinstance(record, Child):
            wanted.add(record.authority_id)
    found = shelf.get_many({id: Organisation for id in wanted if id is not None})
    return {id: record for id, record in found.items() if isinstance(record, Organisation)}


def clock_at(
    child: Child, placements: Iterable[Placement], known: dict[UUID, Organisation], on: date
) -> Clock:
    """The clock of one child, on the calendar of the home school, or else of the commissioner, or of the authority."""

    def days_of(placement: Placement) -> SchoolDays | None:
        for id in (placement.home_school_id, placement.commissioner_id, child.authority_id):
            organisation = known.get(id) if id else None
            if organisation is not None and organisation.calendar is not None:
                return school_days_of(organisation.calendar)
        return None

    return clock_of(child, placements, on, days_of)


def shown(clock: Clock, known: dict[UUID, Organisation], mine: frozenset[UUID]) -> dict[str, Any]:
    """A clock ready for JSON, with what was told by placements that the asker may know of."""
    stretches = [s for s in clock.stretches if s.placement_id in mine]
    return {
        "running": any(s.until_on is None for s in stretches),
        "days": Clock(clock.child_id, tuple(stretches)).days,
        "stretches": [
            {
                "placement_id": str(s.placement_id),
                "from_on": s.from_on.isoformat(),
                "until_on": s.until_on.isoformat() if s.until_on else None,
                "days": len(s.days),
                "owner": owner_of(s, known),
                "commissioner_id": str(s.commissioner_id) if s.commissioner_id else None,
                "started_by": _event(s.started_by, mine, clock.child_id),
                "stopped_by": _event(s.stopped_by, mine, clock.child_id),
            }
            for s in stretches
        ],
    }


def owner_of(stretch: WithoutEducation, known: dict[UUID, Organisation]) -> str:
    """The post that the answer names; where nobody answered, the commissioner."""
    commissioner = known.get(stretch.commissioner_id) if stretch.commissioner_id else None
    return stretch.owner or (commissioner.name if commissioner else "")


def _event(event: Event | None, mine: frozenset[UUID], child_id: UUID) -> str | None:
    """Which event; nothing of a placement that the asker may not know of."""
    if event is None or event.originator_id not in {*mine, child_id}:
        return None
    return f"{event.originator_id}/{event.originator_version}"


def _placements(records: dict[UUID, Record], ids: Iterable[UUID]) -> list[Placement]:
    return [record for id in ids if isinstance(record := records.get(id), Placement)]


def _row(
    child: Child,
    placements: list[Placement],
    known: dict[UUID, Organisation],
    mine: frozenset[UUID],
    on: date,
) -> WithoutEducationRow | None:
    whole = clock_at(child, placements, known, on)
    clock = Clock(child.id, tuple(s for s in whole.stretches if s.placement_id in mine))
    if not clock.running:
        return None
    now = clock.running[-1]
    commissioner = known.get(now.commissioner_id) if now.commissioner_id else None
    return WithoutEducationRow(
        child_id=child.id,
        given_names=child.given_names,
        family_name=child.family_name,
        placement_id=now.placement_id,
        commissioner_id=now.commissioner_id,
        commissioner_name=commissioner.name if commissioner else "",
        owner=owner_of(now, known),
        since=min(s.from_on for s in clock.running),
        days=clock.days_of_this_time,
        days_in_all=clock.days,
        started_by=f"{now.started_by.originator_id}/{now.started_by.originator_version}",
    )

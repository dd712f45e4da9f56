"""Incidents, complaints and announced inspections: after them an entry about the time before them deserves a look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.events import Event
from domain.organisation_events import ComplaintReceived, InspectionNotified
from domain.placement_life_events import BrokenDown, SafeguardingConcernReported
from projections.late_recording.scope import Stream
from projections.late_recording.two_clocks import Gap, gap_of

Key = tuple[str, UUID]

WHAT: dict[type[Event], str] = {
    SafeguardingConcernReported: "safeguarding_concern",
    BrokenDown: "breakdown",
    ComplaintReceived: "complaint",
    InspectionNotified: "inspection_notice",
}
"""What is an incident here."""


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """Something after which people may want the record to look better than it did."""

    what: str
    position: int
    record_id: UUID
    on: date
    at: datetime | None


def incident_of(event: Event, position: int) -> Incident | None:
    """The event as an incident, if it is one."""
    what = WHAT.get(type(event))
    if what is None:
        return None
    gap = gap_of(event)
    return Incident(
        what=what, position=position, record_id=event.originator_id, on=gap.true_on, at=gap.true_at
    )


def touched_by(event: Event, stream: Stream) -> Iterator[Key]:
    """Whose entries an incident puts under suspicion."""
    if isinstance(event, ComplaintReceived | InspectionNotified):
        about = event.complaint if isinstance(event, ComplaintReceived) else event.notice
        placement_id = getattr(about, "placement_id", None)
        if placement_id:
            yield ("placement", placement_id)
        if about.provider_id:
            yield ("provider", about.provider_id)
        if not placement_id and not about.provider_id:
            yield ("organisation", event.originator_id)
        return
    # A worry at one placement says something of the child's record and of the provider's checks, and not of other placements.
    for name, id in (
        ("placement", stream.placement_id),
        ("child", stream.child_id),
        ("checks", stream.provider_id),
    ):
        if id is not None:
            yield (name, id)


def keys_of(stream: Stream, event: Event) -> Iterator[Key]:
    """Under which incidents an entry falls."""
    by = event.decision.by.organisation_id
    found = {
        ("placement", stream.placement_id),
        ("child", stream.child_id if stream.kind == "child" else None),
        ("checks", stream.id if stream.kind == "provider" else None),
        ("provider", stream.provider_id),
        ("organisation", stream.organisation_id or by),
    }
    yield from ((name, id) for name, id in found if id is not None)


def before_which(gap: Gap, position: int, incidents: Iterable[Incident]) -> Incident | None:
    """The first incident that came between: what the entry tells was before it, and it was written down after it."""
    between = [one for one in incidents if one.position < position and _was_before(gap, one)]
    return min(between, key=lambda one: one.position, default=None)


def _was_before(gap: Gap, incident: Incident) -> bool:
    if gap.true_at is not None and incident.at is not None:
        return gap.true_at < incident.at
    return gap.true_on < incident.on or (gap.true_on == incident.on and gap.days > 0)

"""Incidents, complaints and announced inspections: after them an entry about the time before them deserves a look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString

from domain.events import Event
from domain.organisation_events import ComplaintReceived, InspectionNotified
from domain.placement_life_events import BrokenDown, SafeguardingConcernReported

WHAT: dict[type[Event], str] = {
    SafeguardingConcernReported: "safeguarding_concern",
    BrokenDown: "breakdown",
    ComplaintReceived: "complaint",
    InspectionNotified: "inspection_notice",
}
"""What is an incident here."""


def what_happened(event: Event) -> str | None:
    """What incident an event is, if it is one."""
    return WHAT.get(type(event))


def doubts_cast(event: Event) -> tuple[str, ...] | None:
    """Whose entries a complaint or an announced inspection puts in doubt. Of what happened at a placement, its place says so."""
    return tuple(_named(event)) if isinstance(event, ComplaintReceived | InspectionNotified) else None


def _named(event: ComplaintReceived | InspectionNotified) -> Iterator[str]:
    about = event.complaint if isinstance(event, ComplaintReceived) else event.notice
    placement_id = getattr(about, "placement_id", None)
    if placement_id:
        yield f"placement:{placement_id}"
    if about.provider_id:
        yield f"provider:{about.provider_id}"
    if not placement_id and not about.provider_id:
        yield f"organisation:{event.originator_id}"


# A worry at one placement says something of the child's record and of the provider's checks, and not of other placements.
DOUBTED: LiteralString = """
    coalesce(i.doubts, ARRAY['placement:' || i.placement_id::text, 'child:' || i.child_id::text, 'checks:' || i.provider_id::text])
"""
"""Whose entries the incident `i` puts in doubt."""
FALLS_UNDER: LiteralString = """
    ARRAY[
        'placement:' || e.placement_id::text, 'provider:' || e.provider_id::text,
        'organisation:' || coalesce(e.owner_id, e.organisation_id)::text,
        CASE e.kind WHEN 'child' THEN 'child:' || e.child_id::text WHEN 'provider' THEN 'checks:' || e.record_id::text END
    ]
"""
"""Under which incidents the entry `e` falls."""
CAME_BETWEEN: LiteralString = """
    i.position < e.position AND CASE
        WHEN e.true_at IS NOT NULL AND i.true_at IS NOT NULL THEN e.true_at < i.true_at
        ELSE e.true_on < i.true_on OR (e.true_on = i.true_on AND e.days_late > 0)
    END
"""
"""Whether the incident `i` came between: what the entry `e` tells was before it, and it was written down after it."""

"""Commands of an organisation about those who begin to look: an inspection is announced, a complaint arrives."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain import organisation_events as e
from domain.events import Event
from domain.facts.scrutiny import Complaint, InspectionNotice
from domain.placement import Placement
from domain.provider import Provider
from workflows.case import Case
from workflows.organising import OrganisationCommand
from workflows.records_at_hand import no_such


class RecordInspectionNotice(OrganisationCommand):
    """Record that an inspection was announced, of the organisation or of a provider that it uses."""

    event: ClassVar[type[Event] | None] = e.InspectionNotified
    notice: InspectionNotice
    """Who inspects, and since when it is known."""

    def decide(self, case: Case) -> None:
        if self.notice.provider_id is not None:
            case.named(Provider, self.notice.provider_id, "notice.provider_id")
        super().decide(case)


class RecordComplaint(OrganisationCommand):
    """Record that a complaint arrived; its words stay in the complaints system."""

    event: ClassVar[type[Event] | None] = e.ComplaintReceived
    complaint: Complaint
    """When it arrived, its number, and what it is about."""

    def decide(self, case: Case) -> None:
        if self.complaint.provider_id is not None:
            case.named(Provider, self.complaint.provider_id, "complaint.provider_id")
        if self.complaint.placement_id is not None:
            _require_own(case, self.complaint.placement_id)
        super().decide(case)


def _require_own(case: Case, placement_id: UUID) -> None:
    """Raises Invalid where the organisation has nothing to do with the placement, as where there is none."""
    placement = case.find(Placement, placement_id)
    if placement is not None:
        child = case.child_of(placement)
        if case.target.id in (placement.commissioner_id, placement.home_school_id, child.authority_id):
            return
    raise no_such(Placement, "complaint.placement_id")

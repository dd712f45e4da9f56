"""Commands about a child's legal status: EHC plan and care. The provider's places learn of each change."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain import child_events as e
from domain.events import Event
from domain.facts.people import EhcPlan, LookedAfter
from domain.provider import Places
from domain.provider_events import PlaceTaken
from workflows.case import Case
from workflows.child_command import ChildCommand


class _LegalStatus(ChildCommand):
    """A change of legal status: the provider's places learn of it, because the registration rule counts it."""

    def decide(self, case: Case) -> None:
        super().decide(case)
        child = case.child
        for placement_id, part in child.week.items():
            places = case.find(Places, Places.id_for(part.provider_id))
            place = places.taken.get(placement_id) if places else None
            if places is None or place is None:
                continue
            places.remember(
                PlaceTaken,
                about=child.id,
                placement_id=placement_id,
                commissioner_id=place.commissioner_id,
                hours_per_week=place.hours_per_week,
                sessions_per_week=place.sessions_per_week,
                ehc_plan=child.ehc_plan is not None,
                looked_after=child.looked_after is not None,
                compulsory_age=place.compulsory_age,
            )


class RecordEhcPlan(_LegalStatus):
    """Record that an EHC plan was issued or amended (CFA 2014 s.42)."""

    event: ClassVar[type[Event] | None] = e.EhcPlanRecorded
    plan: EhcPlan
    """Sections F and I, and the annual review."""


class CeaseEhcPlan(_LegalStatus):
    """Record that the EHC plan ended."""

    event: ClassVar[type[Event] | None] = e.EhcPlanCeased
    on: date
    """The last day."""


class RecordLookedAfter(_LegalStatus):
    """Record that the child came into care (Children Act 1989 s.22)."""

    event: ClassVar[type[Event] | None] = e.LookedAfterRecorded
    looked_after: LookedAfter
    """Since when and with which authority."""


class EndLookedAfter(_LegalStatus):
    """Record that the child left care."""

    event: ClassVar[type[Event] | None] = e.LookedAfterEnded
    on: date
    """The last day in care."""

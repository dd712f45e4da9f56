"""Commands of the risk assessment and the last preparations."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from domain import placement_events as e
from domain.events import Event
from domain.facts.going_live import (
    ContingencyPlan,
    LocalAuthorityInformed,
    OffSiteNotice,
    Reporting,
    TransportAndMeals,
)
from domain.facts.risk import RiskAssessment
from domain.rules.rule import AskedFor
from workflows.case import Case
from workflows.holding_places import hold_place
from workflows.placement_command import PlacementCommand


class AssessRisk(PlacementCommand):
    """Prepare the child's risk assessment; a second person accepts it (item 57; B5)."""

    event: ClassVar[type[Event] | None] = e.RiskAssessed
    assessment: RiskAssessment
    """The risk assessment."""


class AcceptRisk(PlacementCommand):
    """Accept the risk assessment that someone else prepared."""

    event: ClassVar[type[Event] | None] = e.RiskAccepted

    def happened(self, case: Case) -> dict[str, Any]:
        return {"prepared_by": case.placement.risk_prepared_by}


class ServeNotice(PlacementCommand):
    """Record the written notice of an off-site direction (Education Act 2002 s.29A; item 59; T13)."""

    event: ClassVar[type[Event] | None] = e.NoticeServed
    notice: OffSiteNotice
    """The notice as it was given."""


class InformLocalAuthority(PlacementCommand):
    """Record that the local authority's named officer was told (item 67; T20)."""

    event: ClassVar[type[Event] | None] = e.LocalAuthorityTold
    informed: LocalAuthorityInformed
    """Who was told, and when."""


class ArrangeTransportAndMeals(PlacementCommand):
    """Record transport, meals and the information given (item 60)."""

    event: ClassVar[type[Event] | None] = e.TransportAndMealsArranged
    arrangement: TransportAndMeals
    """What is arranged."""


class AgreeReporting(PlacementCommand):
    """Agree how attendance and progress are tracked and reported (items 39, 58; B6)."""

    event: ClassVar[type[Event] | None] = e.ReportingAgreed
    reporting: Reporting
    """What is agreed."""


class PlanContingency(PlacementCommand):
    """Plan what happens if the placement breaks down (item 70)."""

    event: ClassVar[type[Event] | None] = e.ContingencyPlanned
    contingency: ContingencyPlan
    """The plan."""


class StartPlacement(PlacementCommand):
    """Put the placement into effect on the child's first day (gate: risk assessment to active)."""

    event: ClassVar[type[Event] | None] = e.Started
    on: date
    """The first day; at most a week ahead."""
    first_review_on: date
    """The first review: within this half-term, and early (two to four weeks is usual)."""

    def asks(self) -> AskedFor:
        return AskedFor(on=self.on, next_review_on=self.first_review_on)

    def follow(self, case: Case) -> None:
        places = case.places
        if places is None or case.placement.id not in places.taken:
            hold_place(case)

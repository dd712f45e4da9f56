"""What a provider is shown of a placement's story: its own part, without safeguarding words and others' deliberations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from domain import attendance_events as a
from domain import placement_events as e
from domain import placement_life_events as life
from domain.events import Event
from domain.people import Role
from projections.saying import Predicate

PROVIDER_SEES: frozenset[type[Event]] = frozenset(
    {
        e.ProviderProposed,
        e.ProviderTurnedDown,
        e.SuitabilityConfirmed,
        e.AgreementChosen,
        e.PlanWritten,
        e.PlanAgreedBy,
        e.IndividualAgreementMade,
        e.IndividualAgreementSigned,
        e.ContractCompleted,
        e.ChosenAgain,
        e.RiskAssessed,
        e.RiskAccepted,
        e.TransportAndMealsArranged,
        e.ReportingAgreed,
        e.ContingencyPlanned,
        e.Started,
        e.Withdrawn,
        life.ContactLogged,
        life.ProgressReported,
        life.CircumstancesChanged,
        life.HoursAltered,
        life.HomeSchoolChanged,
        life.ConcernOpened,
        life.ConcernClosed,
        life.ReviewCalled,
        life.ReviewRecorded,
        life.Continued,
        life.BrokenDown,
        life.SafeguardingConcernReported,
        life.SafeguardingSettled,
        life.TomorrowAnswered,
        life.Recovered,
        life.ExitPlanned,
        life.EndReportReceived,
        life.Ended,
        life.Replaced,
        life.Reopened,
        a.AttendanceOpened,
        a.SessionsReported,
        a.SessionCoded,
    }
)
"""Kinds of events that concern the provider. A kind that is not named here is not shown to it: new kinds start hidden."""

FOR_PROVIDERS: dict[type[Event], Predicate] = {
    life.SafeguardingConcernReported: lambda v, n: (
        "reported a safeguarding concern, and the placement stopped"
    ),
    life.ExitPlanned: lambda v, n: f"planned the exit for {v.plan.leaves_on.day} {v.plan.leaves_on:%B %Y}",
    e.Withdrawn: lambda v, n: "ended the referral",
    e.ProviderTurnedDown: lambda v, n: "decided against this provider",
}
"""What is said to a provider instead."""


def by_the_provider(event: Event) -> bool:
    """Whether a provider's person recorded it. Which provider follows from when: only one has a placement at a time."""
    return Role.PROVIDER_STAFF in event.decision.by.role.split(", ")


def shown_to(provider_id: UUID, events: Iterable[Event]) -> Iterator[Event]:
    """Those of a placement's events, in order, that the provider may see: none from before it was proposed."""
    with_whom: UUID | None = None
    for event in events:
        before = with_whom
        if isinstance(event, e.ProviderProposed):
            before = with_whom = event.proposal.provider_id
        elif isinstance(event, e.ProviderTurnedDown | e.ChosenAgain):
            with_whom = None
        if before == provider_id and type(event) in PROVIDER_SEES and not _about_its_staff(event):
            yield event


def _about_its_staff(event: Event) -> bool:
    """A worry about an adult there is for the designated officer first (KCSIE 2026 ¶78), unless the provider reported it."""
    return (
        isinstance(event, life.SafeguardingConcernReported)
        and event.concern.about_staff
        and not by_the_provider(event)
    )

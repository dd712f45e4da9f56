"""Places and hours over all commissioners: no overbooking, no week of eleven half-days, no unlawful school."""

from __future__ import annotations

from domain.child import Child
from domain.rules.rule import Answer, CaseFacts, No, rule
from domain.thresholds import (
    ChildHours,
    is_of_compulsory_school_age,
    must_be_registered,
    registration_rule,
)

LAWFUL = ("registered_school", "further_education")
"""Statuses of settings that need no further registration as a school."""


def _asked_sessions(case: CaseFacts) -> int | None:
    placement = case.placement
    if case.asked.sessions_per_week is not None:
        return case.asked.sessions_per_week
    if placement.sessions_per_week is not None:
        return placement.sessions_per_week
    return placement.proposal.sessions_per_week if placement.proposal else None


def asked_hours(case: CaseFacts) -> float | None:
    """The hours a week that this case adds, or would add, to the provider."""
    placement = case.placement
    if case.asked.hours_per_week is not None:
        return case.asked.hours_per_week
    if placement.hours_per_week is not None:
        return placement.hours_per_week
    return placement.proposal.hours_per_week if placement.proposal else None


def of_compulsory_age(child: Child, case: CaseFacts) -> bool:
    """Whether the child counts for the registration rule; where the date of birth is not known, the child counts."""
    return child.born_on is None or is_of_compulsory_school_age(child.born_on, case.today)


@rule("003 ¶22; design: no overbooking", "design", may_be_overridden=False)
def the_provider_has_a_place(case: CaseFacts) -> Answer:
    """A place is free at the provider, over all commissioners."""
    provider, places = case.provider, case.places
    if provider is None or places is None:
        return None
    if provider.offer is None:
        return No(
            "no_offer",
            f"{provider.name} has not published an offer with its number of places. Record the offer first.",
        )
    others = sum(1 for key in places.taken if key != case.placement.id)
    if others < provider.offer.places:
        return None
    return No(
        "no_place_free",
        f"All {provider.offer.places} places of {provider.name} are taken. Choose another provider.",
    )


@rule("SI 2024/208: two sessions a school day; 003 ¶30", "S", may_be_overridden=False)
def the_childs_week_has_room(case: CaseFacts) -> Answer:
    """School and placements together are at most ten half-days a week."""
    sessions = _asked_sessions(case)
    if sessions is None:
        return None
    other = case.child.weekly_sessions(without=case.placement.id)
    most = case.parameters.of("sessions_a_week_at_most")
    if other + sessions <= most:
        return None
    return No(
        "week_overbooked",
        f"The child already has {other} sessions a week; {sessions} more would make {other + sessions} of "
        f"{most}. Change the sessions here, at school or in the other placement.",
        "sessions_per_week",
    )


@rule("003 ¶22", "source")
def the_hours_are_within_the_offer(case: CaseFacts) -> Answer:
    """The hours are no more than the provider offers to one child."""
    hours, provider = asked_hours(case), case.provider
    if hours is None or provider is None or provider.offer is None or hours <= provider.offer.hours_per_week:
        return None
    return No(
        "hours_over_offer",
        f"{provider.name} offers at most {provider.offer.hours_per_week:g} hours a week; {hours:g} are asked for.",
        "hours_per_week",
    )


@rule("004 l.37", "source", may_be_overridden=False)
def the_registration_was_looked_up(case: CaseFacts) -> Answer:
    """Someone looked up whether the provider is a registered school (item 24)."""
    if case.provider is None or case.provider.registration is not None:
        return None
    return No(
        "registration_not_checked",
        f"Look up the registration of {case.provider.name} and record what you found.",
    )


@rule(
    "Education Act 1996 s.463; Education and Skills Act 2008 s.96; 003 ¶37-39", "P", may_be_overridden=False
)
def the_setting_is_lawful(case: CaseFacts) -> Answer:
    """A setting that has to be a registered school is one. No emergency sets this aside (item 25).

    Counted over all commissioners with the child that is proposed: five or more children full-time, or one with an EHC plan or
    looked after.
    """
    provider, places, hours = case.provider, case.places, asked_hours(case)
    if provider is None or places is None or hours is None or provider.registration is None:
        return None
    if provider.registration.status in LAWFUL:
        return None
    children = [
        ChildHours(p.child_id, p.hours_per_week, p.ehc_plan, p.looked_after, p.compulsory_age)
        for key, p in places.taken.items()
        if key != case.placement.id
    ]
    child = case.child
    children.append(
        ChildHours(
            child.id,
            hours,
            child.ehc_plan is not None,
            child.looked_after is not None,
            of_compulsory_age(child, case),
        )
    )
    verdict = must_be_registered(children, case.today, registration_rule(case.parameters, case.today))
    if not verdict.must_register:
        return None
    return No(
        "unlawful_unregistered_setting",
        f"{provider.name} is not a registered school, and with this child it would have to be one: {verdict.why} "
        "Choose a registered provider, or fewer hours.",
    )


PLACES = (
    the_provider_has_a_place,
    the_childs_week_has_room,
    the_hours_are_within_the_offer,
)
LAWFULNESS = (the_registration_was_looked_up, the_setting_is_lawful)

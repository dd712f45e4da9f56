"""Before a referral is taken: whose route it is, and whether the child is known to a school."""

from __future__ import annotations

from domain.people import OrganisationKind
from domain.routes import ROUTES, Route
from domain.rules.rule import Answer, CaseFacts, No, rule


@rule("Education Act 1996 s.19; Education Act 2002 s.29A; EIA 2006 s.100", "S", may_be_overridden=False)
def the_route_is_the_commissioners_to_take(case: CaseFacts) -> Answer:
    """A local authority takes s.19 and s.61 routes; a school or trust takes the school routes."""
    route = case.placement.route
    if route is None:
        return No("route_missing", "Say by which legal route the child is referred.", "route")
    holder = ROUTES[route].duty_holder
    is_authority = case.commissioner.kind is OrganisationKind.LOCAL_AUTHORITY
    if (holder == "local_authority") == is_authority:
        return None
    who = "a local authority" if holder == "local_authority" else "a school or trust"
    return No(
        "route_of_another_body",
        f"The route '{ROUTES[route].label}' is taken by {who}; {case.commissioner.name} is not one. Choose another route.",
        "route",
    )


@rule("Education Act 2002 s.29A", "S", warning=True)
def an_off_site_direction_is_for_maintained_schools(case: CaseFacts) -> Answer:
    """Only the governing body of a maintained school directs under s.29A; an academy acts under its general powers."""
    if case.placement.route is not Route.OFF_SITE_DIRECTION or case.commissioner.maintained:
        return None
    return No(
        "not_a_maintained_school",
        f"{case.commissioner.name} is not recorded as a maintained school. Academies arrange off-site provision under their "
        "general powers and follow the regulations as good practice; consider the route 'school arranged'.",
        "route",
    )


@rule("004 l.11, l.56", "source", warning=True)
def the_child_is_on_a_roll(case: CaseFacts) -> Answer:
    """A child in alternative provision is always on a school's roll (item 88)."""
    if case.child.school_on(case.today) is not None or case.placement.home_school_id is not None:
        return None
    if case.placement.route in (Route.SECTION_19_EXCLUSION, Route.EOTAS_S61):
        return None
    return No(
        "not_on_a_roll",
        "No school roll is recorded for the child. Record the roll, or say which school it is.",
    )


REFERRAL = (
    the_route_is_the_commissioners_to_take,
    an_off_site_direction_is_for_maintained_schools,
    the_child_is_on_a_roll,
)

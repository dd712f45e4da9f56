"""Numbers that the rules of the gates and the commands count with."""

from __future__ import annotations

from domain.confidence import Mark
from domain.parameter import Parameter
from domain.procurement import PROCUREMENT_THRESHOLDS
from domain.registration import REGISTRATION_RULES

_TWO_SESSIONS_A_DAY = "SI 2024/208: two sessions a school day"
_PROPOSAL = "Government proposal on non-school alternative provision, 2025: not law"
_REGISTRATION = REGISTRATION_RULES[0]
_LIGHT_TOUCH, _OTHER_SERVICES = PROCUREMENT_THRESHOLDS

PARAMETERS_OF_RULES = (
    Parameter(
        name="sessions_a_week_at_most",
        meaning="School and all placements of a child together take at most so many half-days a week",
        unit="half-days", value=10, least=1, most=14, tighter="lower", hard=True,
        source=_TWO_SESSIONS_A_DAY, mark=Mark.SECONDARY,
    ),
    Parameter(
        name="full_time_sessions",
        meaning="A full week has so many half-days: less is part-time, and the plan says where the child is meanwhile",
        unit="half-days", value=10, least=1, most=10, tighter="higher", hard=True,
        source=_TWO_SESSIONS_A_DAY, mark=Mark.SECONDARY,
    ),
    Parameter(
        name="review_interval_weeks",
        meaning="The next review is never further off than this, beside once each half-term, which always applies",
        unit="weeks", value=26, least=1, most=26, tighter="lower", hard=True,
        source="Our own choice: with 26, the half-term alone decides", mark=Mark.DESIGN,
    ),
    Parameter(
        name="review_interval_weeks_without_calendar",
        meaning="Where no school calendar is known, the next review is not further off than this: about half a term",
        unit="weeks", value=6, least=1, most=8, tighter="lower", hard=True,
        source="Our own choice, for once each half-term (T16)", mark=Mark.DESIGN,
    ),
    Parameter(
        name="start_days_ahead",
        meaning="A first day is recorded at most this long before it comes",
        unit="days", value=7, least=0, most=28, tighter="lower", hard=True,
        source="Our own choice: a start is recorded when it is near", mark=Mark.DESIGN,
    ),
    Parameter(
        name="override_days_at_most",
        meaning="An emergency override lasts at most this long: enough to mend what is missing, too short to forget it",
        unit="days", value=28, least=1, most=56, tighter="lower", hard=True,
        source="Our own choice", mark=Mark.DESIGN,
    ),
    Parameter(
        name="long_suspension_sessions",
        meaning="A suspension of more than this starts the sixth-day clock (T2)",
        unit="half-days", value=10, least=1, most=10, tighter="lower",
        source="Education and Inspections Act 2006 s.100", mark=Mark.SECONDARY,
    ),
    Parameter(
        name="registration_children",
        meaning="So many children of compulsory school age in full-time education make a setting a school",
        unit="children", value=_REGISTRATION.children, least=1, most=20, tighter="lower", hard=True,
        source="Education Act 1996 s.463; Education and Skills Act 2008 s.96", mark=_REGISTRATION.mark,
        in_force_from=_REGISTRATION.in_force_from,
    ),
    Parameter(
        name="registration_children_with_plan_or_looked_after",
        meaning="Or so many of them with an EHC plan or looked after by a local authority",
        unit="children", value=_REGISTRATION.children_with_plan_or_looked_after, least=1, most=20, tighter="lower", hard=True,
        source="Education Act 1996 s.463; Education and Skills Act 2008 s.96", mark=_REGISTRATION.mark,
        in_force_from=_REGISTRATION.in_force_from,
    ),
    Parameter(
        name="full_time_above_hours",
        meaning="More than this in a week indicates full-time education. No statute defines it",
        unit="hours", value=_REGISTRATION.full_time_above_hours, least=1, most=25, tighter="lower", whole=False, hard=True,
        source="DfE guidance on registration of independent schools", mark=Mark.SECONDARY,
        in_force_from=_REGISTRATION.in_force_from,
    ),
    Parameter(
        name="tender_from_pounds",
        meaning="A contract for education whose lifetime value, VAT included, reaches this is put out to competition",
        unit="pounds", value=int(_LIGHT_TOUCH.pounds), least=1, most=10_000_000, tighter="lower", hard=True,
        source=_LIGHT_TOUCH.source, mark=_LIGHT_TOUCH.mark, in_force_from=_LIGHT_TOUCH.in_force_from,
    ),
    Parameter(
        name="tender_other_services_from_pounds",
        meaning="The same for services other than education and social services",
        unit="pounds", value=int(_OTHER_SERVICES.pounds), least=1, most=10_000_000, tighter="lower", hard=True,
        source=_OTHER_SERVICES.source, mark=_OTHER_SERVICES.mark, in_force_from=_OTHER_SERVICES.in_force_from,
    ),
    Parameter(
        name="intensive_weeks_at_most",
        meaning="Proposed: an intensive placement outside school lasts at most this long",
        unit="weeks", value=12, least=1, most=52, tighter="lower",
        source=_PROPOSAL, mark=Mark.SECONDARY,
    ),
    Parameter(
        name="part_time_sessions_at_most",
        meaning="Proposed: a placement that lasts longer takes at most so much of a week",
        unit="half-days", value=4, least=1, most=10, tighter="lower",
        source=_PROPOSAL, mark=Mark.SECONDARY,
    ),
)  # fmt: skip

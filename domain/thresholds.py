"""Numbers that change what is lawful or wise, as they stand on a day: full-time education, contracts, proposed limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.confidence import Mark
from domain.guidance import SHIPPED, Parameters
from domain.procurement import PROCUREMENT_THRESHOLDS, ProcurementThreshold, ServiceKind
from domain.reasons import Reason
from domain.registration import (
    REGISTRATION_RULES,
    ChildHours,
    RegistrationRule,
    Verdict,
    must_be_registered,
    registration_rule_on,
)
from domain.school_age import compulsory_school_age, is_of_compulsory_school_age

__all__ = [
    "PROCUREMENT_THRESHOLDS",
    "REGISTRATION_RULES",
    "SESSIONS_A_DAY",
    "ChildHours",
    "ProcurementThreshold",
    "ProposedLimit",
    "RegistrationRule",
    "Verdict",
    "competition_is_required",
    "compulsory_school_age",
    "is_of_compulsory_school_age",
    "must_be_registered",
    "procurement_threshold",
    "proposed_limits",
    "proposed_limits_passed",
    "registration_rule",
    "registration_rule_on",
]

SESSIONS_A_DAY = 2
"""Morning and afternoon (SI 2024/208 [S])."""


def registration_rule(parameters: Parameters, day: date) -> RegistrationRule | None:
    """The registration rule in force on a day, with its numbers as published; none before 1 September 2003."""
    rule = registration_rule_on(day)
    if rule is None:
        return None
    return replace(
        rule,
        children=int(parameters.of("registration_children", day)),
        children_with_plan_or_looked_after=int(
            parameters.of("registration_children_with_plan_or_looked_after", day)
        ),
        full_time_above_hours=parameters.of("full_time_above_hours", day),
    )


def procurement_threshold(
    kind: ServiceKind, on: date, parameters: Parameters = SHIPPED
) -> ProcurementThreshold | None:
    """The threshold in force on a day; none where it is not known."""
    name = "tender_from_pounds" if kind == "light_touch" else "tender_other_services_from_pounds"
    found = parameters.version(name, on)
    if found is None or found.in_force_from is None:
        return None
    return ProcurementThreshold(
        kind, Decimal(str(found.value)), found.in_force_from, None, found.source, found.mark
    )


def competition_is_required(
    whole_life_value: Decimal | float,
    on: date,
    kind: ServiceKind = "light_touch",
    parameters: Parameters = SHIPPED,
) -> bool | None:
    """Whether a contract of this value, VAT included, reaches the threshold; none where none is known."""
    threshold = procurement_threshold(kind, on, parameters)
    return None if threshold is None else whole_life_value >= threshold.pounds


@dataclass(frozen=True, slots=True)
class ProposedLimit:
    """A limit that government means to make. It warns, and only where an organisation chooses it."""

    id: str
    sentence: str
    weeks_at_most: float | None
    sessions_a_week_at_most: float | None
    source: str = "Government proposal on non-school alternative provision, 2025: not law"
    mark: Mark = Mark.SECONDARY
    on_by_default: bool = False


def proposed_limits(parameters: Parameters, on: date) -> tuple[ProposedLimit, ...]:
    """Two shapes, of which one suffices: short and intensive, or long and part-time. EOTAS is apart."""
    weeks, sessions = (
        parameters.of(name, on) for name in ("intensive_weeks_at_most", "part_time_sessions_at_most")
    )
    return (
        ProposedLimit(
            id="intensive_placement_at_most_12_weeks",
            sentence=f"An intensive placement outside school lasts at most {weeks:g} weeks.",
            weeks_at_most=weeks,
            sessions_a_week_at_most=None,
        ),
        ProposedLimit(
            id="part_time_placement_at_most_4_sessions",
            sentence=f"A part-time placement outside school takes at most {sessions / SESSIONS_A_DAY:g} days, "
            f"or {sessions:g} sessions, a week.",
            weeks_at_most=None,
            sessions_a_week_at_most=sessions,
        ),
    )


def proposed_limits_passed(
    weeks: float, sessions_per_week: int, limits: tuple[ProposedLimit, ...]
) -> list[Reason]:
    """Warnings where a placement fits neither proposed shape.

    For organisations that have chosen the proposal; not for EOTAS packages.
    """
    if any(_within(limit, weeks, sessions_per_week) for limit in limits):
        return []
    return [
        Reason(
            code=limit.id, message=f"Proposed, not law: {limit.sentence}", source=limit.source, warning=True
        )
        for limit in limits
    ]


def _within(limit: ProposedLimit, weeks: float, sessions_per_week: int) -> bool:
    return (limit.weeks_at_most is None or weeks <= limit.weeks_at_most) and (
        limit.sessions_a_week_at_most is None or sessions_per_week <= limit.sessions_a_week_at_most
    )

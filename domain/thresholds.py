"""Numbers that change what is lawful or wise: hours, sessions, weeks and pounds, with dates and sources."""

from __future__ import annotations

from dataclasses import dataclass

from domain.confidence import Mark
from domain.procurement import (
    PROCUREMENT_THRESHOLDS,
    ProcurementThreshold,
    competition_is_required,
    procurement_threshold,
)
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
    "PROPOSED_LIMITS",
    "REGISTRATION_RULES",
    "SESSIONS_A_DAY",
    "WEEKLY_SESSIONS_AT_MOST",
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
    "proposed_limits_passed",
    "registration_rule_on",
]

SESSIONS_A_DAY = 2
"""Morning and afternoon (SI 2024/208 [S])."""

WEEKLY_SESSIONS_AT_MOST = 10
"""Five school days of two sessions (SI 2024/208 [S]), over school and all placements together: no child is in two places at once."""


@dataclass(frozen=True, slots=True)
class ProposedLimit:
    """A limit that government means to make. It warns, and only where an organisation chooses it."""

    id: str
    sentence: str
    weeks_at_most: int | None
    sessions_a_week_at_most: int | None
    source: str = "Government proposal on non-school alternative provision, 2025: not law"
    mark: Mark = Mark.SECONDARY
    on_by_default: bool = False


PROPOSED_LIMITS = (
    ProposedLimit(
        id="intensive_placement_at_most_12_weeks",
        sentence="An intensive placement outside school lasts at most 12 weeks.",
        weeks_at_most=12,
        sessions_a_week_at_most=None,
    ),
    ProposedLimit(
        id="part_time_placement_at_most_4_sessions",
        sentence="A part-time placement outside school takes at most 2 days, or 4 sessions, a week.",
        weeks_at_most=None,
        sessions_a_week_at_most=4,
    ),
)
"""Two shapes, of which one suffices: short and intensive, or long and part-time. EOTAS is apart."""


def proposed_limits_passed(weeks: float, sessions_per_week: int) -> list[Reason]:
    """Warnings where a placement fits neither proposed shape: over 12 weeks, and over 4 sessions a week.

    For organisations that have chosen the proposal; not for EOTAS packages.
    """
    if any(_within(limit, weeks, sessions_per_week) for limit in PROPOSED_LIMITS):
        return []
    return [
        Reason(
            code=limit.id, message=f"Proposed, not law: {limit.sentence}", source=limit.source, warning=True
        )
        for limit in PROPOSED_LIMITS
    ]


def _within(limit: ProposedLimit, weeks: float, sessions_per_week: int) -> bool:
    return (limit.weeks_at_most is None or weeks <= limit.weeks_at_most) and (
        limit.sessions_a_week_at_most is None or sessions_per_week <= limit.sessions_a_week_at_most
    )

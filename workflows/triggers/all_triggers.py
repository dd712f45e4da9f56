"""Every trigger there is, in the order in which they are weighed for one cause."""

from __future__ import annotations

from domain.events import stored_name
from workflows.triggers import (
    of_absence,
    of_breakdown,
    of_delivered_hours,
    of_duties,
    of_low_attendance,
    of_providers,
    of_silence,
)
from workflows.triggers.trigger import Trigger

ALL: tuple[Trigger, ...] = (
    of_absence.an_unexplained_absence_is_told_the_same_day,
    of_absence.the_social_worker_hears_of_an_unexplained_absence,
    of_absence.unexplained_absences_open_a_concern,
    of_low_attendance.low_attendance_opens_a_review,
    of_delivered_hours.hours_below_contract_open_a_concern,
    of_silence.a_day_that_nobody_reported_is_asked_of_the_provider,
    of_silence.a_provider_that_stays_silent_is_told_to_the_commissioner,
    of_breakdown.a_safeguarding_concern_is_told_at_once,
    of_breakdown.a_breakdown_is_told,
    of_breakdown.a_day_without_education_has_an_owner,
    of_breakdown.no_education_after_a_breakdown_is_taken_higher,
    of_breakdown.breakdown_of_a_child_with_a_plan_asks_for_an_early_review,
    of_breakdown.breakdown_of_a_looked_after_child_is_told,
    of_breakdown.a_withdrawal_starts_contingency,
    of_providers.a_failing_provider_puts_its_placements_at_risk,
    of_providers.a_placement_at_risk_is_told,
    of_providers.a_change_at_the_provider_is_told,
    of_duties.a_missed_review_is_taken_to_the_named_officer,
    of_duties.a_review_still_missed_is_taken_to_the_manager,
    of_duties.a_missed_duty_is_told_to_who_owes_it,
    of_duties.a_duty_is_told_before_its_day,
    of_duties.a_missed_sixth_day_is_taken_to_a_senior_officer,
)
TRIGGERS: dict[str, Trigger] = {trigger.name: trigger for trigger in ALL}
"""By name."""


def topics_of(triggers: tuple[Trigger, ...] = ALL) -> list[str]:
    """The stored names of the events that any of them watches."""
    return sorted({stored_name(kind) for trigger in triggers for kind in trigger.watches})

"""Every way in which duties are counted, and all duties of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.duties import (
    of_absence,
    of_agreed_days,
    of_breakdowns,
    of_care,
    of_directions,
    of_exclusions,
    of_hours,
    of_organisations,
    of_plans,
    of_providers,
    of_reporting,
    of_reviews,
    of_school_rolls,
    of_telling,
    of_ways_out,
)
from domain.duties.child_file import ChildFile
from domain.duties.duty import Duty
from domain.duties.organisation_file import OrganisationFile
from domain.duties.provider_file import ProviderFile
from domain.duties.way import Way, counts
from domain.organisation_events import CalendarSet
from domain.placement_events import Started


@counts("T46", started_by=(Started,), completed_by=(CalendarSet,))
def a_calendar_covers_the_days(file: ChildFile) -> Iterator[Duty]:
    """Where school days or half-terms were to be counted and no calendar covers them: nothing is dropped silently.

    It is there as long as it is so; a calendar that covers the days makes it disappear, now and as at no earlier moment.
    """
    lives = {life.record.id: life.record for life in file.placements}
    for subject, (day, known) in sorted(file.uncovered.items()):
        placement = lives.get(subject)
        lapsed = placement.ended_on if placement is not None else None
        yield from file.owed("T46", day, known, placement=placement, due=day, lapsed=lapsed)


OF_CHILDREN: tuple[Way[ChildFile], ...] = (
    of_exclusions.education_from_the_sixth_day,
    of_exclusions.those_who_must_know_are_told,
    of_exclusions.the_governors_meet,
    of_exclusions.suspensions_stay_within_the_cap,
    of_school_rolls.education_is_arranged,
    of_school_rolls.a_long_illness_is_reported,
    of_school_rolls.a_new_pupil_is_reported,
    of_school_rolls.a_deletion_is_reported,
    of_school_rolls.a_looked_after_child_has_a_school,
    of_school_rolls.the_protection_file_follows,
    of_absence.long_absence_is_reported,
    of_absence.absence_is_told_the_same_day,
    of_absence.the_parent_of_an_absent_child_is_contacted,
    of_absence.the_social_worker_of_an_absent_child_is_told,
    of_absence.the_right_code_is_entered,
    of_reporting.each_day_is_reported,
    of_directions.notice_is_served,
    of_directions.a_review_that_was_asked_for_is_held,
    of_directions.they_are_invited_in_time,
    of_directions.the_outcome_is_notified,
    of_reviews.a_review_is_held_in_each_half_term,
    of_reviews.a_new_placement_is_reviewed_early,
    of_reviews.a_safeguarding_concern_is_reviewed_at_once,
    of_reviews.a_review_is_held_on_the_day_fixed,
    of_breakdowns.other_education_is_in_place,
    of_telling.the_authority_is_told_of_a_schools_placement,
    of_telling.a_change_is_told,
    of_hours.a_part_time_timetable_has_an_end,
    of_ways_out.the_way_out_is_planned,
    of_agreed_days.a_concern_is_looked_at_again,
    of_agreed_days.progress_is_reported,
    of_agreed_days.risk_is_assessed_again,
    of_agreed_days.an_override_comes_to_its_end,
    of_plans.the_plan_is_reviewed_each_year,
    of_plans.what_follows_the_meeting,
    of_plans.the_parent_has_time_to_answer,
    of_plans.the_plan_is_amended_before_a_transfer,
    of_plans.a_breakdown_brings_an_early_review,
    of_care.the_first_pep_meeting_is_held,
    of_care.the_pep_is_reviewed_each_term,
    # The last, because the others say what no calendar covers.
    a_calendar_covers_the_days,
)
OF_PROVIDERS: tuple[Way[ProviderFile], ...] = (
    of_providers.checks_are_seen_again,
    of_providers.the_provider_assesses_itself_each_year,
    of_providers.an_agreement_does_not_run_out,
)
OF_ORGANISATIONS: tuple[Way[OrganisationFile], ...] = (
    of_organisations.needs_are_audited_each_year,
    of_organisations.those_who_ask_are_answered,
)

NOT_COUNTED: dict[str, str] = {
    "T14_pause": "No duty: a time in which a review need not be held. T14 is counted with it.",
    "T18": "A right and no duty: an agreement may be ended at once, and nobody fails who does not.",
}
"""Rules that no duty is made of, and why."""

_ALL: tuple[Way[Any], ...] = (*OF_CHILDREN, *OF_PROVIDERS, *OF_ORGANISATIONS)
WAYS: dict[str, Way[Any]] = {rule: way for way in _ALL for rule in way.rules}
"""The way in which each rule is counted."""


def duties_of_child(file: ChildFile) -> list[Duty]:
    """All duties on a child's file, past and to come."""
    return _once(duty for way in OF_CHILDREN for duty in way.duties(file))


def duties_of_provider(file: ProviderFile) -> list[Duty]:
    """All duties on a provider's file."""
    return _once(duty for way in OF_PROVIDERS for duty in way.duties(file))


def duties_of_organisation(file: OrganisationFile) -> list[Duty]:
    """All duties on an organisation's own file."""
    return _once(duty for way in OF_ORGANISATIONS for duty in way.duties(file))


def _once(duties: Iterator[Duty]) -> list[Duty]:
    """The same rule, subject and anchor are one duty, however often they were written down: the first stands."""
    found: dict[object, Duty] = {}
    for duty in duties:
        found.setdefault(duty.id, duty)
    return list(found.values())

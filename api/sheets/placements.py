"""Placements, and children who are taught nowhere, as spreadsheets."""

from __future__ import annotations

from datetime import date

from api.sheets.sheet import Sheet, coded, column, label, reference, whole_name
from domain.stages import Stage
from projections.caseload import CaseloadRow
from projections.without_education import WithoutEducationRow


def _open_review(on: date | None, stage: Stage) -> date | None:
    """The day by which the next review has to be; none where the placement is over."""
    return None if stage is Stage.EXIT else on


def _provider(name: str | None) -> str:
    return name or "Not chosen yet"


PLACEMENTS = Sheet(
    CaseloadRow,
    (
        column("Child", "given_names", "family_name", say=whole_name),
        column("School year", "year_group"),
        coded("Stage", "stage"),
        column("Provider", "provider_name", say=_provider),
        column("Commissioner", "commissioner_name"),
        column("Home school", "home_school_name"),
        coded("Legal route", "route"),
        coded("Reason", "reason"),
        column("In care", "looked_after"),
        column("EHC plan", "ehc_plan"),
        column("Referred on", "referred_on"),
        column("First day as agreed or proposed", "starts_on"),
        column("Started on", "started_on"),
        column("Latest end", "ends_by"),
        column("Review by", "next_review_on", "stage", say=_open_review),
        column("Ended on", "ended_on"),
        coded("How it ended", "outcome"),
        column("Hours a week", "hours_per_week"),
        column("Sessions a week", "sessions_per_week"),
        column("Safeguarding concern open", "safeguarding_open"),
        column("After the breakdown the child is at", "tomorrow_where", say=label),
        column("There since", "tomorrow_since"),
        column("Rule set aside until", "override_until"),
        coded("Waits for a decision on", "awaits"),
        column("Last written down (UK time)", "recorded_at"),
        reference("placement_id"),
    ),
)
WITHOUT_EDUCATION = Sheet(
    WithoutEducationRow,
    (
        column("Child", "given_names", "family_name", say=whole_name),
        column("Without education since", "since"),
        column("School days", "days"),
        column("School days of all times together", "days_in_all"),
        column("Who answers for today", "owner"),
        column("Commissioner", "commissioner_name"),
        reference("placement_id"),
    ),
)

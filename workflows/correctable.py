"""What a correction must leave alone, and whether what it says can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from typing import Any

from domain.days_in_words import in_words
from domain.events import Event, stored_name
from domain.happened import days_to_come
from domain.organisation import Organisation
from domain.provider import Provider
from domain.reasons import Invalid, Reason
from domain.record import Record
from workflows.case import Case
from workflows.days_in_order import out_of_order
from workflows.not_too_early import earliest_day, too_early

HELD_ELSEWHERE: dict[str, tuple[str, ...]] = {
    "placement.referred": ("child_id", "commissioner_id", "home_school_id", "succeeds"),
    "placement.individual_agreement_made": ("agreement",),
    "placement.plan_written": ("plan",),
    "placement.risk_assessed": ("assessment",),
    "placement.risk_accepted": ("prepared_by",),
    "placement.provider_turned_down": ("provider_id",),
    "placement.agreement_chosen": ("agreement_id",),
    "placement.home_school_changed": ("home_school_id",),
    "placement.started": ("first_review_on",),
    "placement.continued": ("next_review_on", "ends_by"),
    "placement.recovered": ("next_review_on",),
    "placement.hours_altered": ("hours",),
    "placement.replaced": ("successor_id",),
    "placement.carried_over": ("predecessor_id",),
    "placement.put_at_risk": ("provider_id",),
    "placement.override_requested": ("rules", "until"),
    "placement.override_approved": ("rules", "until", "request", "requested_by", "self_approved"),
    "placement.override_declined": ("request",),
    "child.excluded": ("education_due_on", "clock"),
    "child.school_sessions_set": ("sessions_per_week",),
    "child.week_taken": ("placement_id", "provider_id", "sessions_per_week", "hours_per_week"),
    "child.week_freed": ("placement_id",),
    "child.early_review_asked": ("placement_id",),
    "child.rectification_requested": ("record_id", "version", "fields"),
    "provider.offer_published": ("offer",),
}
"""Facts that others have agreed to or that other records stand on. They are changed by a command of their own, which asks anew."""

HELD_INSIDE: dict[str, tuple[str, ...]] = {
    "placement.provider_proposed": (
        "proposal.provider_id",
        "proposal.sessions_per_week",
        "proposal.hours_per_week",
    ),
    "placement.plan_agreed": ("agreed.party",),
    "placement.individual_agreement_signed": ("signature.party",),
    "placement.escalated": ("escalation.duty_id",),
}
"""The same for parts of a fact, of which the rest can be corrected."""

NAMED: dict[str, dict[str, type[Record]]] = {
    "placement.broken_down": {"tomorrow.interim_provider_id": Provider},
    "placement.safeguarding_concern_reported": {"tomorrow.interim_provider_id": Provider},
    "placement.tomorrow_answered": {"tomorrow.interim_provider_id": Provider},
    "child.registered": {"authority_id": Organisation},
    "child.roll_changed": {"school_id": Organisation},
    "child.session_counts_recorded": {"school_id": Organisation},
    "child.protection_file_sent": {"file.to_school_id": Organisation},
}
"""Other records that a correction may name instead, if they are there. Every other record that an event names is held."""


def require_sense(case: Case, wrong: Event, right: Event, fields: Iterable[str]) -> None:
    """Raises Invalid where a correction would change what others stand on, or say that something happened on a day to come.

    It raises it, too, where a correction names a record that is not there.
    """
    found = []
    for path in HELD_INSIDE.get(stored_name(type(wrong)), ()):
        if _at(wrong, path) != _at(right, path):
            message = f"Others have agreed to '{path}', or other records stand on it. Use the command that changes it."
            found.append(Reason(code="held_elsewhere", message=message, field=f"changes.{path}"))
    for path, kind in NAMED.get(stored_name(type(wrong)), {}).items():
        other = _at(right, path)
        if other is not None and other != _at(wrong, path):
            case.named(kind, other, f"changes.{path}")
    for field in fields:
        found += _days_ahead(case, wrong, right, field)
        found += _days_too_early(case, getattr(right, field), f"changes.{field}")
    were_so = [*out_of_order(wrong, "changes.")]
    found += [reason for reason in out_of_order(right, "changes.") if reason not in were_so]
    if found:
        raise Invalid(found)


def _days_ahead(case: Case, wrong: Event, right: Event, field: str) -> list[Reason]:
    value, before = getattr(right, field), getattr(wrong, field)
    if not isinstance(value, date):
        return [_ahead(case, f"changes.{field}.{path}") for path in days_to_come(value, case.today)]
    start = stored_name(type(wrong)) == "placement.started"
    latest = case.today + timedelta(days=case.parameters.of("start_days_ahead") if start else 0)
    # What was planned ahead when it was written down may go on being planned for that day.
    if value > latest and not (isinstance(before, date) and value <= before):
        return [_ahead(case, f"changes.{field}")]
    return []


def _days_too_early(case: Case, value: Any, field: str) -> list[Reason]:
    if not isinstance(value, date):
        return list(too_early(value, case, f"{field}."))
    first, message = earliest_day(case)
    return [Reason(code="too_early", message=message, field=field)] if value < first else []


def _ahead(case: Case, field: str) -> Reason:
    message = (
        f"This is a day on which something happened, so it cannot be after today, {in_words(case.today)}."
    )
    return Reason(code="in_the_future", message=message, field=field)


def _at(thing: Any, path: str) -> Any:
    """What stands there; none where a part of the way is left out."""
    return reduce(lambda part, name: getattr(part, name, None), path.split("."), thing)

"""What each relation to a record does not see of it. One table; everything else is seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.people import Asker, Role

NOT_SEEN: dict[str, tuple[str, ...]] = {
    # What was said and weighed before the place was agreed, the child's other places, and what others charge.
    "provider": (
        "passport.safeguarding",
        "safeguarding",
        "consultations",
        "meeting",
        "contacts",
        "suitability.alternatives",
        "suitability.value_for_money",
        "overrides",
        "tomorrow",
        "without_education",
        "at_risk",
        "predecessor_id",
        "successor_id",
        "derived.weekly_sessions",
        "value_for_money",
        "tender",
        "identifiers",
        "exclusions",
        "roll",
        "school_sessions",
        "week",
    ),
    # A school that does not pay need not know the price.
    "home_school": ("commission.price_per_week", "agreement.price"),
    # Those who keep accounts, registers and statistics.
    "back_office": ("passport.safeguarding", "safeguarding", "contacts"),
    # Another provider: what a competitor may know.
    "another_provider": (
        "offer.price_per_session",
        "contacts",
        "checks",
        "visits",
        "suspended",
        "removed",
        "registrations",
    ),
    # People of any other organisation.
    "outsider": ("grants", "warnings", "inspection_notices", "complaints"),
}
NOT_SEEN_IN_LISTS: dict[str, tuple[str, ...]] = {
    "placements": (
        "safeguarding_open",
        "override_until",
        "tomorrow_where",
        "tomorrow_since",
        "predecessor_id",
        "successor_id",
        "awaits",
    ),
    "children": (
        "identifiers",
        "roll",
        "roll_school_ids",
        "school_sessions",
        "weekly_sessions",
        "social_worker_plan",
        "awaits",
    ),
    "agreements": ("tender_reference", "value_judged"),
}
"""Columns of lists that a provider's people do not see, by list."""
TOLD_BY: dict[str, tuple[str, ...]] = {
    "passport.safeguarding": ("placement.passport_updated",),
    "safeguarding": (
        "placement.safeguarding_concern_reported",
        "placement.safeguarding_resolved",
        "placement.broken_down",
        "placement.recovered",
    ),
    "contacts": ("placement.contact_logged",),
    "commission.price_per_week": ("placement.individual_agreement_made",),
}
"""Stored events that say in full what stands at a path: who does not see the one reads that the other happened."""
BACK_OFFICE = frozenset({Role.ADMINISTRATOR, Role.DATA_OFFICER, Role.ATTENDANCE_OFFICER})


def unseen(asker: Asker, relations: Iterable[str]) -> frozenset[str]:
    """The paths that stay hidden: those that no relation of the asker opens, and those that their work does not need."""
    by_relation = [frozenset(NOT_SEEN.get(relation, ())) for relation in relations]
    hidden = frozenset.intersection(*by_relation) if by_relation else frozenset()
    if asker.roles and asker.roles <= BACK_OFFICE:
        hidden |= frozenset(NOT_SEEN["back_office"])
    return hidden


def withheld_events(hidden: Iterable[str]) -> frozenset[str]:
    """Stored names of the events that cannot be read in full by someone from whom these paths are hidden."""
    return frozenset(name for path in hidden for name in TOLD_BY.get(path, ()))


def without(fields: dict[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """The fields without those paths. It changes what it is given."""
    for path in paths:
        *way, last = path.split(".")
        place: Any = fields
        for step in way:
            place = place.get(step) if isinstance(place, dict) else None
        if isinstance(place, dict):
            place.pop(last, None)
    return fields

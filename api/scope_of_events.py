"""Which events a person hears of: those of records in their scope, and of these only what they may see there."""

from __future__ import annotations

from collections.abc import Sequence

from api.desk import Desk
from domain.events import Event
from domain.people import Asker
from domain.record import EVENT_KINDS
from history.reading import Stored
from workflows.permissions import scope_of

FOLLOWED = tuple(sorted(name for name in EVENT_KINDS if name.split(".")[0] not in ("access", "places")))
"""Kinds of events that can be heard of. Refusals and the count of places over all commissioners are nobody's but ours."""

NOT_FOR_PROVIDERS = frozenset(
    {
        "agreement.tender_recorded",
        "agreement.value_judged",
        "placement.consultation_recorded",
        "placement.contact_logged",
        "placement.override_approved",
        "placement.override_declined",
        "placement.override_requested",
        "placement.professionals_met",
        "placement.provider_turned_down",
        "placement.replaced",
        "placement.safeguarding_concern_reported",
        "placement.safeguarding_resolved",
        "placement.suitability_assessed",
        "placement.tomorrow_answered",
    }
)
"""That it happened tells what a provider's people do not see in the record; their own organisation's doings they know."""


def in_scope(desk: Desk, asker: Asker, page: Sequence[Stored]) -> list[Stored]:
    """Those of the events that the asker hears of."""
    heard = [stored for stored in page if may_hear(asker, stored.topic, stored.event)]
    ids = {stored.event.originator_id for stored in heard}
    known = desk.read_models.knowing.of(scope_of(asker), ids)
    return [stored for stored in heard if stored.event.originator_id in known]


def may_hear(asker: Asker, topic: str, event: Event) -> bool:
    """Whether this kind of event is for people like the asker, given that they may know of the record."""
    if asker.provider_id is None or is_own(asker, event):
        return True
    return topic not in NOT_FOR_PROVIDERS and not topic.startswith(("child.", "record."))


def is_own(asker: Asker, event: Event) -> bool:
    """Whether someone of the asker's own organisation decided it."""
    by = event.decision.by.organisation_id
    return by is not None and by == asker.organisation_id

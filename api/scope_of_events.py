"""Which events a person hears of: those of records in their scope, and of these only what they may see there."""

from __future__ import annotations

from collections.abc import Sequence

from api.desk import Desk
from domain.events import Event, stored_name
from domain.people import Asker
from domain.placement_events import ProviderProposed
from domain.record import EVENT_KINDS
from history.reading import Stored
from projections.audience import PROVIDER_SEES
from workflows.who_reads import scope_of

FOLLOWED = tuple(
    sorted(name for name in EVENT_KINDS if name.split(".")[0] not in ("access", "looks", "places", "reach"))
)
"""Kinds of events that can be heard of. Refusals, looks and the count of places over all commissioners are nobody's but ours."""

NOT_IN_THEIR_FEED = frozenset(
    {
        "placement.provider_turned_down",
        "placement.replaced",
        "placement.safeguarding_concern_reported",
        "placement.safeguarding_resolved",
        "placement.tomorrow_answered",
        "agreement.tender_recorded",
        "agreement.value_judged",
    }
)
"""Of some events a provider may see a part in the story of a placement; that they happened is not announced to it."""
THEIR_FEED = (
    {stored_name(kind) for kind in PROVIDER_SEES}
    | {name for name in EVENT_KINDS if name.split(".")[0] in ("provider", "agreement", "organisation")}
) - NOT_IN_THEIR_FEED


def in_scope(desk: Desk, asker: Asker, page: Sequence[Stored]) -> list[Stored]:
    """Those of the events that the asker hears of."""
    heard = [stored for stored in page if may_hear(asker, stored.event)]
    ids = {stored.event.originator_id for stored in heard}
    known = desk.read_models.knowing.of(scope_of(asker), ids)
    return [stored for stored in heard if stored.event.originator_id in known]


def may_hear(asker: Asker, event: Event) -> bool:
    """Whether this kind of event is for people like the asker, given that they may know of the record."""
    if asker.provider_id is None or is_own(asker, event):
        return True
    if isinstance(event, ProviderProposed):
        return event.proposal.provider_id == asker.provider_id
    return stored_name(type(event)) in THEIR_FEED


def is_own(asker: Asker, event: Event) -> bool:
    """Whether someone of the asker's own organisation decided it."""
    by = event.decision.by.organisation_id
    return by is not None and by == asker.organisation_id

"""Which entries are asked for, and who asks."""

from __future__ import annotations

from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from domain.people import Scope
from projections.asking import scope_parameters
from projections.late_recording.counts import EVERYBODY


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries are asked for. What is left out matches everything."""

    organisation_id: UUID | None = None
    provider_id: UUID | None = None
    role: str | None = None
    event: str | None = None
    person_id: str | None = None
    recorded_from: date | None = None
    recorded_to: date | None = None
    after_an_incident: bool = False
    days_at_least: int = 0


def audience_of(scope: Scope) -> UUID | None:
    """Under whom the sums are kept of what may be told; nobody's, where nothing may be.

    Raises ValueError for several organisations: people ask for the one for which they act.
    """
    if scope.everything:
        return EVERYBODY
    if len(scope.organisations) > 1:
        raise ValueError(
            "the sums of several organisations cannot be added: they may know of the same entries"
        )
    return next(iter(scope.organisations), None)


def told(alias: LiteralString) -> LiteralString:
    """Whether the entry may be told to who asks. One that belongs to no record in any list is told to nobody."""
    return f" ({alias}.audiences IS NOT NULL AND (%(everything)s OR {alias}.audiences && %(organisations)s::uuid[])) "


OF_WHOM: LiteralString = """
    (%(organisation_id)s::uuid IS NULL OR organisation_id = %(organisation_id)s)
    AND (%(provider_id)s::uuid IS NULL OR provider_id = %(provider_id)s)
    AND (%(role)s::text IS NULL OR %(role)s = ANY(roles))
    AND (%(event)s::text IS NULL OR event = %(event)s)
"""
FITS: LiteralString = (
    OF_WHOM
    + """
    AND (%(person_id)s::text IS NULL OR person_id = %(person_id)s)
    AND (%(recorded_from)s::date IS NULL OR recorded_on >= %(recorded_from)s)
    AND (%(recorded_to)s::date IS NULL OR recorded_on <= %(recorded_to)s)
"""
)
"""Whether an entry is one of those that are asked for, late or not."""


def asked(scope: Scope, wanted: Wanted) -> dict[str, Any]:
    """The question as statements take it."""
    return scope_parameters(scope) | msgspec.structs.asdict(wanted)

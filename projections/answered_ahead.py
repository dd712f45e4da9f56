"""What was answered about children whose placement broke down, and holds from a day to come: no education, or where it goes on."""

from __future__ import annotations

from datetime import date
from typing import Literal, LiteralString
from uuid import UUID

import msgspec

from domain.people import Scope
from projections.asking import PLACEMENT_IN_SCOPE, Asking, scope_parameters

AHEAD: LiteralString = (
    """
    SELECT p.child_id, c.given_names, c.family_name, p.placement_id, p.tomorrow_where AS answer, p.tomorrow_since AS from_on
    FROM caseload p LEFT JOIN children c ON c.child_id = p.child_id
    WHERE p.stage = 'breakdown' AND p.tomorrow_since > %(on)s AND """
    + PLACEMENT_IN_SCOPE
    + " ORDER BY p.tomorrow_since, p.placement_id LIMIT 200"
)


class AnsweredAhead(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to a breakdown that begins after the day asked about."""

    child_id: UUID
    given_names: str | None
    family_name: str | None
    placement_id: UUID
    answer: Literal["home_school", "interim_provision", "no_education"]
    from_on: date


def answered_ahead(asking: Asking, scope: Scope, on: date) -> list[AnsweredAhead]:
    """The nearest first. A provider's people see none. Raises Unavailable."""
    if scope.provider_id is not None:
        return []
    return asking.rows(AnsweredAhead, AHEAD, scope_parameters(scope) | {"on": on})

"""Records in which somebody prepared a decision that another person has to take."""

from __future__ import annotations

from typing import LiteralString
from uuid import UUID

import msgspec

from domain.people import Scope
from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE, Asking, scope_parameters

WAITING: LiteralString = (
    """
    SELECT p.placement_id AS record_id, p.child_id, p.given_names, p.family_name, p.awaits
    FROM caseload p WHERE p.awaits <> '{}' AND p.child_id IS NOT NULL AND """
    + PLACEMENT_IN_SCOPE
    + """
    UNION ALL
    SELECT c.child_id, c.child_id, c.given_names, c.family_name, c.awaits
    FROM children c WHERE c.awaits <> '{}' AND """
    + CHILD_IN_SCOPE
    + "LIMIT %(limit)s"
)
MOST = 500


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A record with what waits in it; whether for this person, the record itself has to be asked."""

    record_id: UUID
    child_id: UUID
    given_names: str
    family_name: str
    awaits: tuple[str, ...]


class Awaiting:
    """Decisions that wait, among the records that a person may know of."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def of(self, scope: Scope) -> list[Waiting]:
        """Those in scope. A provider's people decide none of them. Raises Unavailable."""
        if scope.provider_id is not None:
            return []
        return self._asking.rows(Waiting, WAITING, {"limit": MOST} | scope_parameters(scope))

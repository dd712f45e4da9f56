"""Which of some records a person may know of: asked by whoever passes on what was not found by a list."""

from __future__ import annotations

from collections.abc import Collection
from typing import LiteralString
from uuid import UUID

from domain.people import Scope
from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE, Asking, scope_parameters

KNOWN: LiteralString = (
    "SELECT p.placement_id AS id FROM caseload p WHERE p.placement_id = ANY(%(ids)s) AND"
    + PLACEMENT_IN_SCOPE
    + """
    UNION ALL
    SELECT r.register_id FROM attendance_totals r JOIN caseload p USING (placement_id)
    WHERE r.register_id = ANY(%(ids)s) AND"""
    + PLACEMENT_IN_SCOPE
    + "UNION ALL SELECT c.child_id FROM children c WHERE c.child_id = ANY(%(ids)s) AND"
    + CHILD_IN_SCOPE
    + """
    UNION ALL
    SELECT a.agreement_id FROM agreements a WHERE a.agreement_id = ANY(%(ids)s) AND (
        %(everything)s OR a.commissioner_id = ANY(%(organisations)s) OR a.provider_id = %(provider)s
    )
    UNION ALL
    SELECT d.provider_id FROM directory d WHERE d.provider_id = ANY(%(ids)s) AND (
        %(everything)s OR cardinality(%(organisations)s::uuid[]) > 0 OR d.provider_id = %(provider)s
    )
    UNION ALL
    SELECT o.organisation_id FROM organisations o WHERE o.organisation_id = ANY(%(ids)s) AND (
        %(everything)s OR o.organisation_id = ANY(%(organisations)s) OR o.provider_id = %(provider)s
    )
"""
)

OF_CHILD: LiteralString = """
    SELECT p.placement_id AS id FROM caseload p WHERE p.child_id = %(child)s
    UNION ALL
    SELECT r.register_id FROM attendance_totals r JOIN caseload p USING (placement_id) WHERE p.child_id = %(child)s
"""


class Knowing:
    """Placements, their registers, children, contracts, providers, and one's own organisation."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def of(self, scope: Scope, ids: Collection[UUID]) -> frozenset[UUID]:
        """Those of the records that a person may know of. Raises Unavailable."""
        if not ids:
            return frozenset()
        asked = {"ids": list(ids)} | scope_parameters(scope)
        return frozenset(row["id"] for row in self._asking.plain_rows(KNOWN, asked))

    def records_of(self, child_id: UUID) -> frozenset[UUID]:
        """The child's own record, their placements and the registers of those: whoever asks may know of the child. Raises Unavailable."""
        found = self._asking.plain_rows(OF_CHILD, {"child": child_id})
        return frozenset({child_id, *(row["id"] for row in found)})

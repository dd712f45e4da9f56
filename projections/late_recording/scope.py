"""The records that a report of late recording looks at: those that the asker may know of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

import msgspec

from domain.people import Scope
from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE, Asking, scope_parameters


class Stream(msgspec.Struct, frozen=True, kw_only=True):
    """A record, and to which child, placement, provider and organisation what happens to it belongs."""

    id: UUID
    kind: str
    placement_id: UUID | None
    child_id: UUID | None
    provider_id: UUID | None
    organisation_id: UUID | None
    """The commissioner of a placement or contract; a child's authority; an organisation itself."""


RECORDS: LiteralString = (
    """
    SELECT p.placement_id AS id, 'placement' AS kind, p.placement_id, p.child_id, p.provider_id,
        p.commissioner_id AS organisation_id
    FROM caseload p WHERE """
    + PLACEMENT_IN_SCOPE
    + """
    UNION ALL
    SELECT r.register_id, 'attendance', p.placement_id, p.child_id, p.provider_id, p.commissioner_id
    FROM attendance_totals r JOIN caseload p USING (placement_id) WHERE """
    + PLACEMENT_IN_SCOPE
    + """
    UNION ALL
    SELECT c.child_id, 'child', NULL, c.child_id, NULL, c.authority_id FROM children c WHERE """
    + CHILD_IN_SCOPE
    + """
    UNION ALL
    SELECT d.provider_id, 'provider', NULL, NULL, d.provider_id, NULL FROM directory d
    WHERE %(everything)s OR cardinality(%(organisations)s::uuid[]) > 0
    UNION ALL
    SELECT a.agreement_id, 'agreement', NULL, NULL, a.provider_id, a.commissioner_id FROM agreements a
    WHERE %(everything)s OR a.commissioner_id = ANY(%(organisations)s)
    UNION ALL
    SELECT o.organisation_id, 'organisation', NULL, NULL, NULL, o.organisation_id FROM organisations o
    WHERE %(everything)s OR o.organisation_id = ANY(%(organisations)s)
"""
)


def streams_in(asking: Asking, scope: Scope) -> Sequence[Stream]:
    """The records in a scope. Raises Unavailable."""
    return asking.rows(Stream, RECORDS, scope_parameters(scope))

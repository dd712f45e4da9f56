"""Whose an entry is: to which child, placement, provider and organisation its record belongs, and which organisations may know of it."""

from __future__ import annotations

from typing import LiteralString

# What changes at a placement or of a child concerns that child's whole file.
NOW: LiteralString = """
    files AS MATERIALIZED (
        SELECT unnest(%(ids)s::uuid[]) AS child_id
        UNION SELECT child_id FROM caseload WHERE placement_id = ANY(%(ids)s)
        UNION SELECT child_id FROM attendance_totals WHERE register_id = ANY(%(ids)s)
        UNION SELECT child_id FROM entries WHERE record_id = ANY(%(ids)s) AND version = 1
    ), placements AS MATERIALIZED (
        SELECT placement_id, child_id, provider_id, commissioner_id, ARRAY[commissioner_id, authority_id, home_school_id] AS parties
        FROM caseload WHERE placement_id = ANY(%(ids)s) OR child_id IN (SELECT child_id FROM files)
    ), belonging AS (
        SELECT placement_id AS record_id, placement_id, child_id, provider_id, commissioner_id AS owner_id, parties
        FROM placements
        UNION ALL
        SELECT r.register_id, p.placement_id, p.child_id, p.provider_id, p.commissioner_id, p.parties
        FROM attendance_totals r JOIN placements p USING (placement_id)
        UNION ALL
        SELECT c.child_id, NULL, c.child_id, NULL, c.authority_id, c.authority_id || c.roll_school_ids
            || ARRAY(SELECT unnest(p.parties) FROM placements p WHERE p.child_id = c.child_id)
        FROM children c WHERE c.child_id IN (SELECT child_id FROM files)
        UNION ALL
        SELECT provider_id, NULL, NULL, provider_id, NULL, NULL FROM directory WHERE provider_id = ANY(%(ids)s)
        UNION ALL
        SELECT agreement_id, NULL, NULL, provider_id, commissioner_id, ARRAY[commissioner_id]
        FROM agreements WHERE agreement_id = ANY(%(ids)s)
        UNION ALL
        SELECT organisation_id, NULL, NULL, NULL, organisation_id, ARRAY[organisation_id]
        FROM organisations WHERE organisation_id = ANY(%(ids)s)
    ), now AS MATERIALIZED (
        SELECT b.record_id, b.placement_id, b.child_id, b.provider_id, b.owner_id, CASE WHEN b.parties IS NOT NULL THEN
            ARRAY(SELECT DISTINCT party FROM unnest(b.parties) AS party WHERE party IS NOT NULL ORDER BY party) END AS audiences
        FROM belonging b
    )
"""
"""Whose the entries of records `ids` are, and those of whatever else lies on the same files.

A provider's record is written by many organisations; each is told how its own people wrote.
"""
MOVED: LiteralString = (
    NOW
    + """
    , moved AS MATERIALIZED (
        SELECT e.record_id, e.version, e.position, e.kind, e.late, e.incident, e.duty, e.agreement_id, e.corrects,
            e.organisation_id, e.roles, e.event, e.days_late, e.person_id, e.recorded_on,
            n.placement_id, n.child_id, n.provider_id, n.owner_id, told.audiences,
            e.audiences AS had_audiences, e.provider_id AS had_provider_id
        FROM now n JOIN entries e USING (record_id)
        CROSS JOIN LATERAL (SELECT coalesce(n.audiences, array_remove(ARRAY[e.organisation_id], NULL))) AS told (audiences)
        WHERE ROW(e.placement_id, e.child_id, e.provider_id, e.owner_id, e.audiences)
            IS DISTINCT FROM ROW(n.placement_id, n.child_id, n.provider_id, n.owner_id, told.audiences)
    )
"""
)
"""The entries that are not, or no longer, said to be whose they are: new ones, and those of what changed hands."""
SETTLE: LiteralString = """
    UPDATE entries e SET placement_id = m.placement_id, child_id = m.child_id, provider_id = m.provider_id, owner_id = m.owner_id,
        audiences = m.audiences
    FROM moved m WHERE e.record_id = m.record_id AND e.version = m.version
"""

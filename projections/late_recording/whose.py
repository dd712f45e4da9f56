"""Whose an entry is: to which child, placement, provider and organisation its record belongs, and which organisations may know of it."""

from __future__ import annotations

from typing import LiteralString

# Each record's entries are looked up by an index, however many the database thinks there will be: hence OFFSET 0.
# What changes at a placement or of a child concerns that child's whole file.
NOW: LiteralString = """
    files AS (
        SELECT unnest(%(ids)s::uuid[]) AS child_id
        UNION SELECT child_id FROM caseload WHERE placement_id = ANY(%(ids)s)
        UNION SELECT child_id FROM attendance_totals WHERE register_id = ANY(%(ids)s)
        UNION SELECT child_id FROM entries WHERE record_id = ANY(%(ids)s) AND version = 1
    ), placements AS (
        SELECT placement_id, child_id, provider_id, commissioner_id, ARRAY[commissioner_id, authority_id, home_school_id] AS parties
        FROM files JOIN caseload USING (child_id)
    ), belonging AS (
        SELECT placement_id AS record_id, placement_id, child_id, provider_id, commissioner_id AS owner_id, parties
        FROM placements
        UNION ALL
        SELECT r.register_id, p.placement_id, p.child_id, p.provider_id, p.commissioner_id, p.parties
        FROM attendance_totals r JOIN placements p USING (placement_id)
        UNION ALL
        SELECT c.child_id, NULL, c.child_id, NULL, c.authority_id, c.authority_id || c.roll_school_ids
            || ARRAY(SELECT unnest(p.parties) FROM placements p WHERE p.child_id = c.child_id)
        FROM files JOIN children c USING (child_id)
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
            ARRAY(SELECT DISTINCT party FROM unnest(b.parties) party WHERE party IS NOT NULL ORDER BY party) END AS audiences
        FROM belonging b
    )
"""
"""Whose the entries of records `ids` are, and those of whatever else lies on the same files.

A provider's record is written by many organisations; each is told how its own people wrote.
"""
MOVED: LiteralString = (
    NOW
    + """
    , moved AS (
        SELECT e.*, n.placement_id, n.child_id, n.provider_id, n.owner_id, coalesce(n.audiences, e.writer) AS audiences
        FROM now n CROSS JOIN LATERAL (
            SELECT record_id, version, position, kind, late, incident, duty, agreement_id, corrects, organisation_id, roles, event,
                days_late, person_id, recorded_on, audiences AS had_audiences, provider_id AS had_provider_id,
                ROW(placement_id, child_id, provider_id, owner_id) AS was, array_remove(ARRAY[organisation_id], NULL) AS writer
            FROM entries WHERE entries.record_id = n.record_id OFFSET 0
        ) e
        WHERE e.was IS DISTINCT FROM ROW(n.placement_id, n.child_id, n.provider_id, n.owner_id)
            OR e.had_audiences IS DISTINCT FROM coalesce(n.audiences, e.writer)
    )
"""
)
"""The entries that are not, or no longer, said to be whose they are: new ones, and those of what changed hands."""
SETTLE: LiteralString = """
    UPDATE entries e SET placement_id = m.placement_id, child_id = m.child_id, provider_id = m.provider_id, owner_id = m.owner_id,
        audiences = m.audiences
    FROM moved m WHERE e.record_id = m.record_id AND e.version = m.version
"""

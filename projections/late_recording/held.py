"""Duties that lay in one person's hands in one placement, for each organisation that may know of it."""

from __future__ import annotations

from typing import LiteralString

from domain.record import Record
from projections.late_recording.entries import ENTRIES
from projections.table import Row, Table, no_rows

DUTIES_HELD = Table(
    name="duties_held",
    of=Record,
    row=Row,
    rows=no_rows,
    derived=True,
    several=True,
    key=("audience", "placement_id", "person_id", "organisation_id"),
    record="placement_id",
    leans_on=(*ENTRIES.leans_on, ENTRIES.name),
    create="""
        CREATE TABLE duties_held (
            audience uuid NOT NULL,
            placement_id uuid NOT NULL,
            person_id text COLLATE "C" NOT NULL,
            organisation_id uuid NOT NULL,
            duties text[] NOT NULL,
            held integer NOT NULL,
            since bigint NOT NULL,
            acts bigint[] NOT NULL,
            PRIMARY KEY (audience, placement_id, person_id, organisation_id)
        )
    """,
    indexes="""
        CREATE INDEX ON duties_held (audience, held DESC, since, person_id);
        CREATE INDEX ON duties_held (placement_id)
    """,
)

WHICH: LiteralString = """
    SELECT unnest(%(placements)s::uuid[])
    UNION SELECT record_id FROM entries WHERE agreement_id = ANY(%(agreements)s)
"""
LET_GO: LiteralString = "DELETE FROM duties_held WHERE placement_id IN (" + WHICH + ")"
# What was done about a contract counts in the placements that chose it, for those who may know of both.
HOLD: LiteralString = (
    """
    INSERT INTO duties_held
    WITH which AS MATERIALIZED ("""
    + WHICH
    + """), done AS (
        SELECT e.record_id AS placement_id, e.audiences || %(everybody)s::uuid AS audiences, e.position, e.duty,
            e.person_id, e.organisation_id
        FROM entries e WHERE e.record_id IN (SELECT * FROM which) AND e.duty IS NOT NULL AND e.audiences IS NOT NULL
        UNION ALL
        SELECT chose.placement_id, ARRAY(
                SELECT unnest(chose.audiences) INTERSECT SELECT unnest(a.audiences)
            ) || %(everybody)s::uuid, a.position, a.duty, a.person_id, a.organisation_id
        FROM (
            SELECT DISTINCT record_id AS placement_id, agreement_id, audiences FROM entries
            WHERE record_id IN (SELECT * FROM which) AND agreement_id IS NOT NULL AND audiences IS NOT NULL
        ) AS chose JOIN entries a ON a.record_id = chose.agreement_id
        WHERE a.duty IS NOT NULL AND a.audiences IS NOT NULL
    )
    SELECT audience, placement_id, person_id, coalesce(organisation_id, %(everybody)s), array_agg(DISTINCT duty ORDER BY duty),
        count(DISTINCT duty), min(position), array_agg(position ORDER BY position)
    FROM done CROSS JOIN LATERAL unnest(audiences) AS told (audience)
    GROUP BY 1, 2, 3, 4 HAVING count(DISTINCT duty) > 1
"""
)

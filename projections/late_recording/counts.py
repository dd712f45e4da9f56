"""How many entries there are, by how late they were, added up for each organisation that may know of them.

A report's figures are of all entries, and there are hundreds of thousands. Their sums are few.
"""

from __future__ import annotations

from typing import LiteralString
from uuid import UUID

from domain.record import Record
from projections.late_recording.entries import ENTRIES
from projections.table import Row, Table, no_rows

EVERYBODY = UUID(int=0)
"""Stands for those who may know of everything; and where an entry has no organisation or provider, for that."""

ENTRY_COUNTS = Table(
    name="entry_counts",
    of=Record,
    row=Row,
    rows=no_rows,
    derived=True,
    several=True,
    key=("audience", "part", "organisation_id", "provider_id", "roles", "event", "days_late"),
    record="audience",
    leans_on=(*ENTRIES.leans_on, ENTRIES.name),
    create="""
        CREATE TABLE entry_counts (
            audience uuid NOT NULL,
            part text COLLATE "C" NOT NULL,
            organisation_id uuid NOT NULL,
            provider_id uuid NOT NULL,
            roles text[] NOT NULL,
            event text COLLATE "C" NOT NULL,
            days_late integer NOT NULL,
            entries bigint NOT NULL,
            PRIMARY KEY (audience, part, organisation_id, provider_id, roles, event, days_late)
        ) WITH (fillfactor = 80)
    """,
    indexes="CREATE INDEX ON entry_counts (audience) WHERE entries = 0",
)

# Each entry is in three parts of an audience's sums: all of it, its month, and its person.
PARTS: LiteralString = """
    (VALUES ('all'), ('in ' || to_char(m.recorded_on, 'YYYY-MM')), ('by ' || m.person_id)) parts (part)
"""
COUNT: LiteralString = (
    """
    INSERT INTO entry_counts AS c
    SELECT audience, part, coalesce(m.organisation_id, %(everybody)s), coalesce(change.provider_id, %(everybody)s),
        m.roles, m.event, m.days_late, sum(change.by)
    FROM moved m
    CROSS JOIN LATERAL (
        VALUES (m.audiences, m.provider_id, 1), (m.had_audiences, m.had_provider_id, -1)
    ) change (audiences, provider_id, by)
    CROSS JOIN LATERAL unnest(change.audiences || %(everybody)s::uuid) told (audience)
    CROSS JOIN LATERAL """
    + PARTS
    + """
    WHERE change.audiences IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(change.by) <> 0
    ON CONFLICT (audience, part, organisation_id, provider_id, roles, event, days_late)
    DO UPDATE SET entries = c.entries + excluded.entries
"""
)
"""Adds up the entries in `moved`, and takes them away from where they were counted before."""
NONE_LEFT: LiteralString = "DELETE FROM entry_counts WHERE entries = 0"

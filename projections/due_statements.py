"""How the due list is asked in SQL: who may know of a duty, how it stands on a day, and whose it is.

Duties pile up for years, and what is open is a small part of them. So the two parts are asked apart, each by an index of its own. What goes
on is counted from an index alone: of that part the statements name no column that the index does not hold.
"""

from __future__ import annotations

from typing import LiteralString

from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE

# The two parts, each of which an index holds. `ended_on` is the day on which a duty ended, in whatever way.
GOING_ON: LiteralString = " %(going_on)s AND d.ended_on IS NULL AND "
ENDED: LiteralString = """ d.ended_on IS NOT NULL
    AND (%(ended_after)s::date IS NULL OR d.ended_on > %(ended_after)s)
    AND (%(ended_by)s::date IS NULL OR d.ended_on <= %(ended_by)s)
    AND """
STATE_GOING_ON: LiteralString = """
    CASE WHEN d.due_on < %(on)s THEN 'overdue' WHEN d.due_on = %(on)s THEN 'due' WHEN d.soon_on <= %(on)s THEN 'due_soon' ELSE 'ahead' END
"""
STATE: LiteralString = (
    """
    CASE
        WHEN d.done_on <= %(on)s THEN CASE WHEN d.done_on <= d.due_on THEN 'done' ELSE 'done_late' END
        WHEN d.lapsed_on <= %(on)s THEN 'lapsed'
        ELSE """
    + STATE_GOING_ON
    + " END "
)
MISSED_GOING_ON: LiteralString = " (d.due_on < %(on)s AND d.owner <> 'parent') "
MISSED: LiteralString = (
    " ("
    + MISSED_GOING_ON
    + """
    AND (d.done_on IS NULL OR d.done_on > d.due_on) AND (d.lapsed_on IS NULL OR d.lapsed_on > d.due_on)
) """
)


def _in_scope(of_placement: LiteralString, of_child: LiteralString) -> LiteralString:
    """Whether the duty `d` is in a person's scope: a party to it first, then whether they may know of the placement or child at all."""
    return (
        """ (
        %(everything)s OR (
            (
                d.commissioner_id = ANY(%(organisations)s) OR d.authority_id = ANY(%(organisations)s)
                OR d.home_school_id = ANY(%(organisations)s) OR d.organisation_id = ANY(%(organisations)s)
                OR (d.provider_id = %(provider)s AND d.rule = ANY(%(provider_sees)s))
                OR d.file_id = ANY(ARRAY(
                    SELECT a.provider_id FROM agreements a WHERE a.commissioner_id = ANY(%(organisations)s)
                ))
            ) AND CASE
                WHEN d.placement_id IS NOT NULL THEN """
        + of_placement
        + """
                WHEN d.file_id = d.child_id THEN """
        + of_child
        + """
                WHEN d.file_id = d.organisation_id THEN d.organisation_id = ANY(%(organisations)s)
                ELSE true
            END
        )
    ) """
    )


# A page holds few rows and looks up what each is about; a count holds many, and weighs all placements and children once.
ONE_BY_ONE: LiteralString = _in_scope(PLACEMENT_IN_SCOPE, CHILD_IN_SCOPE)
ALL_AT_ONCE: LiteralString = _in_scope(
    "d.placement_id IN (SELECT p.placement_id FROM caseload p WHERE" + PLACEMENT_IN_SCOPE + ")",
    "d.child_id IN (SELECT c.child_id FROM children c WHERE" + CHILD_IN_SCOPE + ")",
)


def _wanted(state: LiteralString, missed: LiteralString) -> LiteralString:
    """Whether it is one of those that are asked for. What is null is gone before a plan is made, and leaves what an index can be asked."""
    return (
        """
    AND (%(soon_by)s::date IS NULL OR d.soon_on <= %(soon_by)s)
    AND (%(soon_after)s::date IS NULL OR d.soon_on > %(soon_after)s)
    AND (%(due_from)s::date IS NULL OR d.due_on >= %(due_from)s)
    AND (%(due_to)s::date IS NULL OR d.due_on <= %(due_to)s)
    AND (%(state)s::text[] IS NULL OR """
        + state
        + """ = ANY(%(state)s))
    AND (%(missed)s IS FALSE OR """
        + missed
        + """)
    AND (%(only_rule)s::text IS NULL OR d.rule = %(only_rule)s)
    AND (%(rule)s::text[] IS NULL OR d.rule = ANY(%(rule)s))
    AND (%(owner)s::text[] IS NULL OR d.owner = ANY(%(owner)s))
    AND (%(child_id)s::uuid IS NULL OR (
        d.child_id = %(child_id)s AND (d.file_id = %(child_id)s OR d.file_id = d.organisation_id)
    ))
    AND (%(placement_id)s::uuid IS NULL OR d.placement_id = %(placement_id)s)
    AND (%(provider_id)s::uuid IS NULL OR d.provider_id = %(provider_id)s)
    AND (%(organisation_id)s::uuid IS NULL OR d.organisation_id = %(organisation_id)s)
    AND (%(role_owners)s::text[] IS NULL OR d.owner = ANY(%(role_owners)s))
    AND (%(person_id)s = ''
        OR (%(at)s::uuid IS NOT NULL AND d.organisation_id = %(at)s AND d.owner = ANY(%(owners_at)s))
        OR (%(elsewhere)s::jsonb IS NOT NULL AND (d.organisation_id, d.owner) IN (
            SELECT (one ->> 0)::uuid, one ->> 1 FROM jsonb_array_elements(%(elsewhere)s::jsonb) one
        ))
        OR (%(for_providers)s::uuid[] IS NOT NULL AND d.owner = 'provider' AND d.provider_id = ANY(%(for_providers)s))
    )
"""
    )


WANTED_GOING_ON, WANTED_ENDED = _wanted(STATE_GOING_ON, MISSED_GOING_ON), _wanted(STATE, MISSED)
ROWS: LiteralString = (
    "SELECT d.*, "
    + STATE
    + " AS state, "
    + MISSED
    + """ AS missed,
        coalesce(CASE WHEN d.done_on <= %(on)s THEN d.done_on END, %(on)s::date) - d.due_on AS days_overdue,
        CASE WHEN """
    + MISSED
    + """ THEN d.due_on + 1 END AS true_from,
        c.given_names, c.family_name, p.stage, used.name AS provider_name, o.name AS organisation_name
    FROM due d
    LEFT JOIN caseload p ON p.placement_id = d.placement_id
    LEFT JOIN children c ON c.child_id = d.child_id
    LEFT JOIN directory used ON used.provider_id = d.provider_id
    LEFT JOIN organisations o ON o.organisation_id = d.organisation_id
    WHERE """
)
FIRST_ROWS: LiteralString = """
    AND (d.due_on, d.duty_id) > (%(after_on)s, %(after_id)s)
    ORDER BY d.due_on, d.duty_id LIMIT %(limit)s
"""
PAGE: LiteralString = (
    "("
    + ROWS
    + GOING_ON
    + ONE_BY_ONE
    + WANTED_GOING_ON
    + FIRST_ROWS
    + ") UNION ALL ("
    + ROWS
    + ENDED
    + ONE_BY_ONE
    + WANTED_ENDED
    + FIRST_ROWS
    + ") ORDER BY due_on, duty_id LIMIT %(limit)s"
)
# Of what goes on there may be many, and four states: each row is compared with days, and none is put into words. A part is materialised so
# that nobody is called to help with it: they would weigh all placements again.
COUNTS: LiteralString = (
    """
    WITH going_on AS MATERIALIZED (
        SELECT count(*) FILTER (WHERE d.due_on < %(on)s) AS overdue, count(*) FILTER (WHERE d.due_on = %(on)s) AS due,
            count(*) FILTER (WHERE d.due_on > %(on)s AND d.soon_on <= %(on)s) AS due_soon,
            count(*) FILTER (WHERE d.due_on > %(on)s AND d.soon_on > %(on)s) AS ahead
        FROM due d WHERE """
    + GOING_ON
    + ALL_AT_ONCE
    + WANTED_GOING_ON
    + "), ended AS MATERIALIZED (SELECT "
    + STATE
    + " AS state, count(*) AS found FROM due d WHERE "
    + ENDED
    + ALL_AT_ONCE
    + WANTED_ENDED
    + """ GROUP BY 1)
    SELECT each.state, each.found FROM going_on g CROSS JOIN LATERAL (
        VALUES ('overdue', g.overdue), ('due', g.due), ('due_soon', g.due_soon), ('ahead', g.ahead)
    ) each (state, found)
    UNION ALL SELECT * FROM ended
"""
)

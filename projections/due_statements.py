"""How the due list is asked in SQL: who may know of a duty, how it stands on a day, and whose it is.

Duties pile up for years, and what is open is a small part of them. So the two parts are asked apart, each by an index of its own, and what
a state means in days is said in days: an index holds days, and no states.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import LiteralString

from domain.duties.duty import State
from domain.working_days import DAY
from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE

OPEN_STATES = (State.OVERDUE, State.DUE, State.DUE_SOON)
"""What someone has to look at now."""
ENDED_STATES = frozenset({State.DONE, State.DONE_LATE, State.LAPSED})

# The two parts, each of which an index holds. `ended_on` is the day on which a duty ended, in whatever way.
GOING_ON: LiteralString = " %(going_on)s AND d.ended_on IS NULL AND "
ENDED: LiteralString = """ d.ended_on IS NOT NULL
    AND (%(ended_after)s::date IS NULL OR d.ended_on > %(ended_after)s)
    AND (%(ended_by)s::date IS NULL OR d.ended_on <= %(ended_by)s)
    AND """
STATE: LiteralString = """
    CASE
        WHEN d.done_on <= %(on)s THEN CASE WHEN d.done_on <= d.due_on THEN 'done' ELSE 'done_late' END
        WHEN d.lapsed_on <= %(on)s THEN 'lapsed'
        WHEN d.due_on < %(on)s THEN 'overdue'
        WHEN d.due_on = %(on)s THEN 'due'
        WHEN d.soon_on <= %(on)s THEN 'due_soon'
        ELSE 'ahead'
    END
"""
MISSED: LiteralString = """ (
    d.due_on < %(on)s AND (d.done_on IS NULL OR d.done_on > d.due_on) AND (d.lapsed_on IS NULL OR d.lapsed_on > d.due_on)
    AND d.owner <> 'parent'
) """


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
WANTED: LiteralString = (
    """
    AND (%(soon_by)s::date IS NULL OR d.soon_on <= %(soon_by)s)
    AND (%(soon_after)s::date IS NULL OR d.soon_on > %(soon_after)s)
    AND (%(due_from)s::date IS NULL OR d.due_on >= %(due_from)s)
    AND (%(due_to)s::date IS NULL OR d.due_on <= %(due_to)s)
    AND (%(state)s::text[] IS NULL OR """
    + STATE
    + """ = ANY(%(state)s))
    AND (%(missed)s IS FALSE OR """
    + MISSED
    + """)
    AND (%(rule)s::text[] IS NULL OR d.rule = ANY(%(rule)s))
    AND (%(owner)s::text[] IS NULL OR d.owner = ANY(%(owner)s))
    AND (%(child_id)s::uuid IS NULL OR (
        d.child_id = %(child_id)s AND (d.file_id = %(child_id)s OR d.file_id = d.organisation_id)
    ))
    AND (%(placement_id)s::uuid IS NULL OR d.placement_id = %(placement_id)s)
    AND (%(provider_id)s::uuid IS NULL OR d.provider_id = %(provider_id)s)
    AND (%(organisation_id)s::uuid IS NULL OR d.organisation_id = %(organisation_id)s)
    AND (%(role_owners)s::text[] IS NULL OR d.owner = ANY(%(role_owners)s))
    AND (%(person_id)s = '' OR (d.organisation_id, d.owner) IN (
        SELECT g.organisation_id, o.key FROM grants g, jsonb_each(%(owners_of_roles)s::jsonb) o
        WHERE g.person_id = %(person_id)s AND (g.until IS NULL OR g.until >= %(on)s) AND o.value ? g.role
    ) OR (d.owner = 'provider' AND d.provider_id IN (
        SELECT held.provider_id FROM grants g JOIN organisations held ON held.organisation_id = g.organisation_id
        WHERE g.person_id = %(person_id)s AND (g.until IS NULL OR g.until >= %(on)s)
            AND %(owners_of_roles)s::jsonb -> 'provider' ? g.role
    )))
"""
)
"""Whether it is one of those that are asked for."""
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
FIRST_ROWS: LiteralString = (
    ONE_BY_ONE
    + WANTED
    + """
    AND (d.due_on, d.duty_id) > (%(after_on)s, %(after_id)s)
    ORDER BY d.due_on, d.duty_id LIMIT %(limit)s
"""
)
PAGE: LiteralString = (
    "("
    + ROWS
    + GOING_ON
    + FIRST_ROWS
    + ") UNION ALL ("
    + ROWS
    + ENDED
    + FIRST_ROWS
    + ") ORDER BY due_on, duty_id LIMIT %(limit)s"
)
# OFFSET 0: the state is worked out once for each duty, and not sorted by.
STATES: LiteralString = "SELECT " + STATE + " AS state FROM due d WHERE "
COUNTS: LiteralString = (
    "SELECT state, count(*) AS found FROM ("
    + STATES
    + GOING_ON
    + ALL_AT_ONCE
    + WANTED
    + " UNION ALL "
    + STATES
    + ENDED
    + ALL_AT_ONCE
    + WANTED
    + " OFFSET 0) each GROUP BY state"
)


def days_of(
    states: Collection[State], on: date, due_from: date | None, due_to: date | None
) -> dict[str, date | bool | list[str] | None]:
    """What states, and first and last days, are to the statements above. `state` stays where days alone do not say it."""
    wanted = set(states) or set(State)
    going_on, ended = wanted - ENDED_STATES, wanted & ENDED_STATES
    days: dict[str, date | bool | list[str] | None] = {
        "going_on": bool(going_on),
        "ended_after": None if ended else on,
        "ended_by": None if going_on else on,
        "soon_by": None,
        "soon_after": None,
        "due_from": due_from,
        "due_to": due_to,
        "state": None if wanted == set(State) else [state.value for state in wanted],
    }
    if going_on == {State.AHEAD} and not ended:
        return days | {"soon_after": on, "state": None}
    if ended or State.AHEAD in going_on:
        return days
    # Overdue, due and due soon follow one another: from the first of those wanted to the last.
    places = [OPEN_STATES.index(state) for state in going_on]
    first, last = min(places), max(places)
    begins, ends = (None, on, on + DAY)[first], (on - DAY, on, None)[last]
    return days | {
        "soon_by": on,
        "due_from": max(filter(None, (due_from, begins)), default=None),
        "due_to": min(filter(None, (due_to, ends)), default=None),
        "state": days["state"] if len(places) <= last - first else None,
    }

"""How the due list is asked in SQL: who may know of a duty, how it stands on a day, and whose it is.

Duties pile up for years, and what is open is a small part of them. So the two parts are asked apart, each by an index of its own. What goes
on is counted from an index alone: of that part the statements name no column that the index does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE

STATE_GOING_ON: LiteralString = (
    " CASE WHEN d.due_on < %(on)s THEN 'overdue' WHEN d.due_on = %(on)s THEN 'due'"
    " WHEN d.soon_on <= %(on)s THEN 'due_soon' ELSE 'ahead' END "
)
STATE: LiteralString = (
    " CASE WHEN d.done_on <= %(on)s THEN CASE WHEN d.done_on <= d.due_on THEN 'done' ELSE 'done_late' END"
    " WHEN d.lapsed_on <= %(on)s THEN 'lapsed' ELSE" + STATE_GOING_ON + "END "
)
MISSED_GOING_ON: LiteralString = " d.due_on < %(on)s AND d.owner <> 'parent' "
MISSED: LiteralString = (
    " (" + MISSED_GOING_ON + "AND (d.done_on IS NULL OR d.done_on > d.due_on)"
    " AND (d.lapsed_on IS NULL OR d.lapsed_on > d.due_on)) "
)


def _in_scope(of_placement: LiteralString, of_child: LiteralString) -> LiteralString:
    """Whether the duty `d` is in a person's scope: a party to it first, then whether they may know of the placement or child at all."""
    return (
        """ (%(everything)s OR ((
d.commissioner_id = ANY(%(organisations)s) OR d.authority_id = ANY(%(organisations)s)
OR d.home_school_id = ANY(%(organisations)s) OR d.organisation_id = ANY(%(organisations)s)
OR (d.provider_id = %(provider)s AND d.rule = ANY(%(provider_sees)s))
OR d.file_id = ANY(ARRAY(SELECT a.provider_id FROM agreements a WHERE a.commissioner_id = ANY(%(organisations)s)))
) AND CASE WHEN d.placement_id IS NOT NULL THEN """
        + of_placement
        + " WHEN d.file_id = d.child_id THEN "
        + of_child
        + """ WHEN d.file_id = d.organisation_id THEN d.organisation_id = ANY(%(organisations)s) ELSE true END)) """
    )


# A page holds few rows and looks up what each is about; a count holds many, and weighs all placements and children once. Of what goes on
# there are most: what such a duty says itself of its placement tells of nearly all who may know of it, before any is weighed.
ONE_BY_ONE: LiteralString = _in_scope(PLACEMENT_IN_SCOPE, CHILD_IN_SCOPE)
PLACEMENTS: LiteralString = (
    "d.placement_id IN (SELECT p.placement_id FROM caseload p WHERE" + PLACEMENT_IN_SCOPE + ")"
)
CHILDREN: LiteralString = "d.child_id IN (SELECT c.child_id FROM children c WHERE" + CHILD_IN_SCOPE + ")"
ALL_AT_ONCE: LiteralString = _in_scope(PLACEMENTS, CHILDREN)
BY_ITSELF: LiteralString = _in_scope(
    "(d.commissioner_id = ANY(%(organisations)s) OR d.authority_id = ANY(%(organisations)s)"
    " OR d.home_school_id = ANY(%(organisations)s) OR d.provider_id = %(provider)s OR " + PLACEMENTS + ")",
    CHILDREN,
)


# A condition stands in a statement only where it is asked for: what is not there need not be sent, read or planned. Psycopg keeps ready
# what has no more than 4,096 letters; to read a longer statement again each time takes longer than PostgreSQL takes for some.
CONDITIONS: Mapping[str, LiteralString] = {
    "soon_by": "d.soon_on <= %(soon_by)s",
    "soon_after": "d.soon_on > %(soon_after)s",
    "due_from": "d.due_on >= %(due_from)s",
    "due_to": "d.due_on <= %(due_to)s",
    "only_rule": "d.rule = %(only_rule)s",
    "rule": "d.rule = ANY(%(rule)s)",
    "owner": "d.owner = ANY(%(owner)s)",
    "child_id": "d.child_id = %(child_id)s AND (d.file_id = %(child_id)s OR d.file_id = d.organisation_id)",
    "placement_id": "d.placement_id = %(placement_id)s",
    "provider_id": "d.provider_id = %(provider_id)s",
    "organisation_id": "d.organisation_id = %(organisation_id)s",
    "role_owners": "d.owner = ANY(%(role_owners)s)",
}
MINE: Mapping[str, LiteralString] = {
    "at": "d.organisation_id = %(at)s AND d.owner = ANY(%(owners_at)s)",
    "elsewhere": """(d.organisation_id, d.owner) IN (
        SELECT (one ->> 0)::uuid, one ->> 1 FROM jsonb_array_elements(%(elsewhere)s::jsonb) one
    )""",
    "for_providers": "d.owner = 'provider' AND d.provider_id = ANY(%(for_providers)s)",
}
"""What falls to one person: any of these."""
PART: LiteralString = (
    "SELECT d.*, p.stage, p.started_on, c.given_names, c.family_name FROM due d"
    " LEFT JOIN caseload p ON p.placement_id = d.placement_id LEFT JOIN children c ON c.child_id = d.child_id WHERE"
)
FIRST_ROWS: LiteralString = (
    " AND (d.due_on, d.duty_id) > (%(after_on)s, %(after_id)s) ORDER BY d.due_on, d.duty_id LIMIT %(limit)s"
)
ROWS: LiteralString = (
    "SELECT d.*, "
    + STATE
    + " AS state, "
    + MISSED
    + """ AS missed, used.name AS provider_name, o.name AS organisation_name FROM ("""
)
NAMED: LiteralString = (
    ") d LEFT JOIN directory used ON used.provider_id = d.provider_id"
    " LEFT JOIN organisations o ON o.organisation_id = d.organisation_id"
    " ORDER BY d.due_on, d.duty_id LIMIT %(limit)s"
)
COUNT_GOING_ON: LiteralString = (
    "SELECT each.state, each.found FROM ("
    "SELECT count(*) FILTER (WHERE d.due_on < %(on)s) AS overdue, count(*) FILTER (WHERE d.due_on = %(on)s) AS due,"
    " count(*) FILTER (WHERE d.due_on > %(on)s AND d.soon_on <= %(on)s) AS due_soon,"
    " count(*) FILTER (WHERE d.due_on > %(on)s AND d.soon_on > %(on)s) AS ahead"
    " FROM due d WHERE "
)
EACH: LiteralString = (
    ") g CROSS JOIN LATERAL ("
    "VALUES ('overdue', g.overdue), ('due', g.due), ('due_soon', g.due_soon), ('ahead', g.ahead)) each (state, found)"
)


def page(asked: Mapping[str, object]) -> LiteralString:
    """The statement of a page of what is asked for: the first rows of each part, and of these the first."""
    ended = "(" + PART + ONE_BY_ONE + _ended(asked) + FIRST_ROWS + ")"
    if not asked["going_on"]:
        return ROWS + ended + NAMED
    return ROWS + "(" + PART + ONE_BY_ONE + _going_on(asked) + FIRST_ROWS + ") UNION ALL " + ended + NAMED


def counts(asked: Mapping[str, object]) -> LiteralString:
    """The statement of how many there are in each state of what is asked for; a state may come twice.

    Of what goes on there may be many, and four states: each row is compared with days, and none is put into words.
    """
    ended = (
        "SELECT "
        + STATE
        + " AS state, count(*) AS found FROM due d WHERE "
        + ALL_AT_ONCE
        + _ended(asked)
        + " GROUP BY 1"
    )
    if not asked["going_on"]:
        return ended
    # Materialised, the two are asked one after the other by one process: a second one would weigh all placements again.
    going_on = COUNT_GOING_ON + BY_ITSELF + _going_on(asked) + EACH
    return (
        "WITH going_on AS MATERIALIZED (" + going_on + "), ended AS MATERIALIZED (" + ended + ")"
        " SELECT * FROM going_on UNION ALL SELECT * FROM ended"
    )


def _going_on(asked: Mapping[str, object]) -> LiteralString:
    """The part that goes on, as an index holds it."""
    return " AND d.ended_on IS NULL" + _wanted(asked, STATE_GOING_ON, MISSED_GOING_ON)


def _ended(asked: Mapping[str, object]) -> LiteralString:
    """The part that ended, as another index holds it: `ended_on` is the day on which a duty ended, in whatever way."""
    after: LiteralString = " AND d.ended_on > %(ended_after)s" if asked["ended_after"] else ""
    by: LiteralString = " AND d.ended_on <= %(ended_by)s" if asked["ended_by"] else ""
    return " AND d.ended_on IS NOT NULL" + after + by + _wanted(asked, STATE, MISSED)


def _wanted(asked: Mapping[str, object], state: LiteralString, missed: LiteralString) -> LiteralString:
    """Whether it is one of those that are asked for."""
    conditions = {**CONDITIONS, "state": state + " = ANY(%(state)s)", "missed": missed}
    wanted = [conditions[name] for name in conditions if _matters(asked[name])]
    mine = [each for name, each in MINE.items() if _matters(asked[name])]
    if mine:
        wanted.append("(" + " OR ".join(mine) + ")")
    return "".join([" AND " + each for each in wanted])


def _matters(asked: object) -> bool:
    """Whether it is asked for: one of none is asked for as well, and nothing is one of none."""
    return asked is not None and asked is not False

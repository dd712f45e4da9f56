"""Separation of duties over time: who assessed the need, chose the provider, approved the money and signed the review."""

from __future__ import annotations

from datetime import date
from typing import LiteralString, NamedTuple
from uuid import UUID

import msgspec

from domain.people import Scope
from projections.asking import Asking
from projections.late_recording.counts import EVERYBODY
from projections.late_recording.wanted import audience_of


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One decision by which a person held a duty."""

    duty: str
    position: int
    event: str
    on: date
    roles: tuple[str, ...]
    """The roles held when it was done, as the event keeps them."""
    on_behalf_of: UUID | None


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """Duties that lay in one person's hands in one placement."""

    placement_id: UUID
    child_id: UUID | None
    provider_id: UUID | None
    person_id: str
    person: str
    organisation_id: UUID | None
    duties: tuple[str, ...]
    acts: tuple[Act, ...]
    roles_lost_since: tuple[str, ...]
    """Roles in which the person acted, and which they do not hold any more."""


class Separation(NamedTuple):
    """The report."""

    rows: list[Together]
    """The first of them: the most duties first."""
    found: int


FOUND: LiteralString = (
    "SELECT count(*) AS found FROM duties_held WHERE audience = %(audience)s AND held >= %(at_least)s"
)
ROWS: LiteralString = """
    SELECT h.placement_id, p.child_id, p.provider_id, h.person_id, h.duties, done.acts,
        NULLIF(h.organisation_id, %(everybody)s) AS organisation_id, done.person,
        ARRAY(
            SELECT DISTINCT role FROM unnest(done.roles) AS role WHERE role <> '' AND role NOT IN (
                SELECT g.role FROM grants g WHERE g.organisation_id = h.organisation_id AND g.person_id = h.person_id
                AND (g.until IS NULL OR g.until >= %(on)s)
            ) ORDER BY role
        ) AS roles_lost_since
    FROM (
        SELECT * FROM duties_held WHERE audience = %(audience)s AND held >= %(at_least)s
        ORDER BY held DESC, since, person_id LIMIT %(limit)s
    ) AS h
    JOIN caseload p USING (placement_id)
    CROSS JOIN LATERAL (
        SELECT (array_agg(e.person ORDER BY e.position DESC))[1] AS person, string_to_array(string_agg(e.role, ', '), ', ') AS roles,
            jsonb_agg(jsonb_build_object('duty', e.duty, 'position', e.position, 'event', e.event, 'on', e.occurred_on,
                'roles', string_to_array(e.role, ', '), 'on_behalf_of', e.on_behalf_of) ORDER BY e.position) AS acts
        FROM entries e WHERE e.position = ANY(h.acts)
    ) AS done
    ORDER BY h.held DESC, h.since, h.person_id
"""


def duties_together(asking: Asking, scope: Scope, on: date, at_least: int, limit: int) -> Separation:
    """Placements and people with at least so many duties, the most first. `on` is the day whose roles count as held.

    Raises Unavailable.
    """
    question = {
        "audience": audience_of(scope),
        "everybody": EVERYBODY,
        "on": on,
        "at_least": at_least,
        "limit": limit,
    }
    rows = asking.rows(Together, ROWS, question)
    return Separation(rows, asking.plain_rows(FOUND, question)[0]["found"])

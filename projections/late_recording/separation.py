"""Separation of duties over time: who assessed the need, chose the provider, approved the money and signed the review."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
    commissioner_id: UUID | None
    person_id: str
    person: str
    organisation_id: UUID | None
    duties: tuple[str, ...]
    acts: tuple[Act, ...]
    roles_lost_since: tuple[str, ...]
    """Roles in which the person acted, and which they do not hold any more."""


class _Act(Act, frozen=True, kw_only=True):
    person: str


class _Held(msgspec.Struct, frozen=True, kw_only=True):
    placement_id: UUID
    child_id: UUID | None
    provider_id: UUID | None
    commissioner_id: UUID | None
    person_id: str
    organisation_id: UUID | None
    duties: tuple[str, ...]
    acts: tuple[int, ...]


class Separation(NamedTuple):
    """The report."""

    rows: list[Together]
    """The first of them: the most duties first."""
    found: int


FOUND: LiteralString = (
    "SELECT count(*) AS found FROM duties_held WHERE audience = %(audience)s AND held >= %(at_least)s"
)
ROWS: LiteralString = """
    SELECT h.placement_id, p.child_id, p.provider_id, p.commissioner_id, h.person_id,
        NULLIF(h.organisation_id, %(everybody)s) AS organisation_id, h.duties, h.acts
    FROM duties_held h JOIN caseload p USING (placement_id) WHERE h.audience = %(audience)s AND h.held >= %(at_least)s
    ORDER BY h.held DESC, h.since, h.person_id, h.placement_id LIMIT %(limit)s
"""
ACTS: LiteralString = """
    SELECT position, duty, event, occurred_on AS on, roles, on_behalf_of, person FROM entries
    WHERE position = ANY(%(positions)s)
"""
HELD: LiteralString = """
    SELECT organisation_id, person_id, array_agg(role) AS roles FROM grants
    WHERE person_id = ANY(%(people)s) AND (until IS NULL OR until >= %(on)s) GROUP BY 1, 2
"""


def duties_together(asking: Asking, scope: Scope, on: date, at_least: int, limit: int) -> Separation:
    """Placements and people with at least so many duties, the most first. `on` is the day whose roles count as held.

    Raises Unavailable.
    """
    question = {
        "audience": audience_of(scope),
        "everybody": EVERYBODY,
        "at_least": at_least,
        "limit": limit,
    }
    found = asking.rows(_Held, ROWS, question)
    positions = [position for one in found for position in one.acts]
    acts = {act.position: act for act in asking.rows(_Act, ACTS, {"positions": positions})}
    asked = {"people": sorted({one.person_id for one in found}), "on": on}
    held = {
        (row["organisation_id"], row["person_id"]): row["roles"] for row in asking.plain_rows(HELD, asked)
    }
    rows = [_together(one, acts, held.get((one.organisation_id, one.person_id), ())) for one in found]
    return Separation(rows, asking.plain_rows(FOUND, question)[0]["found"])


def _together(one: _Held, acts: Mapping[int, _Act], held: Collection[str]) -> Together:
    own = [acts[position] for position in one.acts]
    return Together(
        placement_id=one.placement_id,
        child_id=one.child_id,
        provider_id=one.provider_id,
        commissioner_id=one.commissioner_id,
        person_id=one.person_id,
        person=own[-1].person,
        organisation_id=one.organisation_id,
        duties=one.duties,
        acts=tuple(
            Act(
                duty=act.duty,
                position=act.position,
                event=act.event,
                on=act.on,
                roles=act.roles,
                on_behalf_of=act.on_behalf_of,
            )
            for act in own
        ),
        roles_lost_since=tuple(sorted({role for act in own for role in act.roles}.difference(held))),
    )

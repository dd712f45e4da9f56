"""Clocks that an exclusion started: by when a child must have full-time education (s.19; EIA 2006 s.100; T1, T2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import LiteralString
from uuid import UUID

from domain.child import Child
from domain.people import Scope
from projections.asking import CHILD_IN_SCOPE, Asking, scope_parameters
from projections.paging import within
from projections.table import Row, Table


class ClockColumns(Row, frozen=True, kw_only=True):
    """One clock."""

    child_id: UUID
    exclusion: int
    """The version of the event that recorded the exclusion."""
    clock: str
    """The time rule: `T1` after a permanent exclusion, `T2` after a suspension of more than five school days."""
    exclusion_type: str
    from_on: date
    """The first school day excluded."""
    due_on: date
    """The sixth school day: the last on which the duty is still met."""


class ClockRow(ClockColumns, frozen=True, kw_only=True):
    """A clock as listed, with what became of it."""

    given_names: str
    family_name: str
    authority_id: UUID | None
    met_by: UUID | None
    """The first placement in which the child was taught on or after the first day excluded; none while it runs."""
    met_on: date | None
    hours_per_week: float | None
    """Taught hours of that placement: whether they are full-time education is for people to judge."""
    days_overdue: int
    """Calendar days between the day due and the day it was met, or the day asked about; 0 or less is in time."""


def rows_of(child: Child, position: int) -> Iterator[ClockColumns]:
    """One row for each exclusion after which the law asks for education."""
    for excluded in child.exclusions:
        if excluded.education_due_on is not None:
            yield ClockColumns(
                child_id=child.id,
                version=child.version,
                position=position,
                exclusion=excluded.originator_version,
                clock=excluded.clock,
                exclusion_type=excluded.exclusion_type,
                from_on=excluded.from_on,
                due_on=excluded.education_due_on,
            )


CLOCKS = Table(
    name="clocks",
    of=Child,
    row=ClockColumns,
    rows=rows_of,
    several=True,
    key=("child_id", "exclusion"),
    record="child_id",
    create="""
        CREATE TABLE clocks (
            child_id uuid NOT NULL,
            exclusion bigint NOT NULL,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            clock text NOT NULL,
            exclusion_type text NOT NULL,
            from_on date NOT NULL,
            due_on date NOT NULL,
            PRIMARY KEY (child_id, exclusion)
        )
    """,
    indexes="CREATE INDEX ON clocks (due_on, child_id, exclusion)",
)

PAGE: LiteralString = (
    """
    SELECT k.*, c.given_names, c.family_name, c.authority_id, met.met_by, met.met_on, met.hours_per_week,
        coalesce(met.met_on, %(on)s::date) - k.due_on AS days_overdue
    FROM clocks k JOIN children c USING (child_id)
    LEFT JOIN LATERAL (
        SELECT p.placement_id AS met_by, greatest(p.started_on, k.from_on) AS met_on, p.hours_per_week
        FROM caseload p
        WHERE p.child_id = k.child_id AND p.started_on <= %(on)s AND (p.ended_on IS NULL OR p.ended_on > k.from_on)
        ORDER BY p.started_on, p.placement_id LIMIT 1
    ) met ON true
    WHERE """
    + CHILD_IN_SCOPE
    + """
    AND (NOT %(running)s OR met.met_by IS NULL)
    AND (%(due_before)s::date IS NULL OR k.due_on < %(due_before)s)
    AND (%(child_id)s::uuid IS NULL OR k.child_id = %(child_id)s)
    ORDER BY k.due_on, k.child_id, k.exclusion LIMIT %(limit)s
"""
)


class Clocks:
    """By when children who were excluded must be taught full-time again."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def due(
        self,
        scope: Scope,
        *,
        on: date,
        running: bool = True,
        due_before: date | None = None,
        child_id: UUID | None = None,
        limit: int = 200,
    ) -> list[ClockRow]:
        """Clocks as they stand on a day, the longest overdue first; `running` leaves out those that were met.

        Raises Unavailable.
        """
        asked = {"on": on, "running": running, "due_before": due_before, "child_id": child_id}
        return self._asking.rows(ClockRow, PAGE, asked | {"limit": within(limit)} | scope_parameters(scope))

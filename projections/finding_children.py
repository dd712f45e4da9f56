"""What is asked about children: a list, a search by name or number, and one; never one that the asker may not know of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from domain.people import Scope
from domain.stages import Stage
from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE, Asking, scope_parameters
from projections.children import ChildColumns, identifier_key
from projections.names import patterns
from projections.paging import Marks, Page, within
from projections.progress import HowFar


class PlacementOfChild(msgspec.Struct, frozen=True, kw_only=True):
    """One of the child's placements that the asker may know of."""

    placement_id: UUID
    stage: Stage
    provider_id: UUID | None
    provider_name: str | None
    commissioner_id: UUID | None
    sessions_per_week: int | None
    """Half-days that it takes of the child's week, or is to take."""
    hours_per_week: float | None
    holds_a_place: bool
    """Whether those half-days count in the child's week now."""


class ChildRow(ChildColumns, frozen=True, kw_only=True):
    """A child as listed."""

    authority_name: str | None
    placements: tuple[PlacementOfChild, ...]
    open_placements: int
    """Those of them that have not ended."""


class ChildFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which children; whatever is left out does not matter."""

    name: str = ""
    """Words, each of which is somewhere in the name, whatever the capitals and accents."""
    identifier: str | None = None
    """A whole number by which the child is known, with or without its spaces."""
    authority_id: UUID | None = None
    school_id: UUID | None = None
    """A school on whose roll the child is or was."""
    year_group: str | None = None
    looked_after: bool | None = None
    ehc_plan: bool | None = None
    with_open_placement: bool | None = None


ROWS: LiteralString = (
    """
    SELECT c.*, a.name AS authority_name, placed.placements, placed.open_placements, (
        SELECT coalesce(jsonb_agg(part), '[]') FROM jsonb_array_elements(c.week) AS part
        WHERE (part ->> 'placement_id')::uuid = ANY(placed.ids)
    ) AS week
    FROM children c
    LEFT JOIN organisations a ON a.organisation_id = c.authority_id
    CROSS JOIN LATERAL (
        SELECT array_agg(p.placement_id) AS ids, count(*) FILTER (WHERE p.stage <> 'exit') AS open_placements,
            coalesce(jsonb_agg(jsonb_build_object(
            'placement_id', p.placement_id, 'stage', p.stage, 'provider_id', p.provider_id, 'provider_name', d.name,
            'commissioner_id', p.commissioner_id, 'sessions_per_week', p.sessions_per_week,
            'hours_per_week', p.hours_per_week,
            'holds_a_place', c.week @> jsonb_build_array(jsonb_build_object('placement_id', p.placement_id))
        ) ORDER BY p.referred_on, p.placement_id), '[]') AS placements
        FROM caseload p LEFT JOIN directory d ON d.provider_id = p.provider_id
        WHERE p.child_id = c.child_id AND """
    + PLACEMENT_IN_SCOPE
    + """) placed
    WHERE """
    + CHILD_IN_SCOPE
)
WANTED: LiteralString = """
    AND (%(identifier)s::text IS NULL OR c.identifier_keys @> ARRAY[%(identifier)s])
    AND (%(authority_id)s::uuid IS NULL OR c.authority_id = %(authority_id)s)
    AND (%(school_id)s::uuid IS NULL OR c.roll_school_ids @> ARRAY[%(school_id)s])
    AND (%(year_group)s::text IS NULL OR c.year_group = %(year_group)s)
    AND (%(looked_after)s::boolean IS NULL OR c.looked_after = %(looked_after)s)
    AND (%(ehc_plan)s::boolean IS NULL OR c.ehc_plan = %(ehc_plan)s)
    AND (%(name)s::text[] IS NULL OR c.name_key LIKE ALL(%(name)s))
"""
OPEN: LiteralString = """
    AND (%(with_open_placement)s::boolean IS NULL OR (placed.open_placements > 0) = %(with_open_placement)s)
"""
PAGE: LiteralString = (
    ROWS
    + WANTED
    + OPEN
    + """
    AND (c.name_key, c.child_id) > (%(after_key)s COLLATE "C", %(after_id)s)
    ORDER BY c.name_key, c.child_id LIMIT %(limit)s
"""
)
SOME: LiteralString = ROWS + "AND c.child_id = ANY(%(ids)s)"
# Counted without the rows that a page shows: to put together the placements of every child takes ten times as long as to count them.
COUNT: LiteralString = (
    "SELECT count(*) AS found FROM children c WHERE"
    + CHILD_IN_SCOPE
    + WANTED
    + """
    AND (%(with_open_placement)s::boolean IS NULL OR EXISTS (
        SELECT FROM caseload p WHERE p.child_id = c.child_id AND p.stage <> 'exit' AND """
    + PLACEMENT_IN_SCOPE
    + """) = %(with_open_placement)s)
"""
)
ANY_CHILD = ChildFilter()


class Children:
    """The children that a person may know of."""

    def __init__(self, asking: Asking, marks: Marks, progress: HowFar) -> None:
        self._asking, self._marks, self._progress = asking, marks, progress

    def page(
        self, scope: Scope, which: ChildFilter = ANY_CHILD, *, after: str | None = None, limit: int = 50
    ) -> Page[ChildRow]:
        """Children by name, a page at a time. Raises BadMark and Unavailable."""
        position = self._progress.position
        key, id = self._marks.read("children", after)
        asked = {"after_key": key, "after_id": id, "limit": within(limit) + 1}
        found = self._asking.rows(ChildRow, PAGE, asked | scope_parameters(scope) | _wanted(which))
        return self._marks.page(
            "children", found, within(limit), lambda row: (row.name_key, row.child_id), position
        )

    def get(self, scope: Scope, child_id: UUID) -> ChildRow | None:
        """One child; none where there is none that the asker may know of. Raises Unavailable."""
        return next(iter(self.some(scope, [child_id])), None)

    def some(self, scope: Scope, ids: Collection[UUID]) -> list[ChildRow]:
        """Those of these children of whom the asker may know, in no order. Raises Unavailable."""
        return self._asking.rows(ChildRow, SOME, {"ids": list(ids)} | scope_parameters(scope))

    def count(self, scope: Scope, which: ChildFilter = ANY_CHILD) -> int:
        """How many children. Raises Unavailable."""
        found = self._asking.plain_rows(COUNT, scope_parameters(scope) | _wanted(which))
        return int(found[0]["found"])


def _wanted(which: ChildFilter) -> dict[str, Any]:
    number = identifier_key(which.identifier) if which.identifier is not None else None
    return msgspec.structs.asdict(which) | {"name": patterns(which.name), "identifier": number}

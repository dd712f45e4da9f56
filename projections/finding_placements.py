"""What is asked of the caseload: which placements, how many, and which one; never one that the asker may not know of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from domain.people import Scope
from domain.routes import Route
from domain.stages import Stage
from projections.asking import PLACEMENT_IN_SCOPE, Asking, scope_parameters
from projections.caseload import CaseloadRow
from projections.names import patterns
from projections.paging import Marks, Page, within
from projections.progress import HowFar


class CaseloadFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which placements; whatever is left out does not matter."""

    stage: tuple[Stage, ...] = ()
    """One of these stages."""
    route: tuple[Route, ...] = ()
    provider_id: UUID | None = None
    commissioner_id: UUID | None = None
    authority_id: UUID | None = None
    child_id: UUID | None = None
    home_school_id: UUID | None = None
    looked_after: bool | None = None
    ehc_plan: bool | None = None
    safeguarding_open: bool | None = None
    review_due_before: date | None = None
    """Live, with the next review before this day."""
    without_education: bool | None = None
    """In breakdown, and tomorrow's answer is `no_education`: a counted day (or not, for false)."""
    changed_after: int | None = None
    """The last event of the record came after this position of the history."""
    name: str = ""
    """Words, each of which is somewhere in the child's name, whatever the capitals and accents."""


ROWS: LiteralString = """
    SELECT p.*, c.name AS commissioner_name, h.name AS home_school_name, d.name AS provider_name
    FROM caseload p
    LEFT JOIN organisations c ON c.organisation_id = p.commissioner_id
    LEFT JOIN organisations h ON h.organisation_id = p.home_school_id
    LEFT JOIN directory d ON d.provider_id = p.provider_id
    WHERE """
WANTED: LiteralString = """
    AND (%(stage)s::text[] IS NULL OR p.stage = ANY(%(stage)s))
    AND (%(route)s::text[] IS NULL OR p.route = ANY(%(route)s))
    AND (%(provider_id)s::uuid IS NULL OR p.provider_id = %(provider_id)s)
    AND (%(commissioner_id)s::uuid IS NULL OR p.commissioner_id = %(commissioner_id)s)
    AND (%(authority_id)s::uuid IS NULL OR p.authority_id = %(authority_id)s)
    AND (%(child_id)s::uuid IS NULL OR p.child_id = %(child_id)s)
    AND (%(home_school_id)s::uuid IS NULL OR p.home_school_id = %(home_school_id)s)
    AND (%(looked_after)s::boolean IS NULL OR p.looked_after = %(looked_after)s)
    AND (%(ehc_plan)s::boolean IS NULL OR p.ehc_plan = %(ehc_plan)s)
    AND (%(safeguarding_open)s::boolean IS NULL OR p.safeguarding_open = %(safeguarding_open)s)
    AND (
        %(review_due_before)s::date IS NULL
        OR (p.next_review_on < %(review_due_before)s AND p.stage IN ('active', 'review', 'breakdown'))
    )
    AND (
        %(without_education)s::boolean IS NULL
        OR (coalesce(p.tomorrow_where, '') = 'no_education') = %(without_education)s
    )
    AND (%(changed_after)s::bigint IS NULL OR p.position > %(changed_after)s)
    AND (%(name)s::text[] IS NULL OR p.name_key LIKE ALL(%(name)s))
"""
IN_ORDER: LiteralString = " ORDER BY p.name_key, p.placement_id LIMIT %(limit)s"
FIRST_PAGE: LiteralString = ROWS + PLACEMENT_IN_SCOPE + WANTED + IN_ORDER
# On the first page there is nothing before, and to ask it would lead through all names: the database does not know how they are spread.
PAGE: LiteralString = (
    ROWS
    + PLACEMENT_IN_SCOPE
    + WANTED
    + """ AND (p.name_key, p.placement_id) > (%(after_key)s COLLATE "C", %(after_id)s)"""
    + IN_ORDER
)
SOME: LiteralString = ROWS + PLACEMENT_IN_SCOPE + "AND p.placement_id = ANY(%(ids)s)"
COUNTS: LiteralString = (
    "SELECT p.stage, count(*) AS found FROM caseload p WHERE "
    + PLACEMENT_IN_SCOPE
    + WANTED
    + "GROUP BY p.stage"
)
ANY_PLACEMENT = CaseloadFilter()


class Caseload:
    """The placements that a person may know of."""

    def __init__(self, asking: Asking, marks: Marks, progress: HowFar) -> None:
        self._asking, self._marks, self._progress = asking, marks, progress

    def page(
        self,
        scope: Scope,
        which: CaseloadFilter = ANY_PLACEMENT,
        *,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[CaseloadRow]:
        """Placements by the child's name, a page at a time. Raises BadMark and Unavailable."""
        position = self._progress.position
        key, id = self._marks.read("caseload", after)
        asked = {"after_key": key, "after_id": id, "limit": within(limit) + 1}
        asked |= scope_parameters(scope) | _wanted(which)
        found = self._asking.rows(CaseloadRow, PAGE if after else FIRST_PAGE, asked)
        return self._marks.page(
            "caseload", found, within(limit), lambda row: (row.name_key, row.placement_id), position
        )

    def get(self, scope: Scope, placement_id: UUID) -> CaseloadRow | None:
        """One placement; none where there is none that the asker may know of. Raises Unavailable."""
        return next(iter(self.some(scope, [placement_id])), None)

    def some(self, scope: Scope, ids: Collection[UUID]) -> list[CaseloadRow]:
        """Those of these placements that the asker may know of, in no order. Raises Unavailable."""
        return self._asking.rows(CaseloadRow, SOME, {"ids": list(ids)} | scope_parameters(scope))

    def counts(self, scope: Scope, which: CaseloadFilter = ANY_PLACEMENT) -> dict[Stage, int]:
        """How many placements there are in each of the eight stages. Raises Unavailable."""
        found = self._asking.plain_rows(COUNTS, scope_parameters(scope) | _wanted(which))
        by_stage = {row["stage"]: row["found"] for row in found}
        return {stage: by_stage.get(stage.value, 0) for stage in Stage}


def _wanted(which: CaseloadFilter) -> dict[str, Any]:
    wanted = msgspec.structs.asdict(which)
    lists = {"stage": list(which.stage) or None, "route": list(which.route) or None}
    return wanted | lists | {"name": patterns(which.name)}

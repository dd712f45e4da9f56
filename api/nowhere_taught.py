"""The clock of days without education, as a placement's or a child's page shows it."""

from __future__ import annotations

from typing import Any

from domain.placement import Placement
from domain.without_education import Clock
from projections.without_education import clock_at, organisations_around, shown
from workflows.case import Case
from workflows.relations import relations


def without_education(case: Case) -> dict[str, Any]:
    """The clock of the child of the case, as far as the asker may know of the placements by which it ran."""
    target = case.target
    if isinstance(target, Placement) and not (target.breakdowns or target.safeguarding or target.outcome):
        # Nothing has stopped it yet, so the child's other placements need not be looked at.
        return shown(Clock(case.child.id, ()), {}, frozenset())
    placements = case.placements_of_child
    mine = frozenset(p.id for p in placements if relations(case.asker, p, case.child))
    known = organisations_around(case.shelf, [case.child, *placements])
    clock = clock_at(case.child, placements, known, case.today)
    if isinstance(target, Placement):
        mine &= {target.id}
    return shown(clock, known, mine)

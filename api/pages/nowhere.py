"""The panel on top of the first page: children who are without education now, and children whose day for education to begin went by."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from api.pages.navigation import is_of_a_provider
from api.pages.visiting import Visit

FEW = 20
"""Lines of each part; a link leads to the rest."""
MOST = 200
"""Asked for, so that the heading can say how many; beyond that it says "at least"."""
FULL_TIME = {"T1", "T2"}
"""After an exclusion it is full-time education that is due (Education Act 1996 s.19; Education and Inspections Act 2006 s.100)."""
BEGINS = ("T1", "T2", "T3", "T4")
"""The rules that say by when education must begin for a child who is out of school."""
OVERDUE = {"rule": BEGINS, "state": "overdue"}
ALL_OVERDUE = {"rule": (*BEGINS, "T19"), "state": "overdue"}
"""With what a breakdown began, so that whose days are counted is on that list, too."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Who stands in the panel. A child stands there once, with the days that are counted where there are any."""

    counted: list[Row]
    """Children whose clock of days without education runs."""
    waiting: list[Row]
    """The duty of each other child that is overdue longest."""
    ahead: list[Row]
    """Of each other child whose placement broke down, the answer that begins on a day to come."""
    more: bool
    """Whether there are, or may be, children beyond those that were asked for."""
    on: str
    """The day of the panel."""

    few = FEW
    all_waiting = f"/due?{urlencode(ALL_OVERDUE, doseq=True)}"
    all_counted = "/placements?without_education=true"

    @property
    def without_a_placement(self) -> bool:
        """Whether a child who waits has none."""
        return any(row["placement_id"] is None for row in self.waiting)

    @property
    def in_all(self) -> int:
        """How many children."""
        return len(self.counted) + len(self.waiting)


async def nowhere_for(visit: Visit) -> Nowhere | None:
    """The panel of this person; none where no child stands in it, and for a provider's people, who are told of no such days."""
    if is_of_a_provider(visit.me):
        return None
    clocks, due = await asyncio.gather(
        visit.api.get("/without-education", limit=MOST),
        visit.api.get("/due", **OVERDUE, counts=False, limit=MOST),
    )
    counted: list[Row] = clocks["rows"]
    seen = {row["child_id"] for row in counted}
    waiting: list[Row] = []
    for row in due["rows"]:
        if row["child_id"] not in seen:
            seen.add(row["child_id"])
            waiting.append({**row, "what": _what(row["rule"])})
    more = len(counted) == MOST or len(due["rows"]) == MOST
    ahead = [row for row in clocks["ahead"] if row["child_id"] not in seen]
    answers = {row["child_id"]: row for row in clocks["ahead"]}
    counted = [{**row, "answer": answers.get(row["child_id"])} for row in counted]
    if not (counted or waiting or ahead):
        return None
    return Nowhere(counted, waiting, ahead, more, clocks["on"])


def _what(rule: str) -> str:
    return "full-time education" if rule in FULL_TIME else "education"

"""Children whom their provider saw absent, today and on the weekday before: on the first page of those who answer for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from api.pages.navigation import is_of_a_provider
from api.pages.visiting import Visit
from domain.duties.duty import State

FEW = 20
"""Lines; the list of what is due has the rest."""
MOST = 100
TOLD, NO_REASON = "T7", "T8"
"""Of each day away somebody is told (T7); where no reason was given at first, the parent is contacted (T8)."""
DONE = {State.DONE, State.DONE_LATE}
FRIDAY = 4
Row = dict[str, Any]


@dataclass(slots=True)
class Away:
    """A child who was away on a day."""

    child: Row
    """A row of the due list, which names the child."""
    on: str
    told: bool = True
    """Whether it is written down that commissioner and parent were told."""
    no_reason: bool = False
    """Whether nobody knows why, and nobody has reached the parent."""

    @property
    def href(self) -> str:
        """Where the day's sessions stand."""
        return f"/placements/{self.child['placement_id']}/attendance"


async def absent_for(visit: Visit, today: date) -> list[Away]:
    """Who was away, the newest day first; nobody for a provider's people, who reported it themselves."""
    if is_of_a_provider(visit.me):
        return []
    asked = {
        "rule": [TOLD, NO_REASON],
        "state": list(State),
        "due_from": weekday_before(today),
        "due_to": today,
    }
    found = await visit.api.get("/due", **asked, counts=False, limit=MOST)
    away: dict[tuple[str, str], Away] = {}
    for row in found["rows"]:
        one = away.setdefault((row["placement_id"], row["due_on"]), Away(row, row["due_on"]))
        done = row["state"] in DONE
        if row["rule"] == TOLD:
            one.told = done
        else:
            one.no_reason = not done
    return sorted(away.values(), key=lambda one: one.on, reverse=True)


def weekday_before(day: date) -> date:
    """The Friday before a weekend or a Monday, else the day before."""
    day -= timedelta(days=1)
    while day.weekday() > FRIDAY:
        day -= timedelta(days=1)
    return day

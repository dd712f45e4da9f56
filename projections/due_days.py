"""What the states of a duty mean in days: an index of the due list holds days, and no states."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from domain.duties.duty import State
from domain.working_days import DAY

OPEN_STATES = (State.OVERDUE, State.DUE, State.DUE_SOON)
"""What someone has to look at now."""
ENDED_STATES = frozenset({State.DONE, State.DONE_LATE, State.LAPSED})


def days_of(
    states: Collection[State], on: date, due_from: date | None, due_to: date | None
) -> dict[str, date | bool | list[str] | None]:
    """What states, and first and last days, are to the statements of the due list. `state` stays where days alone do not say it."""
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
    # No day comes after the last that can be written, nor before the first: there, the days alone do not say it.
    within = date.min < on < date.max
    begins, ends = (
        (None, on, min(on, date.max - DAY) + DAY)[first],
        (max(on, date.min + DAY) - DAY, on, None)[last],
    )
    return days | {
        "soon_by": on,
        "due_from": max(filter(None, (due_from, begins)), default=None),
        "due_to": min(filter(None, (due_to, ends)), default=None),
        "state": None if within and len(places) > last - first else days["state"],
    }

"""Where a child is tomorrow, where nobody has said it yet: what the placement's contingency plan and the roll allow to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from domain.child import Child
from domain.duties.story import Story
from domain.events import Event
from domain.facts.breaking_down import Tomorrow
from domain.organisation import Organisation
from domain.placement import Placement
from domain.placement_life_events import BrokenDown, Recovered, Reopened, SafeguardingConcernReported
from domain.school_days import OutsideCalendar, SchoolDays, working_days_after


def next_school_day(days: SchoolDays | None, day: date) -> date:
    """The first school day after a day; the next working day where no calendar tells."""
    if days is not None:
        try:
            return days.after(day, 1)
        except OutsideCalendar:
            pass
    return working_days_after(day, 1)


def falls(events: Iterable[Event]) -> Iterator[tuple[Event, date | None]]:
    """Each event with the day on which the placement fell that had fallen by then; none while it goes on.

    A worry reported while it is broken down already does not make it fall again: answers are about the time from the first day on.
    """
    fell: date | None = None
    for event in events:
        if isinstance(event, BrokenDown):
            fell = fell or event.breakdown.on
        elif isinstance(event, SafeguardingConcernReported):
            fell = fell or event.concern.on
        elif isinstance(event, Recovered | Reopened):
            fell = None
        yield event, fell


def fell_on(placement: Placement) -> date | None:
    """The day on which a placement fell that is broken down; none for one that goes on."""
    fell: date | None = None
    for _, fell in falls(Story(placement).events):  # noqa: B007 - the last one counts
        pass
    return fell


def school_to_go_back_to(placement: Placement, child: Child, day: date) -> bool:
    """Whether there is a school on whose roll the child is, or that commissioned or sent the child (003 ¶51; T19)."""
    return (child.school_on(day) if child.roll else placement.home_school_id) is not None


def answer_for_tomorrow(
    placement: Placement, child: Child, commissioner: Organisation, from_on: date
) -> Tomorrow:
    """Back at the home school where there is one; else a counted day without education, whose owner is named.

    A plan that names interim provision is no place yet: nobody has arranged it for this day. So its days are counted, and its words
    say what was planned, until someone answers that it began.
    """
    plan = placement.contingency
    owner = plan.owner if plan else _owner(commissioner)
    if school_to_go_back_to(placement, child, from_on):
        what = (
            plan.what if plan and plan.tomorrow == "home_school" else "Back at the school whose roll it is."
        )
        return Tomorrow(where="home_school", from_on=from_on, what=what, owner=owner)
    what = plan.what if plan else "No contingency plan was made. Find interim provision today."
    return Tomorrow(where="no_education", from_on=from_on, what=what, owner=owner)


def _owner(commissioner: Organisation) -> str:
    return f"Named officer, {commissioner.name}"[:300]

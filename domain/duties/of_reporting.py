"""The duty of a provider to say each day who was there: a silence is noticed on the first day that must have been reported (T47)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from domain import placement_events as e
from domain import placement_life_events as life
from domain.agreed_week import DAYS_OF_WEEK, HALF_DAYS, Agreed, agreed_half_days, half_days_on
from domain.attendance_events import SessionCoded, SessionsReported
from domain.duties.child_file import ChildFile
from domain.duties.duty import Duty
from domain.duties.lives import LifeOfPlacement, Register, Stretch
from domain.duties.way import counts
from domain.events import Event
from domain.placement import Placement
from domain.school_days import OutsideCalendar, SchoolDays
from domain.stages import Stage

BEGIN = (e.Started, life.Recovered, life.Reopened)
END = (life.BrokenDown, life.SafeguardingConcernReported, life.Ended, life.Replaced)


@counts(
    "T47",
    started_by=(e.Started, life.Reopened, life.Recovered, SessionsReported, SessionCoded),
    completed_by=(SessionsReported, SessionCoded),
)
def each_day_is_reported(file: ChildFile) -> Iterator[Duty]:
    """After the first day, and after each day of which something is known, another is due while the child is there.

    It goes by how many half-days a week were agreed, and not by the plan's timetable. So the next is due on the first school day by
    which no week of so many half-days could have passed without one: each school day, from the first, for a full-time child. Any word
    about a day in between meets it, from the provider or as a code of the school. What was said in time leaves no row; without a
    calendar nothing is counted (T46).
    """
    for placed in file.placements:
        there = list(_there(placed))
        if not there:
            continue
        told = _told(file.registers, placed.record)
        for stretch in there:
            yield from _of_stretch(file, placed, stretch, told)


def _of_stretch(
    file: ChildFile, placed: LifeOfPlacement, stretch: Stretch, told: dict[date, tuple[date, Event]]
) -> Iterator[Duty]:
    placement = placed.record
    until = stretch.until_on or date.max
    inside = sorted(day for day in told if stretch.from_on <= day < until)
    whose = (placement.home_school_id, placement.commissioner_id, file.child.authority_id)
    calendars, agreed = file.counting.calendars(whose), agreed_half_days(placed.story)
    first: tuple[date, Event, bool] = (stretch.from_on, stretch.begun_by, True)
    for day, known, is_first in (first, *((day, told[day][1], False) for day in inside)):
        days = next((days for days in calendars if days.covers(day)), None)
        try:
            if days is None:
                raise OutsideCalendar(day, None, None)
            expected = expected_by(days, day, agreed, there=not is_first)
            count = file.counting.rule("T47", day, placement.commissioner_id).count
            due = days.after(expected, count - 1) if count > 1 else expected
        except OutsideCalendar:
            file.uncovered.setdefault(placement.id, (day, known))
            continue
        if expected >= until:
            continue
        since = day if is_first else date.fromordinal(day.toordinal() + 1)
        done = min((told[d] for d in inside if since <= d <= expected), key=lambda t: t[0], default=None)
        if done is None or done[0] > due:
            yield from file.owed(
                "T47", day, known, placement=placement, about="first" if is_first else "", due=due,
                by="school days", done=done,
            )  # fmt: skip


def expected_by(days: SchoolDays, since: date, agreed: Agreed, *, there: bool) -> date:
    """The school day by which a child must have come, whatever weekdays are its own; after a day on which it was `there`, come again.

    Raises OutsideCalendar where the calendar ends before it.
    """
    met: set[int] = set()
    changes, a_week = [day for day, _ in agreed if day > since], _days_a_week(agreed, since)
    own, day = (since.weekday(), days.after(since, 1)) if there else (-1, days.on_or_after(since))
    while True:
        if changes and changes[0] <= day:
            # Other hours may lie on other weekdays: what is known of the old ones says nothing of these.
            met, own, a_week = set(), -1, _days_a_week(agreed, day)
            changes = [change for change in changes if change > day]
        met.add(day.weekday())
        if day.weekday() == own or len(met) > DAYS_OF_WEEK - a_week:
            return day
        day = days.after(day, 1)


def _days_a_week(agreed: Agreed, day: date) -> int:
    """The fewest days on which the half-days of a week can lie; one where nothing was agreed."""
    return min(-(-(half_days_on(agreed, day) or 1) // HALF_DAYS), DAYS_OF_WEEK)


def _told(registers: Iterable[Register], placement: Placement) -> dict[date, tuple[date, Event]]:
    """Of which days something is known, since when, and by which event first."""
    found: dict[date, tuple[date, Event]] = {}
    for register in registers:
        if register.placement_id != placement.id:
            continue
        for event in register.story.of(SessionsReported, SessionCoded):
            told = {s.day for s in event.sessions} if isinstance(event, SessionsReported) else {event.day}
            for day in told:
                if day not in found or event.occurred_on < found[day][0]:
                    found[day] = (event.occurred_on, event)
    return found


def _there(placed: LifeOfPlacement) -> Iterator[Stretch]:
    """When the child was expected: from each start to the breakdown or end after it, the day of that left out."""
    begun: tuple[date, Event] | None = None
    for event in placed.story.of(*BEGIN, *END):
        if isinstance(event, e.Started):
            begun = (event.on, event)
        elif isinstance(event, life.Recovered):
            begun = (event.recovery.back_on, event)
        elif isinstance(event, life.Reopened):
            begun = (event.occurred_on, event) if event.stage is Stage.REVIEW else None
        elif begun is not None and (over := _over(event)) is not None:
            yield Stretch(begun[0], over, begun[1], event)
            begun = None
    if begun is not None:
        yield Stretch(begun[0], None, begun[1])


def _over(event: Event) -> date | None:
    if isinstance(event, life.BrokenDown):
        return event.breakdown.on
    if isinstance(event, life.SafeguardingConcernReported):
        return event.concern.on
    return event.on if isinstance(event, life.Ended | life.Replaced) else None

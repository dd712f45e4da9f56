"""What has to come of a school year, from the lives and the rule book alone: every duty that stands open, every message, every act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from tests.duties import oracle, oracle_of_absence, oracle_of_reporting
from tests.duties.oracle import ONE, by
from tests.duties.oracle_of_reporting import Reported
from tests.year.lives import FIRST, LAST, THE_SCHOOL, Lived

END = LAST + timedelta(days=30)
SOON = timedelta(days=7)
"""How long before its day a duty is told of, as it is published."""
WHO: dict[str, str] = {
    "T1": "named_officer", "T10": "home_school", "T13": "home_school", "T30": "named_officer", "T31": "named_officer",
    "T42": "commissioner",
}  # fmt: skip
"""To whom a duty is told that binds by law: to the home school where it is about a placement, or else to the named officer. A concern
binds nobody by law, and a child feels it."""
HIGHER: dict[str, tuple[tuple[str, str, int], ...]] = {
    "T1": (("overdue", "senior_officer", 0),),
    "T16": (
        ("escalated", "named_officer", 0), ("review_missed", "named_officer", 0), ("review_missed", "commissioner", 0),
        ("escalated", "manager", 5), ("review_missed", "senior_officer", 5),
    ),
    "T19": (("day_without_education", "named_officer", 0), ("day_without_education", "senior_officer", 0)),
    "T47": (
        ("day_not_reported", "provider", 0), ("day_not_reported", "commissioner", 1),
        ("day_not_reported", "attendance_officer", 1),
    ),
}  # fmt: skip
"""What else follows a missed duty, to whom, and after how many working days."""
OF_LIVE_PLACEMENTS = ("T16", "T47")
"""Rules of which nobody hears once the placement has ended."""
ROW = 3
"""Unexplained half-days one after another that open a concern, as it is published."""
LOOKED_AT_WITHIN = 5
"""Working days after which such a concern is to be looked at. In these years nobody does."""


class Owed(NamedTuple):
    """What a rule asks for, and what is known of it when."""

    rule: str
    due: date
    known_on: date
    done_on: date | None
    typed_on: date | None
    """When it became known that it was done."""
    over_on: date | None


class Consequence(NamedTuple):
    """What was done because of what: the rule and the last day of the duty, or what happened and when."""

    child: UUID
    because: str
    on: date
    what: str
    to: str


def owed_of(life: Lived) -> Iterator[Owed]:
    """Every duty of a year."""
    told = life.told
    known = {"T1": told.excluded_on, "T30": told.excluded_on, "T31": told.told_on, "T13": told.started_on,
             "T16": told.started_on, "T19": told.broke_on}  # fmt: skip
    for rule, due, done, over in oracle.asked_of(told, THE_SCHOOL):
        since, typed = known[rule], done
        if rule == "T16":
            # Any review from the first day of the half-term on would do, as soon as somebody types it in.
            first_day = next(half[0] for half in oracle.halves(THE_SCHOOL) if due in half)
            typed = min(
                (told.typed_on.get(held, held) for held in told.reviews if held >= first_day), default=None
            )
        assert since is not None
        yield Owed(rule, due, since, done, typed, over)
    last_day = THE_SCHOOL.terms[-1].last
    if told.started_on and (told.ended_on is None or told.ended_on > last_day):
        # The calendar ends, and the placement does not.
        yield Owed("T46", last_day, told.started_on, None, None, told.ended_on)
    yield from _silences(life)
    if len(life.away.said) >= ROW:
        opened = life.away.said[ROW - 1].day
        yield Owed("T42", working_days_after(opened, LOOKED_AT_WITHIN), opened, None, None, None)
    days = {said.day for said in life.away.said}
    for rule, due, done, over in oracle_of_absence.asked_of(life.away, THE_SCHOOL, max(days, default=FIRST)):
        yield Owed(rule, due, due if due in days else _away_on(days, due), done, done, over)


def _silences(life: Lived) -> Iterator[Owed]:
    """Days of which nobody said anything. How many half-days a week was never agreed, so it may be one."""
    told, last = life.told, THE_SCHOOL.terms[-1].last
    if told.started_on:
        said = {one.day: one.on for one in life.away.said}
        reported = Reported(told.started_on, 1, said, told.broke_on, told.ended_on)
        for rule, due, done, over in oracle_of_reporting.asked_of(reported, THE_SCHOOL, last):
            yield Owed(rule, due, told.started_on, done, done, over)


def _away_on(days: Iterable[date], due: date) -> date:
    """The day away because of which a code is due on a day."""
    return next(day for day in days if THE_SCHOOL.nth(day + ONE, 5) == due)


def open_on(life: Lived, day: date) -> Counter[tuple[str, date]]:
    """What stands overdue when a day begins, as far as anybody has told the service by then."""
    evening = day - ONE
    return Counter(
        (owed.rule, owed.due)
        for owed in owed_of(life)
        if owed.due < day
        and owed.known_on < day
        and not by(owed.typed_on, evening)
        and not by(owed.over_on, evening)
    )


def missed_by(life: Lived, day: date) -> Counter[tuple[str, date]]:
    """What had been missed by a day, made good since or not, whenever it was typed in."""
    return Counter(
        (owed.rule, owed.due)
        for owed in owed_of(life)
        if owed.due < day and not by(owed.done_on, owed.due) and not by(owed.over_on, owed.due)
    )


def expected(lives: Mapping[UUID, Lived], away: range) -> Counter[Consequence]:
    """All that has to follow. On the days counted by `away` no worker runs."""
    found: Counter[Consequence] = Counter()
    for child, life in lives.items():
        for owed in owed_of(life):
            found.update(
                Consequence(child, owed.rule, owed.due, *what)
                for what in _of_duty(owed, life.told.ended_on, away)
            )
        found.update(Consequence(child, *rest) for rest in _of_events(life))
    return found


def _of_duty(owed: Owed, ended_on: date | None, away: range) -> Iterator[tuple[str, str]]:
    if (owed.rule in WHO or owed.rule == "T16") and owed.known_on < owed.due:
        told_on = owed.due - SOON
        seen = _evening_before(told_on, away) if owed.known_on < told_on else _at_once(owed.known_on, away)
        # Nobody hears that something is due soon whose day has gone by.
        if seen < owed.due and not by(owed.typed_on, seen) and not by(owed.over_on, min(seen, told_on)):
            yield "due_soon", WHO.get(owed.rule, "commissioner")
    follows = [("overdue", WHO[owed.rule], 0)] if owed.rule in WHO else []
    for what, to, days in (*follows, *HIGHER.get(owed.rule, ())):
        last = working_days_after(owed.due, days)
        seen = _evening_before(last + ONE, away) if owed.known_on <= last else _at_once(owed.known_on, away)
        gone = owed.rule in OF_LIVE_PLACEMENTS and by(ended_on, seen)
        if seen < END and not by(owed.typed_on, seen) and not by(owed.over_on, owed.due) and not gone:
            yield what, to


def _of_events(life: Lived) -> Iterator[tuple[str, date, str, str]]:
    if broke := life.told.broke_on:
        told_to = ("commissioner", "named_officer", "home_school", "provider", "parent")
        yield from (("breakdown", broke, "placement_broke_down", to) for to in told_to)
        yield from (("breakdown", broke, "day_without_education", to) for to in told_to[:2])
    said = life.away.said
    for first in {one.day: one for one in reversed(said)}.values():
        # Once for each day, and only those whom the provider has not told.
        yield "absence", first.day, "unexplained_absence", "attendance_officer"
        if first.told_commissioner_at is None:
            yield "absence", first.day, "unexplained_absence", "commissioner"
        if first.told_parent_at is None:
            yield "absence", first.day, "unexplained_absence", "parent"
    if len(said) >= ROW:
        third = said[ROW - 1].day
        yield "absence", third, "concern", ""
        concerned = ("commissioner", "provider", "parent")
        yield from (("absence", third, "unexplained_absences_in_a_row", to) for to in concerned)


def _is_away(day: date, away: range) -> bool:
    return (day - FIRST).days in away


def _evening_before(morning: date, away: range) -> date:
    """The last day of which a worker knows that looks in a morning; where none does, of which the next one knows."""
    return FIRST + timedelta(days=away.stop - 1) if _is_away(morning, away) else morning - ONE


def _at_once(day: date, away: range) -> date:
    return FIRST + timedelta(days=away.stop - 1) if _is_away(day, away) else day


def working_days_after(day: date, days: int) -> date:
    """Counted on the calendar on the wall."""
    while days:
        day += ONE
        days -= day.weekday() < 5 and day not in THE_SCHOOL.bank_holidays
    return day

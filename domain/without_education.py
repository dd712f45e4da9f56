"""The clock "days without education": it runs for a child, over placements, from a breakdown that left it nowhere until it is taught again.

A day is counted where a placement that broke down answered `no_education`, where nobody said anything, and where a referral was
withdrawn with the child in no education (items 69-70; 003 ¶51-52; T19). Days are school days of the child's school.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import placement_events as before
from domain.child import Child
from domain.child_step_events import BackInEducation
from domain.duties.story import Story
from domain.events import Event
from domain.placement import Placement
from domain.school_days import SchoolDays, is_working_day
from domain.whereabouts import DAY, Since, whereabouts


@dataclass(frozen=True, slots=True)
class WithoutEducation:
    """Days on which a child was taught nowhere, in one stretch with one owner."""

    placement_id: UUID
    commissioner_id: UUID | None
    owner: str
    from_on: date
    until_on: date | None
    """The day from which it is taught again, or from which another answers; none while it runs."""
    started_by: Event
    stopped_by: Event | None
    days: tuple[date, ...]
    """The school days of it, up to the day asked about."""


@dataclass(frozen=True, slots=True)
class Clock:
    """All such days of one child."""

    child_id: UUID
    stretches: tuple[WithoutEducation, ...]

    @property
    def running(self) -> tuple[WithoutEducation, ...]:
        """What nothing has stopped."""
        return tuple(s for s in self.stretches if s.until_on is None)

    @property
    def days(self) -> int:
        """School days in all. A day counts once, whatever placements left the child nowhere."""
        return len({day for s in self.stretches for day in s.days})

    @property
    def days_of_this_time(self) -> int:
        """School days of the time that runs now, whoever owned them; 0 where it stands still."""
        found, begun = (
            {day for s in self.running for day in s.days},
            min((s.from_on for s in self.running), default=None),
        )
        for s in reversed(self.stretches):
            # An answer that only passed the child on to another owner did not stop the clock.
            if begun is not None and s.until_on is not None and s.until_on >= begun:
                found |= set(s.days)
                begun = min(begun, s.from_on)
        return len(found)


def clock_of(
    child: Child, placements: Iterable[Placement], on: date, days_of: Callable[[Placement], SchoolDays | None]
) -> Clock:
    """The clock as it stands at the end of a day. `days_of` finds the school days that count for a placement."""
    known = sorted(placements, key=lambda p: p.id)
    told = {placement.id: list(whereabouts(placement, days_of(placement))) for placement in known}
    back = [(event.on, event) for event in Story(child).of(BackInEducation)]
    found: list[WithoutEducation] = []
    for placement in known:
        others = [
            (s.day, s.event) for id, ones in told.items() if id != placement.id for s in ones if _teaches(s)
        ]
        found += _stretches(placement, told[placement.id], [*others, *back], on, days_of(placement))
    return Clock(child.id, tuple(sorted(found, key=lambda s: (s.from_on, s.placement_id))))


def _teaches(since: Since) -> bool:
    """Where this is told of another placement, the child is taught again: it began there, or was withdrawn to be taught elsewhere."""
    return since.where == "here" or (since.where == "elsewhere" and isinstance(since.event, before.Withdrawn))


def _stretches(
    placement: Placement,
    told: Sequence[Since],
    stops: Sequence[tuple[date, Event]],
    on: date,
    days: SchoolDays | None,
) -> Iterator[WithoutEducation]:
    for n, since in enumerate(told):
        if since.where != "nowhere" or since.day > on:
            continue
        # What was said later holds from its day on, even if that day was before: a late entry puts right what was thought.
        later = [(max(s.day, since.day), s.event) for s in told[n + 1 :]][:1]
        ended = [(day, event) for day, event in [*later, *stops] if since.day <= day <= on]
        until, stopped_by = min(ended, key=lambda one: one[0], default=(None, None))
        if until == since.day:
            continue
        yield WithoutEducation(
            placement_id=placement.id,
            commissioner_id=placement.commissioner_id,
            owner=since.owner,
            from_on=since.day,
            until_on=until,
            started_by=since.event,
            stopped_by=stopped_by,
            days=tuple(_school_days(since.day, until - DAY if until else on, days)),
        )


def _school_days(first: date, last: date, days: SchoolDays | None) -> Iterator[date]:
    """Each school day from one day to another; working days where no calendar tells, so that none is lost."""
    day = first
    while day <= last:
        known = days is not None and days.covers(day)
        if days.is_school_day(day) if known and days is not None else is_working_day(day):
            yield day
        day += DAY

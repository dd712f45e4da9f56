"""Duties after an exclusion: education from the sixth school day, who is told, the governors, the cap (T1, T2, T30-T32)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.child_events import Excluded
from domain.child_step_events import BackInEducation, ExclusionNotified, GovernorsMet
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.way import counts
from domain.events import Event
from domain.placement_events import Started
from domain.placement_life_events import Reopened
from domain.school_days import OutsideCalendar

MUST_BE_TOLD = frozenset({"parent", "governing_body", "local_authority"})
CAP_IN_SESSIONS = 90
"""45 school days of suspension in a school year."""
LONG_IN_A_TERM = 30
"""Half-days: more than fifteen school days in one term."""


@counts("T1", "T2", started_by=(Excluded,), completed_by=(Started, Reopened, BackInEducation))
def education_from_the_sixth_day(file: ChildFile) -> Iterator[Duty]:
    """A placement that teaches the child on or after the first day excluded completes it; hours are for people to judge."""
    for event in file.story.of(Excluded):
        rule = _clock(file, event)
        if rule:
            yield from file.owed(
                rule,
                event.from_on,
                event,
                about=str(event.originator_version),
                done=file.taught_from(event.from_on),
                lapsed=_end_of_suspension(file, event),
            )


@counts("T30", started_by=(Excluded,), completed_by=(ExclusionNotified,))
def those_who_must_know_are_told(file: ChildFile) -> Iterator[Duty]:
    """Done on the day on which parents, governors and authority had all been told."""
    for event in file.story.of(Excluded):
        if not file.was_here(event.from_on, file.child.school_on(event.from_on) or file.child.authority_id):
            continue
        yield from file.owed(
            "T30",
            event.from_on,
            event,
            about=str(event.originator_version),
            done=_all_told(file, event.from_on),
        )


@counts("T31", started_by=(ExclusionNotified,), completed_by=(GovernorsMet,))
def the_governors_meet(file: ChildFile) -> Iterator[Duty]:
    """After a permanent exclusion, or more than 15 school days of suspension in a term. A missed exam is not recorded."""
    for event in file.story.of(Excluded):
        told = first_on_or_after(
            date.min,
            (
                (n.told.told_on, n)
                for n in file.story.of(ExclusionNotified)
                if n.told.excluded_on == event.from_on and "governing_body" in n.told.told
            ),
        )
        if told is None or not (event.exclusion_type == "PERM" or _long_in_the_term(file, event)):
            continue
        met = (
            (m.meeting.held_on, m)
            for m in file.story.of(GovernorsMet)
            if m.meeting.excluded_on == event.from_on
        )
        yield from file.owed(
            "T31",
            told[0],
            told[1],
            about=str(event.originator_version),
            done=first_on_or_after(date.min, met),
        )


@counts("T32", started_by=(Excluded,), completed_by=())
def suspensions_stay_within_the_cap(file: ChildFile) -> Iterator[Duty]:
    """The suspension that passes 45 school days in a school year is a finding; nothing makes it good."""
    sums: dict[int, int] = {}
    for event in sorted(file.story.of(Excluded), key=lambda x: x.from_on):
        if event.exclusion_type == "PERM" or not event.sessions:
            continue
        year = school_year(event.from_on)
        before = sums.get(year, 0)
        sums[year] = before + event.sessions
        if before <= CAP_IN_SESSIONS < sums[year]:
            yield from file.owed("T32", event.from_on, event, about=str(year), due=event.from_on)


def school_year(day: date) -> int:
    """The year in which a day's school year began, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def _clock(file: ChildFile, event: Excluded) -> str:
    if event.exclusion_type == "PERM":
        return "T1"
    long = file.counting.parameters(None).of("long_suspension_sessions", on=event.from_on)
    return "T2" if event.exclusion_type == "SUSP" and (event.sessions or 0) > long else ""


def _all_told(file: ChildFile, excluded_on: date) -> tuple[date, Event] | None:
    missing = set(MUST_BE_TOLD)
    told = [n for n in file.story.of(ExclusionNotified) if n.told.excluded_on == excluded_on]
    for notice in sorted(told, key=lambda n: (n.told.told_on, n.originator_version)):
        missing -= set(notice.told.told)
        if not missing:
            return notice.told.told_on, notice
    return None


def _end_of_suspension(file: ChildFile, event: Excluded) -> date | None:
    """The first school day on which a suspended child is back at school; none for a permanent exclusion."""
    if event.exclusion_type != "SUSP" or not event.sessions:
        return None
    school_days = (event.sessions + 1) // 2
    for days in file.counting.calendars((file.child.school_on(event.from_on), file.child.authority_id)):
        try:
            return days.after(days.on_or_after(event.from_on), school_days)
        except OutsideCalendar:
            continue
    return None


def _long_in_the_term(file: ChildFile, event: Excluded) -> bool:
    for days in file.counting.calendars((file.child.school_on(event.from_on), file.child.authority_id)):
        terms = [t for t in days.calendar.terms if t.starts_on <= event.from_on <= t.ends_on]
        if terms:
            in_term = [
                x
                for x in file.story.of(Excluded)
                if terms[0].starts_on <= x.from_on <= event.from_on and x.exclusion_type == "SUSP"
            ]
            return sum(x.sessions or 0 for x in in_term) > LONG_IN_A_TERM
    return False

"""The independent count of a placement's course and of what stands on the child: education, reviews, plans, care (T2-T4, T14-T28, T40)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.duties.oracle import ONE, Asked, School, first

WEEK = timedelta(weeks=1)
FULL = 10
"""Half-days of five school days."""


@dataclass
class Course:
    """What happened to a child with a plan, in care, placed by its school; each day may be missing."""

    suspended_on: date | None = None
    sessions: int = 0
    away_since: date | None = None
    away_for: str = "other"
    back_on: date | None = None
    completed_on: date | None = None
    authority_told_on: date | None = None
    started_on: date | None = None
    ends_by: date = date.max
    way_out_planned_on: date | None = None
    ended_on: date | None = None
    review_asked_on: date | None = None
    called: list[tuple[date, date, bool]] = field(default_factory=list)
    """Reviews that were called: on which day, for which day, and whether the parent was invited."""
    reviews: list[date] = field(default_factory=list)
    outcome_told_on: list[date] = field(default_factory=list)
    worried_on: date | None = None
    settled_on: date | None = None
    broke_on: date | None = None
    plans: list[tuple[date, date | None]] = field(default_factory=list)
    """EHC plans: issued on which day, and by which day they say that they are reviewed."""
    plan_ceased_on: date | None = None
    meetings: list[date] = field(default_factory=list)
    """Annual review meetings."""
    reports: list[date] = field(default_factory=list)
    decisions: list[tuple[date, str]] = field(default_factory=list)
    in_care_from: date | None = None
    in_care_until: date | None = None
    pep_meetings: list[date] = field(default_factory=list)


def asked_of(course: Course, school: School) -> Iterator[Asked]:
    """Everything that the rules ask for."""
    yield from _education(course, school)
    if course.started_on:
        yield from _placement(course, school, course.started_on)
        yield from _reviews(course, school, course.started_on)
    yield from _plan(course, school)
    if course.in_care_from:
        yield from _care(course, school, course.in_care_from)


def _education(course: Course, school: School) -> Iterator[Asked]:
    def taught(since: date) -> date | None:
        starts = [course.back_on] if course.back_on and course.back_on >= since else []
        if course.started_on and not (course.ended_on and course.ended_on <= since):
            starts.append(max(course.started_on, since))
        return min(starts, default=None)

    if course.suspended_on and course.sessions > FULL:
        days = -(-course.sessions // 2)
        back_at_school = school.nth(course.suspended_on, days + 1)
        yield "T2", school.nth(course.suspended_on, 6), taught(course.suspended_on), back_at_school
    if course.away_since:
        rule, day = ("T4", 15) if course.away_for == "health" else ("T3", 6)
        yield rule, school.nth(course.away_since, day), taught(course.away_since), None


def _placement(course: Course, school: School, start: date) -> Iterator[Asked]:
    if course.completed_on:
        yield "T20", school.nth(course.completed_on + ONE, 2), course.authority_told_on, course.ended_on
    day = course.ends_by
    while not school.meets(day):
        day -= ONE
    here = school.half_of(day)
    while school.half_of(day) in (here, None) and day > school.terms[0].first:
        day -= ONE
    before = school.half_of(day)
    while before != here and school.half_of(day - ONE) == before:
        day -= ONE
    # What begins and ends in the first half-term of all has no other before it.
    due = max(school.nth(day, 1), start) if before != here else start
    yield "T40", due, course.way_out_planned_on, course.ended_on
    if course.worried_on:
        calm = [course.settled_on, course.ended_on, *course.reviews]
        yield "T17", course.worried_on, first((d for d in calm if d), course.worried_on), None


def _reviews(course: Course, school: School, start: date) -> Iterator[Asked]:
    yield "T16_first", start + 4 * WEEK, first(course.reviews, start), course.ended_on
    if course.review_asked_on:
        on = course.review_asked_on
        if not any(on - 10 * WEEK <= held < on for held in course.reviews):
            yield "T14", _tenth_working_day(on, school), first(course.reviews, on), course.ended_on
    for called, meeting, parent in course.called:
        yield "T15_invite", meeting - timedelta(days=6), called if parent else None, None
    for held in course.reviews:
        yield "T15_outcome", held + timedelta(days=6), first(course.outcome_told_on, held), None


def _plan(course: Course, school: School) -> Iterator[Asked]:
    named = dict(course.plans)
    days = sorted({*named, *course.meetings})
    for number, day in enumerate(days):
        due, said = _a_year_after(day), named.get(day)
        over = course.plan_ceased_on if course.plan_ceased_on and course.plan_ceased_on >= day else None
        yield "T22", min(due, said) if said else due, days[number + 1] if days[number + 1 :] else None, over
    for meeting in course.meetings:
        yield "T23_report", meeting + 2 * WEEK, first(course.reports, meeting), None
        decided = first((day for day, _ in course.decisions), meeting)
        yield "T23_decision", meeting + 4 * WEEK, decided, None
        if decided and dict(course.decisions)[decided] == "amend":
            yield "T23_final", meeting + 12 * WEEK, first(named, decided), None
    if course.broke_on and _has_plan(course, course.broke_on):
        due = _tenth_working_day(course.broke_on, school)
        yield "T26", due, first(course.meetings, course.broke_on), None


def _has_plan(course: Course, on: date) -> bool:
    """From the day a plan is issued to the day it ceases, that day included."""
    day, has, issued = min((day for day, _ in course.plans), default=on), False, dict(course.plans)
    while day <= on:
        has = day in issued or (has and day - ONE != course.plan_ceased_on)
        day += ONE
    return has


def _care(course: Course, school: School, since: date) -> Iterator[Asked]:
    held, until = course.pep_meetings, course.in_care_until
    # A meeting before the move is what is asked for where it was planned.
    yield "T27", _tenth_working_day(since, school), min(held, default=None), until
    for term in school.terms:
        day = term.last
        while not school.meets(day):
            day -= ONE
        if day >= since and not (until and until < term.first):
            yield "T28", day, first(held, max(since, term.first)), until


def _tenth_working_day(day: date, school: School) -> date:
    left = 10
    while left:
        day += ONE
        left -= day.weekday() < 5 and day not in school.bank_holidays
    return day


def _a_year_after(day: date) -> date:
    """The same day a year later; the last of February for the 29th."""
    end = day + ONE
    while (end.month, end.day) != (day.month, day.day):
        if (day.month, day.day) == (2, 29) and (end.month, end.day) == (2, 28) and end.year > day.year:
            break
        end += ONE
    return end

"""Duties on the day a child is not there: who is told, and the right code afterwards (T6-T10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from domain.attendance import NOT_YET_KNOWN, Attendance
from domain.attendance_codes import AttendanceClass, code_of
from domain.attendance_events import SessionCoded, SessionsReported
from domain.child_events import SocialWorkEnded, SocialWorkerRecorded
from domain.child_step_events import SchoolReturnSent
from domain.duties.duty import Duty
from domain.duties.files import ChildFile, LifeOfPlacement, first_on_or_after
from domain.duties.story import Story
from domain.duties.way import counts
from domain.events import Event
from domain.facts.attending import SessionReport
from domain.placement import Placement
from domain.placement_life_events import ContactLogged
from domain.school_days import london_day

IN_A_ROW = 10
"""Days on which no session was attended or authorised (T6)."""


@dataclass(slots=True)
class DayAway:
    """A day on which the child was absent from at least one session, as it is known now."""

    day: date
    register: Attendance
    life: LifeOfPlacement
    known: Event
    sessions: dict[str, tuple[SessionReport, Event]] = field(default_factory=dict)

    @property
    def placement(self) -> Placement:
        return self.life.record

    @property
    def coded(self) -> list[SessionCoded]:
        """What the school decided of the day's absences, but for `N`, which decides nothing."""
        return [
            event
            for event in Story(self.register).of(SessionCoded)
            if event.day == self.day and event.half in self.sessions and event.code != NOT_YET_KNOWN
        ]

    @property
    def unexplained(self) -> bool:
        """Whether nobody gave a reason for one of its absences at first."""
        return any(not report.reason_given for report, _ in self.sessions.values())


def days_away(file: ChildFile) -> list[DayAway]:
    """Every day of absence, by what was reported last of each session."""
    if file.days_away is None:
        file.days_away = _days_away(file)
    found: list[DayAway] = file.days_away
    return found


def _days_away(file: ChildFile) -> list[DayAway]:
    lives = {life.record.id: life for life in file.placements}
    found: list[DayAway] = []
    for register in file.registers:
        life = lives.get(register.placement_id) if register.placement_id else None
        if life is None:
            continue
        days: dict[date, DayAway] = {}
        for event in Story(register).of(SessionsReported):
            for report in event.sessions:
                if report.seen == "absent":
                    away = days.setdefault(report.day, DayAway(report.day, register, life, event))
                    away.sessions[report.half] = (report, event)
                elif report.day in days:
                    days[report.day].sessions.pop(report.half, None)
        found += [days[day] for day in sorted(days) if days[day].sessions]
    return found


@counts("T7", started_by=(SessionsReported,), completed_by=(SessionsReported,))
def absence_is_told_the_same_day(file: ChildFile) -> Iterator[Duty]:
    """Done when commissioner and parent were both told of every session missed that day."""
    for away in days_away(file):
        told = [
            (london_day(max(r.told_commissioner_at, r.told_parent_at)), event)
            for r, event in away.sessions.values()
            if r.told_commissioner_at is not None and r.told_parent_at is not None
        ]
        done = max(told, key=lambda pair: pair[0]) if len(told) == len(away.sessions) else None
        yield from file.owed("T7", away.day, away.known, placement=away.placement, done=done)


@counts("T8", started_by=(SessionsReported,), completed_by=(ContactLogged, SessionsReported, SessionCoded))
def the_parent_of_an_absent_child_is_contacted(file: ChildFile) -> Iterator[Duty]:
    """Where no reason was given. Done by contact with the parent, by the provider's call, or by the right code."""
    for away in days_away(file):
        if not away.unexplained:
            continue
        done: list[tuple[date, Event]] = _contacts(away, "parent")
        done += [(london_day(r.told_parent_at), e) for r, e in away.sessions.values() if r.told_parent_at]
        done += [(event.occurred_on, event) for event in away.coded]
        yield from file.owed(
            "T8", away.day, away.known, placement=away.placement, done=first_on_or_after(away.day, done)
        )


@counts("T9", started_by=(SessionsReported, SocialWorkerRecorded), completed_by=(ContactLogged,))
def the_social_worker_of_an_absent_child_is_told(file: ChildFile) -> Iterator[Duty]:
    """Where the child had a social worker on that day and no reason was given."""
    for away in days_away(file):
        if away.unexplained and _has_social_worker(file, away.day):
            done = first_on_or_after(away.day, _contacts(away, "social_worker"))
            yield from file.owed("T9", away.day, away.known, placement=away.placement, done=done)


@counts("T10", started_by=(SessionsReported,), completed_by=(SessionCoded,))
def the_right_code_is_entered(file: ChildFile) -> Iterator[Duty]:
    """Until the school decides, an absence stands as N. Done when every session missed that day has its code."""
    for away in days_away(file):
        by_half: dict[str, SessionCoded] = {}
        for event in away.coded:
            by_half.setdefault(event.half, event)
        done = None
        if len(by_half) == len(away.sessions):
            last = max(by_half.values(), key=lambda event: (event.occurred_on, event.originator_version))
            done = (last.occurred_on, last)
        yield from file.owed("T10", away.day, away.known, placement=away.placement, done=done)


@counts("T6", started_by=(SessionsReported, SessionCoded), completed_by=(SchoolReturnSent,))
def long_absence_is_reported(file: ChildFile) -> Iterator[Duty]:
    """Ten days one after another, among those on which the child was expected, with nothing but unauthorised absence."""
    sent = [(r.sent.sent_on, r) for r in file.story.of(SchoolReturnSent) if r.sent.kind == "attendance"]
    for life in file.placements:
        days: dict[date, list[bool]] = {}
        latest: dict[date, Event] = {}
        for register in file.registers:
            if register.placement_id == life.record.id:
                for (day, _), code in register.codes().items():
                    days.setdefault(day, []).append(code_of(code).kind is AttendanceClass.UNAUTHORISED)
                for reported in Story(register).of(SessionsReported):
                    latest.update({report.day: reported for report in reported.sessions})
                latest.update({coded.day: coded for coded in Story(register).of(SessionCoded)})
        row: list[date] = []
        for day in sorted(days):
            row = [*row, day] if all(days[day]) else []
            if len(row) == IN_A_ROW:
                done = first_on_or_after(row[0], sent)
                yield from file.owed("T6", row[0], latest[day], placement=life.record, due=day, done=done)


def _contacts(away: DayAway, whom: str) -> list[tuple[date, Event]]:
    return [(c.contact.on, c) for c in away.life.story.of(ContactLogged) if whom in c.contact.with_whom]


def _has_social_worker(file: ChildFile, day: date) -> bool:
    has = False
    for event in file.story.of(SocialWorkerRecorded, SocialWorkEnded):
        if isinstance(event, SocialWorkerRecorded):
            has = has or event.social_worker.since_on <= day
        elif event.on < day:
            has = False
    return has

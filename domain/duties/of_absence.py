"""Duties on the day a child is not there: who is told, and the right code afterwards (T6-T10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.attendance import NOT_YET_KNOWN
from domain.attendance_codes import AttendanceClass, code_of
from domain.attendance_events import SessionCoded, SessionsReported
from domain.away import is_away
from domain.child_events import SocialWorkEnded, SocialWorkerRecorded
from domain.child_step_events import SchoolReturnSent
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.days_away import DayAway, days_away
from domain.duties.duty import Duty
from domain.duties.lives import Register
from domain.duties.way import counts
from domain.events import Event
from domain.placement_life_events import ContactLogged
from domain.school_days import london_day

IN_A_ROW = 10
"""Days on which no session was attended or authorised (T6)."""


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
    """Where no reason was given at first. Done by contact with the parent, by the provider's call, or by the reason itself."""
    for away in days_away(file):
        if not away.unexplained:
            continue
        done = _contacts(away, "parent") + away.explained()
        done += [
            (london_day(r.told_parent_at), event)
            for said in away.said.values()
            for r, event in said
            if r.told_parent_at
        ]
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


@counts("T10", started_by=(SessionsReported, SessionCoded), completed_by=(SessionCoded,))
def the_right_code_is_entered(file: ChildFile) -> Iterator[Duty]:
    """An absence stands as N until the school decides, and where it writes N itself. Done when every session has its code."""
    lives = {life.record.id: life.record for life in file.placements}
    unknown: dict[tuple[Register, date], tuple[Event, set[str]]] = {
        (away.register, away.day): (away.known, set(away.sessions)) for away in days_away(file)
    }
    for register in file.registers:
        for coded in register.story.of(SessionCoded):
            if coded.code == NOT_YET_KNOWN:
                unknown.setdefault((register, coded.day), (coded, set()))[1].add(coded.half)
    for (register, day), (known, halves) in unknown.items():
        if register.placement_id in lives:
            done = _coded(register, day, halves)
            yield from file.owed("T10", day, known, placement=lives[register.placement_id], done=done)


def _coded(register: Register, day: date, halves: set[str]) -> tuple[date, Event] | None:
    """When the last of these sessions had its code; None while one has none, or has N again."""
    decided: dict[str, SessionCoded] = {}
    for coded in register.coded.get(day, ()):
        if coded.half in halves:
            if coded.code == NOT_YET_KNOWN:
                decided.pop(coded.half, None)
            else:
                decided.setdefault(coded.half, coded)
    if len(decided) < len(halves):
        return None
    last = max(decided.values(), key=lambda coded: (coded.occurred_on, coded.originator_version))
    return last.occurred_on, last


@counts("T6", started_by=(SessionsReported, SessionCoded), completed_by=(SchoolReturnSent,))
def long_absence_is_reported(file: ChildFile) -> Iterator[Duty]:
    """Ten days one after another, among those on which the child was expected, with nothing but unauthorised absence."""
    sent = [(r.sent.sent_on, r) for r in file.story.of(SchoolReturnSent) if r.sent.kind == "attendance"]
    for life in file.placements:
        days: dict[date, list[bool]] = {}
        latest: dict[date, Event] = {}
        for register in file.registers:
            if register.placement_id == life.record.id:
                for (day, _), code in register.record.codes().items():
                    days.setdefault(day, []).append(code_of(code).kind is AttendanceClass.UNAUTHORISED)
                for reported in register.story.of(SessionsReported):
                    latest.update({report.day: reported for report in reported.sessions})
                latest.update({coded.day: coded for coded in register.story.of(SessionCoded)})
        row: list[date] = []
        for day in sorted(day for day in days if not is_away(life.away, day)):
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

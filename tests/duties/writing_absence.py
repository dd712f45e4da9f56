"""Writes a child's attendance into registers, in the order in which it was told, and asks what the product counts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from domain import attendance_events as a
from domain import child_events as c
from domain.attendance import Attendance
from domain.child import Child
from domain.child_step_events import FellOutOfEducation, SchoolReturnSent
from domain.duties.all_duties import duties_of_child
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty
from domain.facts.attending import SessionReport
from domain.facts.people import SocialWorker
from domain.facts.required_steps import OutOfEducation, ReturnSent
from domain.facts.reviewing import ContactMade
from domain.placement import Placement
from domain.placement_life_events import ContactLogged
from domain.routes import Route
from tests.duties.oracle import Life, School
from tests.duties.oracle_of_absence import Away, Coded, Said
from tests.duties.writing import example, organisations, records, write


def duties_of_absence(away: Away, school: School, started_on: date) -> list[Duty]:
    """What the product counts for a child who is placed from a day on."""
    child, [placement] = records(Life(started_on=started_on))
    _write_child(child, away)
    for whom, calls in (("parent", away.parent_called_on), ("social_worker", away.worker_told_on)):
        for on in calls:
            contact = example(
                ContactMade, "log_contact", "contact", with_whom=[whom, "other"], on=on.isoformat()
            )
            write(placement, on, ContactLogged, contact=contact)
    registers = registers_of(away, school, child, placement)
    return duties_of_child(ChildFile(child, [placement], registers, Counting(organisations(school))))


def _write_child(child: Child, away: Away) -> None:
    if away.worker_from:
        since = away.worker_from.isoformat()
        worker = example(SocialWorker, "record_social_worker", "social_worker", since_on=since)
        write(child, away.worker_from, c.SocialWorkerRecorded, social_worker=worker)
    if away.worker_until:
        write(child, away.worker_until, c.SocialWorkEnded, on=away.worker_until)
    if away.ill_since and away.foreseen_on:
        ill = OutOfEducation(cause="health", since_on=away.ill_since, expected_school_days=20)
        write(child, away.foreseen_on, FellOutOfEducation, absence=ill)
    for on in away.attendance_return_on:
        sent = ReturnSent(kind="attendance", sent_on=on, about_on=on)
        write(child, on, SchoolReturnSent, sent=sent)
    for on in away.sickness_return_on:
        write(child, on, SchoolReturnSent, sent=ReturnSent(kind="sickness", sent_on=on, about_on=on))


def registers_of(away: Away, school: School, child: Child, placement: Placement) -> list[Attendance]:
    """A register for each half-term of which something was said."""
    registers: dict[Any, Attendance] = {}
    told: list[Said | Coded] = sorted([*away.said, *away.codes], key=lambda one: one.on)
    for one in told:
        half = school.half_of(one.day)
        register = registers.get(half)
        if register is None:
            register = registers[half] = Attendance(uuid4())
            write(
                register, one.on, a.AttendanceOpened, placement_id=placement.id, child_id=child.id, half_term=str(half),
                first_on=one.day, last_on=one.day, route=Route.OFF_SITE_DIRECTION,
            )  # fmt: skip
        if isinstance(one, Coded):
            write(register, one.on, a.SessionCoded, day=one.day, half=one.half, code=one.code)
        else:
            write(register, one.on, a.SessionsReported, sessions=(_report(one),))
    return list(registers.values())


def _report(said: Said) -> SessionReport:
    return SessionReport(
        day=said.day,
        half=said.half,  # type: ignore[arg-type]
        seen="present" if said.there else "absent",
        reason_given="Invented" if said.reason else None,
        told_commissioner_at=said.told_commissioner_at,
        told_parent_at=said.told_parent_at,
    )

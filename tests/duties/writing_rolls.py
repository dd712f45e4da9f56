"""Writes a child's school rolls, some typed in days later, and asks what the product counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from domain import child_events as c
from domain import child_step_events as s
from domain import organisation_events as o
from domain.child import Child
from domain.duties.all_duties import duties_of_child
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty
from domain.events import Event
from domain.facts import required_steps as f
from domain.facts.people import LookedAfter, SocialWorker
from domain.organisation import Organisation
from domain.people import OrganisationKind
from tests.duties.oracle import School
from tests.duties.oracle_of_rolls import OnRolls, Stay
from tests.duties.writing import AUTHORITY, LONG_AGO, example, organisations, write, write_late

Late = Callable[[], int]
"""After how many days the next thing is typed in."""


def school_id(number: int) -> UUID:
    """The record of a school."""
    return UUID(int=100 + number)


def duties_of_rolls(told: OnRolls, school: School, late: Late = lambda: 0) -> list[Duty]:
    """What the product counts; the authority's calendar is that of all its schools."""
    found = organisations(school, calendar_at=AUTHORITY)
    for number, came_on in told.came_on.items():
        one = found[school_id(number)] = Organisation(school_id(number))
        write(
            one,
            came_on,
            o.OrganisationFounded,
            name="Invented",
            kind=OrganisationKind.SCHOOL,
            maintained=True,
        )
    child = Child(uuid4())
    write(
        child, LONG_AGO, c.ChildRegistered, given_names="Robin", family_name="Sample", born_on="2012-03-14",
        sex="U", authority_id=AUTHORITY,
    )  # fmt: skip
    typed = [(on + timedelta(days=late()), on, kind, facts) for on, kind, facts in _steps(told)]
    for typed_on, on, kind, facts in sorted(typed, key=lambda one: one[0]):
        write_late(child, typed_on, on, kind, **facts)
    _write_what_ended(child, told)
    return duties_of_child(ChildFile(child, [], [], Counting(found)))


def _steps(told: OnRolls) -> Iterator[tuple[date, type[Event], dict[str, Any]]]:
    for stay in told.stays:
        yield stay.from_on, c.RollChanged, _on_roll(stay)
    for kind, sent, about in told.returns:
        yield sent, s.SchoolReturnSent, {"sent": f.ReturnSent(kind=kind, sent_on=sent, about_on=about)}  # type: ignore[arg-type]
    for on in told.receipts:
        yield on, s.ChildProtectionFileSent, {"file": f.ProtectionFileSent(sent_on=on, receipt_on=on)}
    if told.worried:
        worker = example(SocialWorker, "record_social_worker", "social_worker", since_on="2026-09-01")
        yield date(2026, 9, 1), c.SocialWorkerRecorded, {"social_worker": worker}
    for on, sessions in told.suspended:
        yield on, c.Excluded, {"exclusion_type": "SUSP", "from_on": on, "sessions": sessions}


def _write_what_ended(child: Child, told: OnRolls) -> None:
    """The end of a stay is known later than its beginning; one time in care is told to its end before another begins."""
    for stay in told.stays:
        if stay.until_on:
            write(child, stay.until_on, c.RollChanged, **_on_roll(stay), until_on=stay.until_on)
    for since, until in told.care:
        write(
            child,
            since,
            c.LookedAfterRecorded,
            looked_after=LookedAfter(since_on=since, authority="Invented"),
        )
        if until:
            write(child, until, c.LookedAfterEnded, on=until)


def _on_roll(stay: Stay) -> dict[str, Any]:
    enrolment = "C" if stay.main else "S"
    return {"school_id": school_id(stay.school), "enrolment": enrolment, "from_on": stay.from_on}

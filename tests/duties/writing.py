"""Writes histories of one child straight into records, on any day, as the product would have stored them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from uuid import UUID, uuid4

import msgspec

from domain import child_events as c
from domain import organisation_events as o
from domain import placement_events as e
from domain import placement_life_events as life
from domain import referral_events as referral
from domain.child import Child
from domain.child_step_events import ExclusionNotified, GovernorsMet
from domain.duties.all_duties import duties_of_child
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty, State
from domain.events import Actor, Decision, Event
from domain.facts.breaking_down import Breakdown, Tomorrow
from domain.facts.going_live import OffSiteNotice
from domain.facts.required_steps import ExclusionTold, GovernorsMeeting
from domain.facts.reviewing import ReviewHeld, ReviewOpened
from domain.organisation import Organisation
from domain.people import OrganisationKind
from domain.placement import Placement
from domain.record import Record, Recording
from domain.routes import Route
from domain.school_days import SchoolCalendar
from domain.school_days import Term as PrintedTerm
from domain.stages import Stage
from tests.duties.oracle import Finding, Life, School
from workflows.examples import EXAMPLES

R = TypeVar("R", bound=Record)
AUTHORITY, SCHOOL = UUID(int=1), UUID(int=2)
LONG_AGO = date(2015, 1, 5)
BEFORE = date(2014, 9, 3)
DECISION = Decision(by=Actor(id="officer", name="Officer"), command="told", correlation_id=UUID(int=3))


def example(kind: type[Any], command: str, field: str, **changes: Any) -> Any:
    """A fact like that of the command's example, with other values."""
    return msgspec.convert({**EXAMPLES[command][field], **changes}, kind, strict=False)


def write(record: Record, told_on: date, kind: type[Event], /, **facts: Any) -> None:
    """Let a record remember something on a day."""
    write_late(record, told_on, told_on, kind, **facts)


def write_late(record: Record, typed_on: date, on: date, kind: type[Event], /, **facts: Any) -> None:
    """Let a record remember on one day what was true on another."""
    at = datetime.combine(typed_on, time(9), UTC)
    record.under(Recording(DECISION, at, on)).remember(kind, **facts)


def organisations(
    school: School, calendar_at: UUID | None = SCHOOL, chosen: tuple[str, ...] = ()
) -> dict[UUID, Organisation]:
    """The authority and the school, one of which has the calendar; the authority chose these rules that are off by themselves."""
    found = {}
    for id, kind in ((AUTHORITY, OrganisationKind.LOCAL_AUTHORITY), (SCHOOL, OrganisationKind.SCHOOL)):
        organisation = found[id] = Organisation(id)
        write(organisation, LONG_AGO, o.OrganisationFounded, name="Invented", kind=kind, maintained=True)
        if id == calendar_at:
            write(organisation, LONG_AGO, o.CalendarSet, calendar=as_calendar(school))
    if chosen:
        write(found[AUTHORITY], LONG_AGO, o.WarningsChosen, rules=chosen)
    return found


def as_calendar(school: School) -> SchoolCalendar:
    """The same calendar in the product's own words: bank holidays it knows by itself."""
    terms = tuple(
        PrintedTerm(
            name=f"Term {number}",
            starts_on=term.first,
            ends_on=term.last,
            half_term_starts_on=term.break_first,
            half_term_ends_on=term.break_last,
        )
        for number, term in enumerate(school.terms)
    )
    return SchoolCalendar(
        terms=terms, inset_days=tuple(sorted(school.inset)), closures=tuple(sorted(school.closed))
    )


def records(told: Life) -> tuple[Child, list[Placement]]:
    """The child's record and, if there was one, the placement's."""
    child = Child(uuid4())
    write(
        child, LONG_AGO, c.ChildRegistered, given_names="Robin", family_name="Sample", born_on="2012-03-14",
        sex="U", authority_id=AUTHORITY,
    )  # fmt: skip
    write(child, LONG_AGO, c.RollChanged, school_id=SCHOOL, enrolment="C", from_on=BEFORE)
    if told.excluded_on:
        on = told.excluded_on
        write(child, on, c.Excluded, exclusion_type="PERM", from_on=on)
        if told.told_on:
            fact = ExclusionTold(
                excluded_on=on, told=("parent", "governing_body", "local_authority"), told_on=told.told_on
            )
            write(child, told.told_on, ExclusionNotified, told=fact)
        if told.governors_on:
            met = GovernorsMeeting(excluded_on=on, held_on=told.governors_on, decision="upheld")
            write(child, told.governors_on, GovernorsMet, meeting=met)
    return child, [_placement(child, told)] if told.started_on else []


def _placement(child: Child, told: Life) -> Placement:
    placement, start = Placement(uuid4()), told.started_on
    assert start is not None
    write(
        placement, start, referral.Referred, stage=Stage.NEEDS_ASSESSMENT, child_id=child.id, commissioner_id=AUTHORITY,
        home_school_id=SCHOOL, route=Route.OFF_SITE_DIRECTION, reason="BHS", why="", referral_path="",
    )  # fmt: skip
    if told.notice_on:
        notice = example(OffSiteNotice, "serve_notice", "notice", served_on=told.notice_on)
        write(placement, told.notice_on, e.NoticeServed, notice=notice)
    write(placement, start, e.Started, stage=Stage.ACTIVE, on=start, first_review_on=date(2099, 1, 1))
    for day in told.reviews:
        typed = told.typed_on.get(day, day)
        called = example(ReviewOpened, "call_review", "review", meeting_on=day)
        write(placement, typed, life.ReviewCalled, stage=Stage.REVIEW, review=called)
        held = example(ReviewHeld, "record_review", "held", held_on=day)
        write(placement, typed, life.ReviewRecorded, held=held)
    if told.broke_on:
        where = example(Tomorrow, "record_breakdown", "tomorrow", where="no_education", from_on=told.broke_on)
        broke = example(Breakdown, "record_breakdown", "breakdown", on=told.broke_on)
        write(
            placement, told.broke_on, life.BrokenDown, stage=Stage.BREAKDOWN, breakdown=broke, tomorrow=where
        )
        if told.taught_again_on:
            again = replace(where, where="interim_provision", from_on=told.taught_again_on)
            write(placement, told.taught_again_on, life.TomorrowAnswered, tomorrow=again)
    if told.ended_on:
        write(placement, told.ended_on, life.Ended, stage=Stage.EXIT, on=told.ended_on, why="")
    return placement


def duties(told: Life, school: School, calendar_at: UUID | None = SCHOOL) -> list[Duty]:
    """What the product counts."""
    child, placements = records(told)
    return duties_of_child(ChildFile(child, placements, [], Counting(organisations(school, calendar_at))))


def found_by_the_product(
    counted: list[Duty], day: date, rules: set[str], made_good: bool = False
) -> set[Finding]:
    """Its findings at the end of a day, in the oracle's words."""
    return {
        (duty.rule, duty.due_on, date.fromordinal(duty.due_on.toordinal() + 1))
        for duty in counted
        if duty.rule in rules
        and (duty.was_missed and duty.due_on < day if made_good else duty.state(day) is State.OVERDUE)
    }

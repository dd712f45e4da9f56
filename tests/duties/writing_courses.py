"""Writes the course of a placement, day after day, into records, and asks what the product counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

from domain import child_events as c
from domain import child_step_events as s
from domain import placement_events as e
from domain import placement_life_events as life
from domain import referral_events as referral
from domain.child import Child
from domain.duties.all_duties import duties_of_child
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty
from domain.facts import breaking_down as b
from domain.facts import required_steps as f
from domain.facts.commission import IndividualAgreement
from domain.facts.going_live import LocalAuthorityInformed
from domain.facts.leaving import ExitPlan
from domain.facts.people import EhcPlan, LookedAfter
from domain.facts.reviewing import ReviewHeld, ReviewOpened
from domain.placement import Placement
from domain.routes import Route
from domain.stages import Stage
from tests.duties.oracle import School
from tests.duties.oracle_of_courses import Course
from tests.duties.writing import AUTHORITY, BEFORE, LONG_AGO, SCHOOL, example, organisations, write

CHOSEN = ("T15_invite", "T15_outcome", "T16_first", "T26", "T28")
"""Rules that are off until somebody chooses them."""

Step = tuple[date, Callable[[], None]]


def duties_of_course(course: Course, school: School) -> list[Duty]:
    """What the product counts."""
    child, placement = Child(uuid4()), Placement(uuid4())
    write(
        child, LONG_AGO, c.ChildRegistered, given_names="Robin", family_name="Sample", born_on="2012-03-14",
        sex="U", authority_id=AUTHORITY,
    )  # fmt: skip
    write(child, LONG_AGO, c.RollChanged, school_id=SCHOOL, enrolment="C", from_on=BEFORE)
    write(
        placement, LONG_AGO, referral.Referred, stage=Stage.NEEDS_ASSESSMENT, child_id=child.id, commissioner_id=SCHOOL,
        home_school_id=SCHOOL, route=Route.OFF_SITE_DIRECTION, reason="BHS", why="", referral_path="",
    )  # fmt: skip
    steps = [*_of_child(child, course), *_of_plan(child, course), *_of_placement(placement, course)]
    for _, take in sorted(steps, key=lambda step: step[0]):
        take()
    counting = Counting(organisations(school, chosen=CHOSEN))
    return duties_of_child(ChildFile(child, [placement], [], counting))


def _of_child(child: Child, course: Course) -> Iterator[Step]:
    if on := course.suspended_on:
        yield (
            on,
            lambda: write(child, on, c.Excluded, exclusion_type="SUSP", from_on=on, sessions=course.sessions),
        )
    if since := course.away_since:
        away = f.OutOfEducation(cause=course.away_for, since_on=since)  # type: ignore[arg-type]
        yield since, lambda: write(child, since, s.FellOutOfEducation, absence=away)
    if back := course.back_on:
        yield back, lambda: write(child, back, s.BackInEducation, on=back)
    if care := course.in_care_from:
        fact = LookedAfter(since_on=care, authority="Invented")
        yield care, lambda: write(child, care, c.LookedAfterRecorded, looked_after=fact)
    if until := course.in_care_until:
        yield until, lambda: write(child, until, c.LookedAfterEnded, on=until)
    for held in course.pep_meetings:
        yield (
            held,
            lambda held=held: write(child, held, s.PepMeetingHeld, pep=f.PepMeeting(held_on=held)),  # type: ignore[misc]
        )


def _of_plan(child: Child, course: Course) -> Iterator[Step]:
    for issued, named in course.plans:
        plan = EhcPlan(issued_on=issued, section_f="Invented", annual_review_by=named)
        yield issued, lambda on=issued, plan=plan: write(child, on, c.EhcPlanRecorded, plan=plan)  # type: ignore[misc]
    if ceased := course.plan_ceased_on:
        yield ceased, lambda: write(child, ceased, c.EhcPlanCeased, on=ceased)
    steps = [f.AnnualReviewStep(step="meeting_held", on=on) for on in course.meetings]
    steps += [f.AnnualReviewStep(step="report_sent", on=on) for on in course.reports]
    steps += [
        f.AnnualReviewStep(step="decision_told", on=on, decision=what)  # type: ignore[arg-type]
        for on, what in course.decisions
    ]
    for step in steps:
        yield step.on, lambda step=step: write(child, step.on, s.AnnualReviewStepTaken, review=step)  # type: ignore[misc]


def _of_placement(placement: Placement, course: Course) -> Iterator[Step]:
    def step(at: date, kind: type, /, **facts: object) -> Step:
        return at, lambda: write(placement, at, kind, **facts)

    start = course.started_on
    if start is None:
        return
    agreement = example(
        IndividualAgreement, "make_individual_agreement", "agreement",
        starts_on=start.isoformat(), ends_by=course.ends_by.isoformat(),
    )  # fmt: skip
    yield step(min(start, course.completed_on or start), e.IndividualAgreementMade, agreement=agreement)
    if course.completed_on:
        yield step(course.completed_on, e.ContractCompleted, stage=Stage.RISK_ASSESSMENT)
    if told := course.authority_told_on:
        yield step(
            told, e.LocalAuthorityTold, informed=LocalAuthorityInformed(on=told, officer="Named officer")
        )
    yield step(start, e.Started, stage=Stage.ACTIVE, on=start, first_review_on=date(2099, 1, 1))
    if planned := course.way_out_planned_on:
        way = example(ExitPlan, "plan_exit", "plan")
        yield step(planned, life.ExitPlanned, plan=way)
    yield from _of_worries(step, course)
    yield from _of_reviews(step, course)
    if ended := course.ended_on:
        yield step(ended, life.Ended, stage=Stage.EXIT, on=ended, why="")


def _of_worries(step: Callable[..., Step], course: Course) -> Iterator[Step]:
    if worried := course.worried_on:
        where = example(b.Tomorrow, "report_safeguarding_concern", "tomorrow", from_on=worried.isoformat())
        worry = example(
            b.SafeguardingConcern, "report_safeguarding_concern", "concern", on=worried.isoformat()
        )
        yield step(
            worried, life.SafeguardingConcernReported, stage=Stage.BREAKDOWN, concern=worry, tomorrow=where
        )
    if settled := course.settled_on:
        calm = b.SafeguardingResolved(on=settled, why="Invented")
        yield step(settled, life.SafeguardingSettled, resolved=calm)
    if broke := course.broke_on:
        where = example(b.Tomorrow, "record_breakdown", "tomorrow", from_on=broke.isoformat())
        fell = example(b.Breakdown, "record_breakdown", "breakdown", on=broke.isoformat())
        yield step(broke, life.BrokenDown, stage=Stage.BREAKDOWN, breakdown=fell, tomorrow=where)


def _of_reviews(step: Callable[..., Step], course: Course) -> Iterator[Step]:
    if asked := course.review_asked_on:
        yield step(asked, life.ReviewRequested, request=f.ReviewRequest(by="parent", asked_on=asked))
    for on, meeting, parent in course.called:
        whom = ["parent", "provider"] if parent else ["provider"]
        called = example(ReviewOpened, "call_review", "review", meeting_on=meeting.isoformat(), invited=whom)
        yield step(on, life.ReviewCalled, stage=Stage.REVIEW, review=called)
    for on in course.reviews:
        held = example(ReviewHeld, "record_review", "held", held_on=on.isoformat())
        yield step(on, life.ReviewRecorded, held=held)
    for on in course.outcome_told_on:
        told = f.OutcomeNotified(notified_on=on, to=("parent",))
        yield step(on, life.ReviewOutcomeNotified, notified=told)

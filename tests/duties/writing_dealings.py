"""Writes what was agreed in the course of a placement, some of it days later, and asks what the product counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from domain import child_events as c
from domain import placement_events as e
from domain import placement_life_events as life
from domain import referral_events as referral
from domain.child import Child
from domain.duties.all_duties import duties_of_child
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty
from domain.events import Event
from domain.facts.commission import HoursChanged, IndividualAgreement
from domain.facts.going_live import Reporting
from domain.facts.noticing import ProblemNoticed
from domain.facts.reviewing import (
    ChangeReported,
    ConcernRaised,
    ConcernSettled,
    ProgressReport,
    ReviewHeld,
    ReviewOpened,
)
from domain.facts.risk import RiskAssessment
from domain.noticed_events import ConcernNoticed
from domain.placement import Placement
from domain.routes import Route
from domain.stages import Stage
from tests.duties.oracle import School
from tests.duties.oracle_of_dealings import Dealing
from tests.duties.writing import (
    AUTHORITY,
    BEFORE,
    LONG_AGO,
    SCHOOL,
    example,
    organisations,
    write,
    write_late,
)

Step = tuple[date, type[Event], dict[str, Any]]


def duties_of_dealing(told: Dealing, school: School, late: Callable[[], int] = lambda: 0) -> list[Duty]:
    """What the product counts."""
    child, placement = Child(uuid4()), Placement(uuid4())
    write(
        child, LONG_AGO, c.ChildRegistered, given_names="Robin", family_name="Sample", born_on="2012-03-14",
        sex="U", authority_id=AUTHORITY,
    )  # fmt: skip
    write(child, LONG_AGO, c.RollChanged, school_id=SCHOOL, enrolment="C", from_on=BEFORE)
    write(
        placement, LONG_AGO, referral.Referred, stage=Stage.NEEDS_ASSESSMENT, child_id=child.id, commissioner_id=AUTHORITY,
        home_school_id=SCHOOL, route=Route.SECTION_19_OTHER, reason="BHS", why="", referral_path="",
    )  # fmt: skip
    # Decisions are typed in as they are taken; what others report may come days later.
    steps = [(on, on, kind, facts) for on, kind, facts in _decisions(told)]
    steps += [(on + timedelta(days=late()), on, kind, facts) for on, kind, facts in _reports(told)]
    for typed, on, kind, facts in sorted(steps, key=lambda step: step[0]):
        write_late(placement, typed, on, kind, **facts)
    for opened, again, closed in told.concerns:
        if opened in told.noticed:
            noticed = example(ProblemNoticed, "notice_concern", "noticed", look_at_by=again.isoformat())
            write(placement, opened, ConcernNoticed, noticed=noticed)
        else:
            concern = example(ConcernRaised, "raise_concern", "concern", look_again_on=again.isoformat())
            write(placement, opened, life.ConcernOpened, concern=concern)
        if closed:
            settled = example(ConcernSettled, "settle_concern", "settled", concern=placement.version)
            write(placement, closed, life.ConcernClosed, settled=settled)
    return duties_of_child(ChildFile(child, [placement], [], Counting(organisations(school))))


def _decisions(told: Dealing) -> Iterator[Step]:
    start = told.started_on
    agreement = example(
        IndividualAgreement, "make_individual_agreement", "agreement",
        starts_on=start.isoformat(), ends_by=told.ends_by.isoformat(), sessions_per_week=told.half_days,
    )  # fmt: skip
    yield start, e.IndividualAgreementMade, {"agreement": agreement}
    if told.weeks:
        reporting = example(Reporting, "agree_reporting", "reporting", progress_every_weeks=told.weeks)
        yield start, e.ReportingAgreed, {"reporting": reporting}
    yield start, e.Started, {"stage": Stage.ACTIVE, "on": start, "first_review_on": told.first_review_on}
    for on, again, ends_by in told.decided:
        facts = {"because": "", "next_review_on": again, "ends_by": ends_by}
        yield on, life.Continued, {"stage": Stage.ACTIVE, **facts}
    for until in told.set_aside_until:
        facts = {"request": until.toordinal(), "requested_by": "officer", "rules": (), "until": until}
        yield start, e.OverrideApproved, facts
    for held in told.reviews:
        called = example(ReviewOpened, "call_review", "review", meeting_on=held.isoformat())
        yield held, life.ReviewCalled, {"stage": Stage.REVIEW, "review": called}
    if told.ended_on:
        yield told.ended_on, life.Ended, {"stage": Stage.EXIT, "on": told.ended_on, "why": ""}


def _reports(told: Dealing) -> Iterator[Step]:
    for from_on, half_days in told.altered:
        hours = example(
            HoursChanged, "change_hours", "hours", from_on=from_on.isoformat(), sessions_per_week=half_days
        )
        yield from_on, life.HoursAltered, {"hours": hours}
    for held in told.reviews:
        yield (
            held,
            life.ReviewRecorded,
            {"held": example(ReviewHeld, "record_review", "held", held_on=held.isoformat())},
        )
    for since, heard in told.changes:
        change = example(ChangeReported, "report_change", "change", on=since.isoformat())
        yield heard, life.CircumstancesChanged, {"change": change}
    for on in told.reports:
        yield (
            on,
            life.ProgressReported,
            {"report": example(ProgressReport, "report_progress", "report", on=on.isoformat())},
        )
    for assessed, again in told.risks:
        risk = example(
            RiskAssessment,
            "assess_risk",
            "assessment",
            assessed_on=assessed.isoformat(),
            review_on=again.isoformat(),
        )
        yield assessed, e.RiskAssessed, {"assessment": risk}

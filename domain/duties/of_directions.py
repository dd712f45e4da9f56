"""Duties of an off-site direction: the notice, reviews that are asked for, invitation and outcome (T13-T15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain import placement_events as e
from domain import placement_life_events as life
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.lives import LifeOfPlacement
from domain.duties.way import counts
from domain.routes import terms_of
from domain.time_rules import time_rule
from domain.working_days import working_days_after

PRACTICABLE = 10
"""Working days in which a meeting that is to be held as soon as reasonably practicable is expected: our own choice."""


def _directed(file: ChildFile) -> Iterator[LifeOfPlacement]:
    for placed in file.placements:
        route = placed.record.route
        if route is not None and terms_of(route).section_29a_notice:
            yield placed


@counts("T13", started_by=(e.IndividualAgreementMade, e.Started), completed_by=(e.NoticeServed,))
def notice_is_served(file: ChildFile) -> Iterator[Duty]:
    """Two school days before the first day, as it is agreed for the child or as it was."""
    for placed in _directed(file):
        placement, story = placed.record, placed.story
        known = story.last(e.Started) or story.last(e.IndividualAgreementMade)
        first_day = placement.started_on or (placement.commission.starts_on if placement.commission else None)
        if known is None or first_day is None:
            continue
        again = story.last(e.ChosenAgain)
        notices = [
            (n.notice.served_on, n)
            for n in story.of(e.NoticeServed)
            if again is None or n.originator_version > again.originator_version
        ]
        gone = placed.ended_on if placement.started_on is None else None
        done = first_on_or_after(date.min, notices)
        yield from file.owed("T13", first_day, known, placement=placement, done=done, lapsed=gone)


@counts("T14", started_by=(life.ReviewRequested,), completed_by=(life.ReviewRecorded,))
def a_review_that_was_asked_for_is_held(file: ChildFile) -> Iterator[Duty]:
    """Not where one was held in the ten weeks before (T14_pause). As soon as practicable: counted as ten working days, our choice."""
    pause = timedelta(weeks=time_rule("T14_pause").count)
    for placed in _directed(file):
        for asked in placed.story.of(life.ReviewRequested):
            on = asked.request.asked_on
            if asked.request.by == "child" or any(on - pause <= day < on for day, _ in placed.held()):
                continue
            done = first_on_or_after(on, placed.held())
            yield from file.owed(
                "T14",
                on,
                asked,
                placement=placed.record,
                due=working_days_after(on, PRACTICABLE),
                done=done,
                lapsed=placed.ended_on,
            )


@counts("T15_invite", started_by=(life.ReviewCalled,), completed_by=(life.ReviewCalled,))
def they_are_invited_in_time(file: ChildFile) -> Iterator[Duty]:
    """Six days before the meeting. The day the review was called is the day of the invitation to those it names."""
    for placed in _directed(file):
        for called in placed.story.of(life.ReviewCalled):
            invited = (called.occurred_on, called) if "parent" in called.review.invited else None
            yield from file.owed(
                "T15_invite",
                called.review.meeting_on,
                called,
                placement=placed.record,
                about=str(called.originator_version),
                done=invited,
            )


@counts("T15_outcome", started_by=(life.ReviewRecorded,), completed_by=(life.ReviewOutcomeNotified,))
def the_outcome_is_notified(file: ChildFile) -> Iterator[Duty]:
    """Six days after each review."""
    for placed in _directed(file):
        notified = [(n.notified.notified_on, n) for n in placed.story.of(life.ReviewOutcomeNotified)]
        for day in sorted({day for day, _ in placed.held()}):
            known = next(event for held_on, event in placed.held() if held_on == day)
            yield from file.owed(
                "T15_outcome", day, known, placement=placed.record, done=first_on_or_after(day, notified)
            )

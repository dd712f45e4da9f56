"""Duties of an EHC plan: its yearly review, what follows the meeting, transfers of phase, a breakdown (T22-T26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain import child_events as e
from domain.child_step_events import AnnualReviewStepTaken
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.of_directions import PRACTICABLE
from domain.duties.of_exclusions import school_year
from domain.duties.way import counts
from domain.events import Event
from domain.placement_life_events import BrokenDown
from domain.time_rules import months_after
from domain.working_days import working_days_after

TRANSFERS = {"6": "T25", "11": "T25_post_16"}
"""The year group before each transfer, and its rule. First and middle schools have others, which are not known here."""


@counts(
    "T22",
    started_by=(e.EhcPlanRecorded, AnnualReviewStepTaken),
    completed_by=(AnnualReviewStepTaken, e.EhcPlanRecorded),
)
def the_plan_is_reviewed_each_year(file: ChildFile) -> Iterator[Duty]:
    """Twelve months after it was issued or last reviewed, or on the earlier day that the plan names.

    A plan that is recorded anew with a later day was amended, and so reviewed.
    """
    since: list[tuple[date, Event]] = [(p.plan.issued_on, p) for p in file.story.of(e.EhcPlanRecorded)]
    since += _steps(file, "meeting_held")
    since.sort(key=lambda pair: (pair[0], pair[1].originator_version))
    days = list(dict.fromkeys(day for day, _ in since))
    for number, day in enumerate(days):
        event = next(x for on, x in since if on == day)
        due = None
        if isinstance(event, e.EhcPlanRecorded) and event.plan.annual_review_by is not None:
            due = min(event.plan.annual_review_by, months_after(day, 12))
        done = next(pair for pair in since if pair[0] == days[number + 1]) if number + 1 < len(days) else None
        yield from file.owed("T22", day, event, due=due, done=done, lapsed=_ceased(file, day))


@counts(
    "T23_report", "T23_decision", "T23_final",
    started_by=(AnnualReviewStepTaken,), completed_by=(AnnualReviewStepTaken, e.EhcPlanRecorded),
)  # fmt: skip
def what_follows_the_meeting(file: ChildFile) -> Iterator[Duty]:
    """The report, the decision, and the final plan where the decision was to amend it."""
    for day, event in _steps(file, "meeting_held"):
        report, decision = _steps(file, "report_sent"), _steps(file, "decision_told")
        yield from file.owed("T23_report", day, event, done=first_on_or_after(day, report))
        decided = first_on_or_after(day, decision)
        yield from file.owed("T23_decision", day, event, done=decided)
        if decided is not None and _amends(decided[1]):
            plans = [(p.plan.issued_on, p) for p in file.story.of(e.EhcPlanRecorded)]
            yield from file.owed("T23_final", day, decided[1], done=first_on_or_after(decided[0], plans))


@counts("T24", started_by=(AnnualReviewStepTaken,), completed_by=(AnnualReviewStepTaken,))
def the_parent_has_time_to_answer(file: ChildFile) -> Iterator[Duty]:
    """A time that is given and not a duty that can be missed: it lapses the day after."""
    for day, event in _steps(file, "amendments_proposed"):
        answered = first_on_or_after(day, _steps(file, "representations_received"))
        for duty in file.owed("T24", day, event, done=answered):
            yield _closing(duty)


@counts(
    "T25",
    "T25_post_16",
    started_by=(e.YearGroupSet, e.ChildRegistered, e.EhcPlanRecorded),
    completed_by=(e.EhcPlanRecorded,),
)
def the_plan_is_amended_before_a_transfer(file: ChildFile) -> Iterator[Duty]:
    """For a child in year 6 or 11 with a plan, in the school year for which the year group was recorded last."""
    plans = [(p.plan.issued_on, p) for p in file.story.of(e.EhcPlanRecorded)]
    groups = {
        school_year(x.occurred_on): x
        for x in file.story.of(e.ChildRegistered, e.YearGroupSet)
        if x.year_group
    }
    for year, event in groups.items():
        rule, begins = TRANSFERS.get(event.year_group or ""), date(year, 9, 1)
        if not rule or not plans:
            continue
        known = max((event, plans[0][1]), key=lambda x: x.recorded_at)
        done = first_on_or_after(begins, plans)
        for duty in file.owed(rule, begins, known, done=done, lapsed=_ceased(file, begins)):
            if _had_plan(file, begins) or (done is not None and done[0] <= duty.due_on):
                yield duty


@counts("T26", started_by=(BrokenDown,), completed_by=(AnnualReviewStepTaken,))
def a_breakdown_brings_an_early_review(file: ChildFile) -> Iterator[Duty]:
    """Where the child had a plan on that day. At once: a meeting is expected within ten working days, our choice."""
    for placed in file.placements:
        for broke in placed.story.of(BrokenDown):
            on = broke.breakdown.on
            if not _had_plan(file, on):
                continue
            done = first_on_or_after(on, _steps(file, "meeting_held"))
            due = working_days_after(on, PRACTICABLE)
            yield from file.owed("T26", on, broke, placement=placed.record, due=due, done=done)


def _had_plan(file: ChildFile, on: date) -> bool:
    """Whether a plan was in force on a day: one that ceased may have been followed by another."""
    issued = [p.plan.issued_on for p in file.story.of(e.EhcPlanRecorded) if p.plan.issued_on <= on]
    ceased = _ceased(file, max(issued)) if issued else None
    return bool(issued) and (ceased is None or ceased >= on)


def _steps(file: ChildFile, step: str) -> list[tuple[date, Event]]:
    found = [(s.review.on, s) for s in file.story.of(AnnualReviewStepTaken) if s.review.step == step]
    return sorted(found, key=lambda pair: (pair[0], pair[1].originator_version))


def _amends(event: Event) -> bool:
    return isinstance(event, AnnualReviewStepTaken) and event.review.decision == "amend"


def _ceased(file: ChildFile, after: date) -> date | None:
    return min((c.on for c in file.story.of(e.EhcPlanCeased) if c.on >= after), default=None)


def _closing(duty: Duty) -> Duty:
    from dataclasses import replace

    return replace(duty, lapsed_on=duty.due_on + timedelta(days=1))

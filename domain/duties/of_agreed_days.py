"""Duties for days that people set themselves: concerns, reports, risk and overrides (T42-T45)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain import placement_events as e
from domain import placement_life_events as life
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.way import counts
from domain.events import Event
from domain.noticed_events import ConcernNoticed

ENDS = (life.Ended, life.Replaced)


@counts("T42", started_by=(life.ConcernOpened, ConcernNoticed), completed_by=(life.ConcernClosed,))
def a_concern_is_looked_at_again(file: ChildFile) -> Iterator[Duty]:
    """On the day that was set when it was opened, by a person or by the service."""
    for placed in file.placements:
        for opened in placed.story.of(life.ConcernOpened, ConcernNoticed):
            closed = [
                (c.occurred_on, c)
                for c in placed.story.of(life.ConcernClosed)
                if c.settled.concern == opened.originator_version
            ]
            day = _to_be_looked_at_on(opened)
            yield from file.owed(
                "T42",
                day,
                opened,
                placement=placed.record,
                about=str(opened.originator_version),
                due=day,
                done=first_on_or_after(date.min, closed),
            )


def _to_be_looked_at_on(opened: life.ConcernOpened | ConcernNoticed) -> date:
    return opened.noticed.look_at_by if isinstance(opened, ConcernNoticed) else opened.concern.look_again_on


@counts(
    "T43",
    started_by=(e.ReportingAgreed, e.Started, life.ProgressReported),
    completed_by=(life.ProgressReported,),
)
def progress_is_reported(file: ChildFile) -> Iterator[Duty]:
    """So many weeks after the first day, and after each report."""
    for placed in file.placements:
        reporting, live = placed.record.reporting, placed.live
        if reporting is None or not live:
            continue
        every = timedelta(weeks=reporting.progress_every_weeks)
        reports = sorted(
            ((r.report.on, r) for r in placed.story.of(life.ProgressReported)), key=lambda pair: pair[0]
        )
        since: list[tuple[date, Event]] = [(live[0].from_on, live[0].begun_by), *reports]
        for number, (day, event) in enumerate(since):
            done = since[number + 1] if number + 1 < len(since) else None
            yield from file.owed(
                "T43",
                day,
                event,
                placement=placed.record,
                about=str(event.originator_version),
                due=day + every,
                done=done,
                lapsed=placed.ended_on,
            )


@counts("T44", started_by=(e.RiskAssessed,), completed_by=(e.RiskAssessed,))
def risk_is_assessed_again(file: ChildFile) -> Iterator[Duty]:
    """On the day that the assessment itself names."""
    for placed in file.placements:
        made = sorted(placed.story.of(e.RiskAssessed), key=lambda event: event.assessment.assessed_on)
        for number, event in enumerate(made):
            again = made[number + 1] if number + 1 < len(made) else None
            day = event.assessment.review_on
            yield from file.owed(
                "T44",
                day,
                event,
                placement=placed.record,
                about=str(event.originator_version),
                due=day,
                done=(again.assessment.assessed_on, again) if again else None,
                lapsed=placed.ended_on,
            )


@counts("T45", started_by=(e.OverrideApproved,), completed_by=ENDS)
def an_override_comes_to_its_end(file: ChildFile) -> Iterator[Duty]:
    """Its last day: a reminder that lapses by itself when the placement ends; nobody can tick it off."""
    for placed in file.placements:
        for approved in placed.story.of(e.OverrideApproved):
            over = [(x.on, x) for x in placed.story.of(*ENDS)]
            yield from file.owed(
                "T45",
                approved.until,
                approved,
                placement=placed.record,
                about=str(approved.request),
                due=approved.until,
                done=first_on_or_after(date.min, over),
                lapsed=placed.ended_on,
            )

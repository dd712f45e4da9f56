"""Duties of a placement's life: breakdown, who is told, hours, reports, concerns, risk, overrides, the way out (T19-T45)."""

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
from domain.events import Event
from domain.facts.breaking_down import Tomorrow
from domain.noticed_events import ConcernNoticed
from domain.placement import Placement

ENDS = (life.Ended, life.Replaced)
FULL_WEEK = 10
"""Half-days: a placement with fewer is part-time (SI 2024/208: two sessions a school day)."""


@counts(
    "T19",
    started_by=(life.BrokenDown, life.SafeguardingConcernReported),
    completed_by=(
        life.BrokenDown,
        life.SafeguardingConcernReported,
        life.TomorrowAnswered,
        life.Recovered,
        e.Started,
    ),
)
def other_education_is_in_place(file: ChildFile) -> Iterator[Duty]:
    """The next school day. Done from the first day at the home school, in interim provision, back here, or in another placement."""
    for placed in file.placements:
        breaks = placed.story.of(life.BrokenDown, life.SafeguardingConcernReported)
        for broke in breaks:
            on = broke.breakdown.on if isinstance(broke, life.BrokenDown) else broke.concern.on
            after = [x for x in placed.story.events if x.originator_version > broke.originator_version]
            taught: list[tuple[date, Event]] = _somewhere(broke.tomorrow, broke)
            for event in after:
                if isinstance(event, life.TomorrowAnswered):
                    taught += _somewhere(event.tomorrow, event)
                elif isinstance(event, life.Recovered):
                    taught.append((event.recovery.back_on, event))
            taught += [
                (stretch.from_on, stretch.begun_by)
                for other in file.placements
                if other is not placed
                for stretch in other.live
            ]
            yield from file.owed(
                "T19",
                on,
                broke,
                placement=placed.record,
                about=str(broke.originator_version),
                done=first_on_or_after(on, taught),
            )


def _somewhere(tomorrow: Tomorrow, event: Event) -> list[tuple[date, Event]]:
    return [] if tomorrow.where == "no_education" else [(tomorrow.from_on, event)]


@counts("T20", started_by=(e.ContractCompleted,), completed_by=(e.LocalAuthorityTold,))
def the_authority_is_told_of_a_schools_placement(file: ChildFile) -> Iterator[Duty]:
    """Where a school or trust commissions. Counted from the day everything was agreed and signed."""
    for placed in file.placements:
        if not file.is_school(placed.record.commissioner_id):
            continue
        told = [(t.informed.on, t) for t in placed.story.of(e.LocalAuthorityTold)]
        for completed in placed.story.of(e.ContractCompleted):
            yield from file.owed(
                "T20",
                completed.occurred_on,
                completed,
                placement=placed.record,
                done=first_on_or_after(date.min, told),
                lapsed=placed.ended_on,
                owes=placed.record.commissioner_id,
            )


@counts("T21", started_by=(life.CircumstancesChanged,), completed_by=(life.CircumstancesChanged,))
def a_change_is_told(file: ChildFile) -> Iterator[Duty]:
    """Only a change that was told can be seen: told on a later day than it happened, it was told late."""
    for placed in file.placements:
        for told in placed.story.of(life.CircumstancesChanged):
            yield from file.owed(
                "T21",
                told.change.on,
                told,
                placement=placed.record,
                about=str(told.originator_version),
                done=(told.occurred_on, told),
            )


@counts(
    "T37",
    started_by=(e.IndividualAgreementMade, life.Continued),
    completed_by=(life.Continued, life.HoursAltered, *ENDS),
)
def a_part_time_timetable_has_an_end(file: ChildFile) -> Iterator[Duty]:
    """Its agreed end: by then a review fixes a new one, the hours become full, or the placement ends.

    It begins with the placement, or on the day on which full hours become fewer.
    """
    for placed in file.placements:
        agreed = placed.story.last(e.IndividualAgreementMade)
        if agreed is None or not placed.live:
            continue
        ends: list[tuple[date, date, Event]] = [(date.min, agreed.agreement.ends_by, agreed)]
        ends += [(c.occurred_on, c.ends_by, c) for c in placed.story.of(life.Continued) if c.ends_by]
        over: list[tuple[date, Event]] = [(x.on, x) for x in placed.story.of(*ENDS)]
        for since, until in _part_time(placed, agreed):
            if any(on <= since for on, _ in over):
                continue
            for (on, day, event), following in zip(ends, [*ends[1:], None], strict=True):
                if (following and following[0] <= since) or (until and on >= until[0]):
                    continue
                done = [*over, *filter(None, (until, following and (following[0], following[2])))]
                yield from file.owed(
                    "T37",
                    since,
                    event,
                    placement=placed.record,
                    about=str(event.originator_version),
                    due=day,
                    done=first_on_or_after(since, done),
                )


def _part_time(
    placed: LifeOfPlacement, agreed: e.IndividualAgreementMade
) -> Iterator[tuple[date, tuple[date, Event] | None]]:
    """From which day the week was not full, and the day on which it became full again."""
    altered = sorted(
        ((h.hours.from_on, h) for h in placed.story.of(life.HoursAltered)),
        key=lambda pair: (pair[0], pair[1].originator_version),
    )
    few = agreed.agreement.sessions_per_week < FULL_WEEK
    since = agreed.agreement.starts_on if few else None
    for day, event in altered:
        few = event.hours.sessions_per_week < FULL_WEEK
        if few and since is None:
            since = day
        elif not few and since is not None:
            yield since, (day, event)
            since = None
    if since is not None:
        yield since, None


@counts("T40", started_by=(e.IndividualAgreementMade, life.Continued), completed_by=(life.ExitPlanned,))
def the_way_out_is_planned(file: ChildFile) -> Iterator[Duty]:
    """By the first school day of the half-term before the one in which it is to end, or the first day where that is later."""
    for placed in file.placements:
        agreed = placed.story.last(e.IndividualAgreementMade)
        if agreed is None or not placed.live:
            continue
        planned = [(x.occurred_on, x) for x in placed.story.of(life.ExitPlanned)]
        moved = [c for c in placed.story.of(life.Continued) if c.ends_by is not None]
        known: Event = moved[-1] if moved else agreed
        start, end = placed.live[0].from_on, placed.record.ends_by or agreed.agreement.ends_by
        for duty in file.owed(
            "T40",
            end,
            known,
            placement=placed.record,
            # Where it begins and ends in one half-term, no calendar of the time before is needed.
            due=start if _in_one_half_term(file, placed.record, start, end) else None,
            by="half-terms",
            done=first_on_or_after(date.min, planned),
            lapsed=placed.ended_on,
        ):
            yield not_before(duty, start)


def _in_one_half_term(file: ChildFile, placement: Placement, start: date, end: date) -> bool:
    whose = (placement.home_school_id, placement.commissioner_id, file.child.authority_id)
    for days in file.counting.calendars(whose):
        if days.covers(start) and days.covers(end):
            # The break after a half-term belongs to it.
            return not any(start < half.starts_on <= end for half in days.half_terms())
    return False


def not_before(duty: Duty, day: date) -> Duty:
    """The duty, due on that day where it would be due before."""
    from dataclasses import replace

    return duty if duty.due_on >= day else replace(duty, due_on=day)


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

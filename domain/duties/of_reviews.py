"""Duties to review a placement: each half-term, soon after the start, after a safeguarding concern, on the day fixed (T16, T17, T41)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import placement_events as e
from domain import placement_life_events as life
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.lives import LifeOfPlacement, Stretch
from domain.duties.way import counts
from domain.events import Event
from domain.school_days import HalfTerm
from domain.working_days import DAY

ENDS = (life.Ended, life.Replaced)


@counts("T16", started_by=(e.Started, life.Reopened), completed_by=(life.ReviewRecorded,))
def a_review_is_held_in_each_half_term(file: ChildFile) -> Iterator[Duty]:
    """One for every half-term in which the placement is live, by its last school day.

    A review in the half-term meets it; a later one makes it good late. The half-term in which the placement ends asks for none,
    if it ends before its last school day.
    """
    for placed in file.placements:
        for stretch in placed.live:
            yield from _half_term_by_half_term(file, placed, stretch)


def _half_term_by_half_term(file: ChildFile, placed: LifeOfPlacement, stretch: Stretch) -> Iterator[Duty]:
    placement = placed.record
    whose = (placement.home_school_id, placement.commissioner_id, file.child.authority_id)
    calendars = file.counting.calendars(whose)
    covering = next((days for days in calendars if days.covers(stretch.from_on)), None)
    if covering is None:
        file.uncovered.setdefault(placement.id, (stretch.from_on, stretch.begun_by))
        return
    for half in covering.half_terms():
        if half.last_school_day < stretch.from_on:
            continue
        if stretch.until_on is not None and half.starts_on > stretch.until_on:
            continue
        yield from file.owed(
            "T16",
            half.starts_on,
            stretch.begun_by,
            placement=placement,
            due=half.last_school_day,
            by="half-terms",
            done=_held_in(placed, half),
            lapsed=stretch.until_on,
        )
    last = covering.half_terms()[-1]
    if stretch.until_on is None or stretch.until_on > last.ends_on:
        file.uncovered.setdefault(placement.id, (last.ends_on, stretch.begun_by))


def _held_in(placed: LifeOfPlacement, half: HalfTerm) -> tuple[date, Event] | None:
    return first_on_or_after(half.starts_on, placed.held())


@counts("T16_first", started_by=(e.Started,), completed_by=(life.ReviewRecorded,))
def a_new_placement_is_reviewed_early(file: ChildFile) -> Iterator[Duty]:
    """Within four weeks of the first day: our own suggestion, off until it is chosen."""
    for placed in file.placements:
        for started in placed.story.of(e.Started):
            done = first_on_or_after(started.on, placed.held())
            yield from file.owed(
                "T16_first", started.on, started, placement=placed.record, done=done, lapsed=placed.ended_on
            )


@counts(
    "T17",
    started_by=(life.SafeguardingConcernReported,),
    completed_by=(life.ReviewRecorded, life.SafeguardingSettled, *ENDS),
)
def a_safeguarding_concern_is_reviewed_at_once(file: ChildFile) -> Iterator[Duty]:
    """The report itself stops the placement. The review is done when one is held, the lead decides, or the placement ends."""
    for placed in file.placements:
        settled: list[tuple[date, Event]] = [
            (s.resolved.on, s) for s in placed.story.of(life.SafeguardingSettled)
        ]
        settled += placed.held()
        settled += [(x.on, x) for x in placed.story.of(*ENDS)]
        for reported in placed.story.of(life.SafeguardingConcernReported):
            on = reported.concern.on
            done = first_on_or_after(on, (pair for pair in settled if _later(pair[1], reported)))
            yield from file.owed(
                "T17",
                on,
                reported,
                placement=placed.record,
                about=str(reported.originator_version),
                done=done,
            )


@counts(
    "T41",
    started_by=(e.Started, life.Continued, life.Recovered),
    completed_by=(life.ReviewRecorded,),
)
def a_review_is_held_on_the_day_fixed(file: ChildFile) -> Iterator[Duty]:
    """The day that was fixed at the start, at the last review or on recovery. A later decision that fixes another day replaces it."""
    for placed in file.placements:
        fixed: list[tuple[date, date, Event]] = []
        for event in placed.story.of(e.Started, life.Continued, life.Recovered):
            if isinstance(event, e.Started):
                fixed.append((event.first_review_on, event.on, event))
            elif isinstance(event, life.Recovered):
                since = min(event.recovery.back_on, event.occurred_on)
                fixed.append((event.next_review_on, since, event))
            else:
                # The review on which it was decided does not meet the next, even if it is typed in after the decision.
                fixed.append((event.next_review_on, event.occurred_on + DAY, event))
        for number, (day, since, known) in enumerate(fixed):
            replaced = fixed[number + 1][2].occurred_on if number + 1 < len(fixed) else None
            done = first_on_or_after(since, placed.held())
            yield from file.owed(
                "T41",
                day,
                known,
                placement=placed.record,
                about=str(known.originator_version),
                due=day,
                done=done,
                lapsed=min(filter(None, (replaced, placed.ended_on)), default=None),
            )


def _later(event: Event, than: Event) -> bool:
    return event.originator_version > than.originator_version

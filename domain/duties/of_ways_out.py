"""The duty to plan the way out in time (T40)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain import placement_events as e
from domain import placement_life_events as life
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.way import counts
from domain.events import Event
from domain.placement import Placement


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
            yield _not_before(duty, start)


def _in_one_half_term(file: ChildFile, placement: Placement, start: date, end: date) -> bool:
    whose = (placement.home_school_id, placement.commissioner_id, file.child.authority_id)
    for days in file.counting.calendars(whose):
        if days.covers(start) and days.covers(end):
            # The break after a half-term belongs to it.
            return not any(start < half.starts_on <= end for half in days.half_terms())
    return False


def _not_before(duty: Duty, day: date) -> Duty:
    """The duty, due on that day where it would be due before."""
    return duty if duty.due_on >= day else replace(duty, due_on=day)

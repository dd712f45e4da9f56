"""The duty that a part-time timetable has an end (T37)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import placement_events as e
from domain import placement_life_events as life
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.lives import LifeOfPlacement
from domain.duties.way import counts
from domain.events import Event

ENDS = (life.Ended, life.Replaced)
FULL_WEEK = 10
"""Half-days: a placement with fewer is part-time (SI 2024/208: two sessions a school day)."""


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

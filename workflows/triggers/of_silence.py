"""What follows when a provider says nothing of a day on which the child must have been there: it is asked, and then others are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from domain.facts.telling import Relation
from domain.placement import Placement
from domain.stages import LIVE
from domain.working_days import LONDON, working_days_after
from workflows.triggers.cause import FellDue
from workflows.triggers.messages import Message, in_words, told
from workflows.triggers.trigger import Follows, trigger
from workflows.triggers.view import View

DAILY_ATTENDANCE = ("T47",)
WORTH_TELLING_FOR = 2
"""Working days after which nobody is asked for that day any more: a later silence asks anew."""


@trigger("003 ¶52; 004 l.56-57 (T47)", "source", duties=DAILY_ATTENDANCE, tells=("day_not_reported",))
def a_day_that_nobody_reported_is_asked_of_the_provider(
    cause: FellDue, view: View
) -> Iterator[Follows | Message]:
    """A school day on which the child must have been at the provider, and of which nothing is recorded, is asked of the provider."""
    yield from _told(cause, view, ("provider",))


@trigger(
    "003 ¶52; 004 l.56-57 (T47); the number of days is our own choice", "source", duties=DAILY_ATTENDANCE,
    waits="unreported_day_to_commissioner_days", tells=("day_not_reported",),
)  # fmt: skip
def a_provider_that_stays_silent_is_told_to_the_commissioner(
    cause: FellDue, view: View
) -> Iterator[Follows | Message]:
    """A day that is still not reported some working days later is told to the commissioner and the home school."""
    yield from _told(cause, view, ("commissioner", "attendance_officer"))


def _told(cause: FellDue, view: View, to: tuple[Relation, ...]) -> Iterator[Follows | Message]:
    placement = view.find(Placement, cause.placement_id)
    if placement is not None and placement.stage in LIVE:
        tell_by = datetime.combine(working_days_after(cause.on, WORTH_TELLING_FOR), time.max, LONDON)
        yield told(placement, "day_not_reported", to, tell_by=tell_by, day=in_words(cause.due_on))

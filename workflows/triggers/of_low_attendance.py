"""What follows from low attendance: a review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.facts.reviewing import ReviewOpened
from domain.placement import Placement
from domain.placement_life_events import Continued, Recovered
from domain.sessions_missed import (
    Attended,
    attended_lately,
)
from domain.stages import Stage
from domain.working_days import working_days_after
from workflows.reviewing import INVITED, CallReview
from workflows.triggers.cause import Happened
from workflows.triggers.messages import Message, in_words, told
from workflows.triggers.registers import REPORTS, sessions_known
from workflows.triggers.trigger import Follows, trigger
from workflows.triggers.view import View


@trigger(
    "003 ¶52, Appendix A bullet 2; KCSIE Part 3; the number of days is our own choice",
    "source", watches=REPORTS, uses=("attendance_below_target_days", "attendance_target_percent", "called_review_days"),
    does=("call_review",), tells=("attendance_below_target",),
)  # fmt: skip
def low_attendance_opens_a_review(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """Attendance under the target that was agreed for the child, over so many school days, opens a review."""
    found = sessions_known(cause, view)
    if found is None or found[0].stage is not Stage.ACTIVE:
        return
    placement, after, before = found
    whose = placement.commissioner_id
    days = view.number("attendance_below_target_days", whose)
    target = placement.commission.targets.attendance_percent if placement.commission else None
    if target is None:
        target = view.number("attendance_target_percent", whose)
    since = _last_decision(placement)
    now, then = (attended_lately([s for s in known if s.day > since], days) for known in (after, before))
    if now is None or now.percent >= target or (then is not None and then.percent < target):
        return
    meets = working_days_after(cause.on, view.number("called_review_days", whose))
    review = ReviewOpened(kind="attendance", meeting_on=meets, invited=INVITED)
    led_here = tuple(dict.fromkeys(s.known_by for s in after if now.first_on <= s.day <= now.last_on))
    yield Follows(CallReview(review=review), placement.id, "review", placement.id, whose, led_here)
    yield _told_of_review(placement, now, target, meets)


def _told_of_review(placement: Placement, now: Attended, target: int, meets: date) -> Message:
    return told(
        placement, "attendance_below_target",
        ("commissioner", "provider", "parent"), percent=f"{now.percent:.0f} per cent", target=f"{target} per cent",
        from_day=in_words(now.first_on), day=in_words(now.last_on), due=f"By {in_words(meets)}.",
    )  # fmt: skip


def _last_decision(placement: Placement) -> date:
    """The day of the last decision that it goes on: what was weighed there is not held against the child again."""
    days = [event.occurred_on for event in placement.events if isinstance(event, Continued | Recovered)]
    return max(days, default=date.min)

"""What follows from hours that were agreed and not delivered: a concern about the provider."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from domain.agreed_week import agreed_half_days, fewest_half_days
from domain.attendance_events import SessionsReported
from domain.duties.story import Story
from domain.facts.noticing import ProblemNoticed
from domain.placement import Placement
from domain.placement_life_events import Recovered, Reopened
from domain.school_days import OutsideCalendar, SchoolDays
from domain.sessions_missed import (
    Session,
    delivered_on,
)
from domain.stages import LIVE
from domain.working_days import working_days_after
from workflows.noticing import NoticeConcern
from workflows.triggers.cause import Happened
from workflows.triggers.messages import Message, in_words, told
from workflows.triggers.registers import LOOK_AT_WITHIN, sessions_known
from workflows.triggers.trigger import Follows, trigger
from workflows.triggers.view import View


@trigger(
    "003 ¶50; item 62; the numbers are our own choice",
    "source", watches=(SessionsReported,), uses=("hours_below_contract_days", "hours_delivered_percent"),
    does=("notice_concern",), tells=("hours_below_contract",),
)  # fmt: skip
def hours_below_contract_open_a_concern(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """Fewer hours delivered than the child's agreement says, over so many school days, open a concern about the provider."""
    found = sessions_known(cause, view)
    if found is None or found[0].stage not in LIVE or found[0].started_on is None:
        return
    placement, after, before = found
    whose, a_week, agreed_week = (
        placement.commissioner_id,
        placement.sessions_per_week,
        agreed_half_days(Story(placement)),
    )
    count = view.number("hours_below_contract_days", whose)
    percent = view.number("hours_delivered_percent", whose)
    if not a_week or not placement.hours_per_week:
        return
    school = view.days_of(placement)
    now, then = (_whole_days_before_last(placement, known, count, school) for known in (after, before))
    if not now or now == then:
        return
    due, held = fewest_half_days(agreed_week, now), delivered_on(after, now)
    if held >= due * percent / 100:
        return
    if then and delivered_on(before, then) < fewest_half_days(agreed_week, then) * percent / 100:
        return
    an_hour = placement.hours_per_week / a_week
    hours, agreed, from_day, day = (
        f"{held * an_hour:g}",
        f"{due * an_hour:g}",
        in_words(now[0]),
        in_words(now[-1]),
    )
    what = f"{hours} hours were delivered from {from_day} to {day}; {agreed} were agreed."
    look = working_days_after(cause.on, LOOK_AT_WITHIN)
    noticed = ProblemNoticed(about="quality", what=what, look_at_by=look)
    led_here = tuple(dict.fromkeys(s.known_by for s in after if now[0] <= s.day <= now[-1]))
    yield Follows(NoticeConcern(noticed=noticed), placement.id, "concern", placement.id, whose, led_here)
    yield told(
        placement, "hours_below_contract",
        ("commissioner", "provider"), hours=hours, agreed=agreed, from_day=from_day, day=day,
    )  # fmt: skip


def _whole_days_before_last(
    placement: Placement, sessions: Sequence[Session], count: int, school: SchoolDays | None
) -> list[date]:
    """So many school days before the last one reported, which may not be over yet; empty while there are fewer since the start."""
    if not sessions or placement.started_on is None:
        return []
    last = max(session.day for session in sessions)
    try:
        found = [
            (school.before(last, n) if school else working_days_after(last, -n)) for n in range(count, 0, -1)
        ]
    except OutsideCalendar:
        found = [working_days_after(last, -n) for n in range(count, 0, -1)]
    here_since = max([placement.started_on, *_returns(placement)])
    return found if found[0] >= here_since else []


def _returns(placement: Placement) -> list[date]:
    """The days on which the child came back: what was not held before is no failure of the provider."""
    found = [event.recovery.back_on for event in placement.events if isinstance(event, Recovered)]
    return found + [event.occurred_on for event in placement.events if isinstance(event, Reopened)]

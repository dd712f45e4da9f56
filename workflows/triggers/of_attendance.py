"""What follows from absence: it is told the same day, several in a row open a concern, low attendance a review, missing hours a concern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from domain.agreed_week import agreed_half_days, fewest_half_days
from domain.attendance import Attendance
from domain.attendance_events import SessionCoded, SessionsReported
from domain.child import Child
from domain.duties.story import Story
from domain.facts.needs import Person
from domain.facts.noticing import ProblemNoticed
from domain.facts.reviewing import ReviewOpened
from domain.facts.telling import Relation
from domain.placement import Placement
from domain.placement_life_events import Continued, Recovered, Reopened
from domain.school_days import OutsideCalendar, SchoolDays
from domain.sessions_missed import (
    DAYS_OF_WEEK,
    Attended,
    Session,
    attended_lately,
    delivered_on,
    rows_of_unexplained,
    sessions_of,
    without_last,
)
from domain.stages import LIVE, Stage
from domain.working_days import LONDON, working_days_after
from workflows.noticing import NoticeConcern
from workflows.reviewing import CallReview
from workflows.triggers.cause import Happened
from workflows.triggers.messages import Message, in_words, told
from workflows.triggers.trigger import Follows, trigger
from workflows.triggers.view import View

LOOK_AT_WITHIN = DAYS_OF_WEEK
"""Working days within which somebody looks at what the service noticed: a week, our own choice."""
REPORTS = (SessionsReported, SessionCoded)
INVITED: tuple[Person, ...] = ("child", "parent", "provider", "commissioner")
"""Who takes part in a review (003 ¶52)."""


@trigger(
    "003 ¶52, Appendix A bullet 8 (T7); Working together to improve school attendance, 2026 (T8)",
    "source", watches=(SessionsReported,), tells=("unexplained_absence",),
)  # fmt: skip
def an_unexplained_absence_is_told_the_same_day(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """An absence without a reason is told to the commissioner, the home school and the parent the same day, once for each day."""
    found = _registers(cause, view)
    if found is None:
        return
    placement, after, before = found
    known = {session.day for session in before if session.unexplained}
    days = sorted({session.day for session in after if session.unexplained} - known)
    if not days:
        return
    reports = cause.event.sessions if isinstance(cause.event, SessionsReported) else ()
    missed = [report for report in reports if report.day in days and report.seen == "absent"]
    to: list[Relation] = ["attendance_officer"]
    if any(report.told_commissioner_at is None for report in missed):
        to.append("commissioner")
    if any(report.told_parent_at is None for report in missed):
        to.append("parent")
    yield told(
        placement, "unexplained_absence", to, tell_by=_worth_telling_until(days[-1]), day=_all_of(days)
    )


@trigger(
    "Working together to improve school attendance, 2026 (T9); the time is unverified",
    "U", watches=(SessionsReported,), tells=("unexplained_absence",),
)  # fmt: skip
def the_social_worker_hears_of_an_unexplained_absence(
    cause: Happened, view: View
) -> Iterator[Follows | Message]:
    """Where the child has a social worker, an absence without a reason is told to them at once."""
    found = _registers(cause, view)
    child = view.find(Child, found[0].child_id) if found else None
    if found is None or child is None or child.social_worker is None:
        return
    placement, after, before = found
    known = {session.day for session in before if session.unexplained}
    days = sorted({session.day for session in after if session.unexplained} - known)
    if days:
        yield told(
            placement, "unexplained_absence", ("social_worker",), tell_by=_worth_telling_until(days[-1]), day=_all_of(days)
        )  # fmt: skip


@trigger(
    "Working together to improve school attendance, 2026; 003 ¶49; the number is our own choice",
    "design", watches=REPORTS, uses=("unexplained_sessions_in_a_row",), does=("notice_concern",),
    tells=("unexplained_absences_in_a_row",),
)  # fmt: skip
def unexplained_absences_open_a_concern(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """So many unexplained half-days, one after another, open a concern, and commissioner, provider and parent are told."""
    found = _registers(cause, view)
    if found is None:
        return
    placement, after, before = found
    length = view.number("unexplained_sessions_in_a_row", placement.commissioner_id)
    seen = {(s.day, s.half) for row in rows_of_unexplained(before, length) for s in row}
    for row in rows_of_unexplained(after, length):
        if seen.intersection((s.day, s.half) for s in row):
            continue
        last = in_words(row[-1].day)
        noticed = ProblemNoticed(
            about="attendance",
            what=f"{len(row)} half-days in a row were missed without a reason, the last on {last}.",
            look_at_by=working_days_after(cause.on, LOOK_AT_WITHIN),
        )
        yield Follows(
            NoticeConcern(noticed=noticed), placement.id, "concern", placement.id, placement.commissioner_id,
            tuple(dict.fromkeys(session.known_by for session in row)),
        )  # fmt: skip
        yield told(
        placement, "unexplained_absences_in_a_row",
            ("commissioner", "provider", "parent"), sessions=str(len(row)), day=last,
        )  # fmt: skip
        return


@trigger(
    "003 ¶52, Appendix A bullet 2; KCSIE Part 3; the number of days is our own choice",
    "source", watches=REPORTS, uses=("attendance_below_target_days", "attendance_target_percent", "called_review_days"),
    does=("call_review",), tells=("attendance_below_target",),
)  # fmt: skip
def low_attendance_opens_a_review(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """Attendance under the target that was agreed for the child, over so many school days, opens a review."""
    found = _registers(cause, view)
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


@trigger(
    "003 ¶50; item 62; the numbers are our own choice",
    "source", watches=(SessionsReported,), uses=("hours_below_contract_days", "hours_delivered_percent"),
    does=("notice_concern",), tells=("hours_below_contract",),
)  # fmt: skip
def hours_below_contract_open_a_concern(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """Fewer hours delivered than the child's agreement says, over so many school days, open a concern about the provider."""
    found = _registers(cause, view)
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


def _worth_telling_until(day: date) -> datetime:
    """Who was away on a day, and why, is asked until the next working day is over: after an outage nobody hears of last week's."""
    return datetime.combine(working_days_after(day, 1), time.max, LONDON)


def _all_of(days: Sequence[date]) -> str:
    """The days in one message: one report asks for one, whatever number of days it brings."""
    return " and ".join(in_words(day) for day in days)


def _registers(cause: Happened, view: View) -> tuple[Placement, list[Session], list[Session]] | None:
    """The placement, its sessions as they are known now, and as they were before this event."""
    register = view.find(Attendance, cause.event.originator_id)
    placement = view.find(Placement, register.placement_id) if register else None
    if register is None or placement is None or placement.stage not in LIVE:
        return None
    others = [other for other in view.registers_of(placement) if other.id != register.id]
    return placement, sessions_of([*others, register]), sessions_of([*others, *without_last(register)])


def _last_decision(placement: Placement) -> date:
    """The day of the last decision that it goes on: what was weighed there is not held against the child again."""
    days = [event.occurred_on for event in placement.events if isinstance(event, Continued | Recovered)]
    return max(days, default=date.min)


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

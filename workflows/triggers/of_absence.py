"""What follows from absence without a reason: it is told the same day, and several in a row open a concern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from domain.attendance_events import SessionsReported
from domain.child import Child
from domain.facts.noticing import ProblemNoticed
from domain.facts.telling import Relation
from domain.placement import Placement
from domain.sessions_missed import rows_of_unexplained
from domain.working_days import LONDON, working_days_after
from workflows.noticing import NoticeConcern
from workflows.triggers.cause import Happened
from workflows.triggers.messages import Message, in_words, told
from workflows.triggers.registers import LOOK_AT_WITHIN, REPORTS, sessions_known
from workflows.triggers.trigger import Follows, trigger
from workflows.triggers.view import View


@trigger(
    "003 ¶52, Appendix A bullet 8 (T7); Working together to improve school attendance, 2026 (T8)",
    "source", watches=(SessionsReported,), tells=("unexplained_absence",),
)  # fmt: skip
def an_unexplained_absence_is_told_the_same_day(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """An absence without a reason is told to the commissioner, the home school and the parent the same day, once for each day."""
    found = _newly_unexplained(cause, view)
    if found is None:
        return
    placement, days = found
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
    found = _newly_unexplained(cause, view)
    child = view.find(Child, found[0].child_id) if found else None
    if found is not None and child is not None and child.social_worker is not None:
        placement, days = found
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
    found = sessions_known(cause, view)
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


def _newly_unexplained(cause: Happened, view: View) -> tuple[Placement, list[date]] | None:
    """The placement, and the days on which an absence without a reason was not known of before; none where there are none."""
    found = sessions_known(cause, view)
    if found is None:
        return None
    placement, after, before = found
    known = {session.day for session in before if session.unexplained}
    days = sorted({session.day for session in after if session.unexplained} - known)
    return (placement, days) if days else None


def _worth_telling_until(day: date) -> datetime:
    """Who was away on a day, and why, is asked until the next working day is over: after an outage nobody hears of last week's."""
    return datetime.combine(working_days_after(day, 1), time.max, LONDON)


def _all_of(days: Sequence[date]) -> str:
    """The days in one message: one report asks for one, whatever number of days it brings."""
    return " and ".join(in_words(day) for day in days)

"""Commands about attendance: the provider reports who was there, the school sets the code."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, ClassVar, cast
from uuid import UUID

from annotated_types import Len

from domain import attendance_events as e
from domain.attendance import Attendance
from domain.away import away, is_away
from domain.code_sets.attendance import AttendanceMark
from domain.days_in_words import in_words
from domain.fact import fact
from domain.facts.attending import Half, SessionReport
from domain.happened import Happened
from domain.personal import Label
from domain.placement import Placement
from domain.provider import Provider
from domain.reasons import Invalid, Reason, Refused
from domain.record import Record
from domain.school_days import HalfTerm, OutsideCalendar
from workflows.case import Case
from workflows.command import Command
from workflows.placement_moves import PLACEMENT

ATTENDED = frozenset({"B", "K", "D", "/", "\\", "L", "V", "P", "W"})
"""Codes that say the child was there (SI 2024/208)."""


@fact
class ChildsSession:
    """One child's session in a provider's day."""

    placement_id: UUID
    """The child's placement."""
    session: SessionReport
    """What was seen."""


class ReportDay(Command):
    """Report a provider's day in one go: who was there, who was not, and who was told (items 39, 61; A8; T7)."""

    target: ClassVar[type[Record]] = Provider

    sessions: Annotated[tuple[ChildsSession, ...], Len(1, 400)]
    """All sessions of the day, for all children."""

    def decide(self, case: Case) -> None:
        provider = cast(Provider, case.target)
        case.fetch({s.placement_id: Placement for s in self.sessions})
        problems: list[Reason] = []
        by_register: dict[UUID, list[SessionReport]] = {}
        for i, entry in enumerate(self.sessions):
            placement = case.find(Placement, entry.placement_id)
            problem = _cannot_report(case, provider, placement, entry.session)
            if problem is not None or placement is None:
                code, message = problem or ("unknown_reference", "There is no such placement.")
                problems.append(Reason(code=code, message=message, field=f"sessions.{i}"))
                continue
            register = _register(case, placement, entry.session.day)
            by_register.setdefault(register.id, []).append(entry.session)
        if problems:
            raise Invalid(problems)
        for id, sessions in by_register.items():
            case.get(Attendance, id).remember(e.SessionsReported, sessions=tuple(sessions))
        _warn_of_untold_absences(case, self.sessions)


class CodeSession(Command):
    """Set the code of a session: the home school decides, and so authorises or not (004 l.56-57; item 88)."""

    target: ClassVar[type[Record]] = Placement

    day: Happened
    """The day."""
    half: Half
    """Morning or afternoon."""
    code: AttendanceMark
    """The code of the attendance register. N decides nothing: it says that the reason is not known yet, the absence stays on the list
    of those to decide, and within five school days another code has to take its place (SI 2024/208 reg 10(7)-(9))."""
    activity: Label | None = None
    """The nature of the activity, for B and K."""

    def decide(self, case: Case) -> None:
        placement = case.placement
        case.weigh(PLACEMENT.require(self.name(), case))
        problem = _cannot_report(case, None, placement, None, self.day)
        if problem is not None:
            raise Invalid([Reason(code=problem[0], message=problem[1], field="day")])
        register = _register(case, placement, self.day)
        seen = register.reported.get((self.day, self.half))
        if self.code in ATTENDED and (seen is None or seen.seen == "absent"):
            said = "reported the child absent" if seen else "reported nothing for this session"
            message = f"The provider {said}. '{self.code}' is only for a session that the child attended."
            source = "SI 2024/208 reg 10; Working together to improve school attendance, 2026"
            raise Refused(
                [
                    Reason(
                        code="attended_code_without_attendance", message=message, source=source, field="code"
                    )
                ]
            )
        register.remember(
            e.SessionCoded, day=self.day, half=self.half, code=self.code, activity=self.activity or ""
        )


def _cannot_report(
    case: Case,
    provider: Provider | None,
    placement: Placement | None,
    session: SessionReport | None,
    on: date | None = None,
) -> tuple[str, str] | None:
    day = session.day if session else on
    if placement is None or (provider is not None and placement.provider_id != provider.id) or day is None:
        return "unknown_reference", "There is no such placement with this provider."
    if placement.started_on is None or day < placement.started_on:
        return "before_start", "The child had not started here on that day."
    if placement.ended_on is not None and day > placement.ended_on:
        return "after_end", f"The placement ended on {in_words(placement.ended_on)}."
    if day.weekday() > 4:
        return "not_a_school_day", f"{in_words(day)} is at a weekend."
    return None


def _register(case: Case, placement: Placement, day: date) -> Attendance:
    """The register of the half-term in which the day lies, opened when it is first used."""
    half = _half_term(case, placement, day)
    register = case.begin(Attendance, Attendance.id_for(placement.id, half.starts_on))
    if register.version == 0:
        child = case.child_of(placement)
        register.remember(
            e.AttendanceOpened,
            about=placement.child_id,
            placement_id=placement.id,
            child_id=placement.child_id,
            half_term=half.name,
            first_on=half.starts_on,
            last_on=half.ends_on,
            route=placement.route,
            dual_registered=child.dual_registered_on(day),
        )
    return register


def _half_term(case: Case, placement: Placement, day: date) -> HalfTerm:
    """The half-term of the school calendar; the calendar month where no calendar covers the day."""
    days = case.days_of(placement)
    if days is not None:
        try:
            half = days.half_term_of(day)
        except OutsideCalendar:
            half = None
        if half is not None:
            return half
    first = day.replace(day=1)
    end = _next_month(first) - timedelta(days=1)
    return HalfTerm(f"{first:%B %Y}", f"{first:%B %Y}", first, end, first, end)


def _next_month(first: date) -> date:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _warn_of_untold_absences(case: Case, sessions: tuple[ChildsSession, ...]) -> None:
    """A child may come although it is not expected, so that is taken; an absence then is none, and nobody has to be told of it."""
    unexpected = [s for s in sessions if _is_away(case, s)]
    untold = sum(
        1
        for s in sessions
        if s.session.seen == "absent"
        and (s.session.told_commissioner_at is None or s.session.told_parent_at is None)
        and s not in unexpected
    )
    if untold:
        message = (
            f"{untold} absences: tell the commissioner and the parent today, and report when they were told."
        )
        reason = Reason(
            code="absence_not_told", message=message, source="003 ¶52, Appendix A bullet 8", warning=True
        )
        case.warnings = (*case.warnings, reason)
    if unexpected:
        of = "session is of a child" if len(unexpected) == 1 else "sessions are of children"
        message = f"{len(unexpected)} {of} not expected on that day, because the placement broke down. Leave out who did not come."
        reason = Reason(code="not_expected", message=message, source="003 ¶51 (T19)", warning=True)
        case.warnings = (*case.warnings, reason)


def _is_away(case: Case, entry: ChildsSession) -> bool:
    placement = case.find(Placement, entry.placement_id)
    return placement is not None and is_away(away(placement), entry.session.day)

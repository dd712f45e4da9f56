"""What each mark in the attendance register means, and how marks are added up into attendance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.code_sets.attendance import ATTENDANCE, AttendanceClass, AttendanceCode, AttendanceMark
from domain.routes import Route, terms_of
from domain.school_days import SchoolDays

__all__ = [
    "ATTENDANCE",
    "SCHOOL_DAYS_TO_SETTLE_N",
    "AttendanceClass",
    "AttendanceCode",
    "AttendanceMark",
    "Totals",
    "UnknownAttendanceCode",
    "code_of",
    "code_when_attended",
    "reason_must_be_known_by",
    "totals",
    "totals_of_counts",
]

SCHOOL_DAYS_TO_SETTLE_N = 5
"""`N` becomes the right code within 5 school days, or else `O` (SI 2024/208 reg 10(7)-(9) [S])."""


class UnknownAttendanceCode(Exception):
    """A mark that was never a code of the register."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__("this is not a code of the attendance register")


@dataclass(frozen=True, slots=True)
class Totals:
    """Sessions added up by the rule of the national statistics. A session is half a school day."""

    possible: int
    """Sessions at which the child was due: attended, authorised and unauthorised."""
    attended: int
    """Present, or at an approved activity off-site: `/ \\ L K B V P W`."""
    authorised: int
    unauthorised: int
    outside: int
    """Sessions that count neither way: at the other school, unable to attend, not required, closed."""

    @property
    def rate(self) -> float | None:
        """The share attended, from 0 to 1; none where no session was possible."""
        return self.attended / self.possible if self.possible else None


def code_of(mark: str) -> AttendanceCode:
    """What a mark means. Raises UnknownAttendanceCode for one that was never a code."""
    found = ATTENDANCE.find(mark)
    if found is None:
        raise UnknownAttendanceCode(mark)
    return found


def totals(marks: Iterable[str]) -> Totals:
    """Marks, one a session, added up. Retired codes count by the class they had."""
    return totals_of_counts(Counter(marks))


def totals_of_counts(sessions: Mapping[str, int]) -> Totals:
    """The same from counts of sessions by code, as a termly return gives them."""
    by_class: Counter[AttendanceClass] = Counter()
    for mark, count in sessions.items():
        by_class[code_of(mark).kind] += count
    attended = sum(by_class[kind] for kind in AttendanceClass if kind.counts_as_attending)
    possible = sum(by_class[kind] for kind in AttendanceClass if kind.in_denominator)
    return Totals(
        possible=possible,
        attended=attended,
        authorised=by_class[AttendanceClass.AUTHORISED],
        unauthorised=by_class[AttendanceClass.UNAUTHORISED],
        outside=by_class.total() - possible,
    )


def code_when_attended(route: Route, dual_registered: bool) -> AttendanceMark:
    """The code that the home school writes for a session attended at the provision.

    `D` where the child is also on the roll of a PRU or AP school and is due there; else `K` where the local
    authority arranged it under s.19 or s.61, and `B` where the school did (SI 2024/208; `K` [P], others [S]).
    An absence from the provision never takes one of these.
    """
    return "D" if dual_registered else terms_of(route).attendance_code


def reason_must_be_known_by(absent_on: date, school_days: SchoolDays) -> date:
    """The last school day on which `N` may stand; after it the session is `O`. Raises OutsideCalendar."""
    return school_days.after(absent_on, SCHOOL_DAYS_TO_SETTLE_N)

"""Half-days, one by one: what the provider saw, what the school decided, and what nobody has said anything about yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import cast
from uuid import UUID

import msgspec

from api.desk import Desk
from api.expected import Expected
from api.looking import AsAt
from api.looking_back import LookingBack
from domain.attendance import NOT_YET_KNOWN, Attendance

HALVES = ("am", "pm")
NOBODY_SAYS = Expected(None)


class SessionShown(msgspec.Struct, frozen=True, kw_only=True):
    """One half-day of one placement."""

    day: date
    half: str
    expected: bool | None = None
    """Whether the child is to be with the provider then, by timetable and school calendar; none where the plan has no timetable."""
    why_not: str = ""
    """Why the child is not expected, as a sentence; empty where it is."""
    away: bool = False
    """Whether the child is not expected because the placement broke down."""
    seen: str | None = None
    """`present`, `late` or `absent`; none where the provider has not reported yet."""
    reason_given: str | None = None
    told_commissioner_at: datetime | None = None
    told_parent_at: datetime | None = None
    code: str | None = None
    """As the school decided it, or as it follows from what was seen; `N` until the school decides on an absence."""
    decided: bool = False
    """Whether the school has set the code. Where it wrote `N`, it has not decided yet."""


def sessions_in(register: Attendance) -> Iterator[SessionShown]:
    """Every session of which something is known, in order."""
    for day, half in sorted({*register.reported, *register.coded}):
        yield session_of(register, day, half)


def session_of(
    register: Attendance | None, day: date, half: str, expected: Expected = NOBODY_SAYS
) -> SessionShown:
    """One session of a register; with nothing in it where nobody has reported it."""
    seen = register.reported.get((day, half)) if register else None
    return SessionShown(
        day=day,
        half=half,
        expected=expected.here,
        why_not=expected.why_not,
        away=expected.away,
        seen=seen.seen if seen else None,
        reason_given=seen.reason_given if seen else None,
        told_commissioner_at=seen.told_commissioner_at if seen else None,
        told_parent_at=seen.told_parent_at if seen else None,
        code=register.code(day, half) if register else None,
        decided=register.coded.get((day, half), NOT_YET_KNOWN) != NOT_YET_KNOWN if register else False,
    )


def registers(desk: Desk, ids: Iterable[UUID], back: LookingBack | None = None) -> list[Attendance]:
    """Registers as they are, or as they were. Raises Unavailable."""
    history = AsAt(desk.history, back.position, back.true_on) if back else desk.history
    found = history.get_many(dict.fromkeys(ids, Attendance))
    return cast(list[Attendance], list(found.values()))

"""Whether what was said to be wrong was put right: what takes its place differs in that, and is what counts now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from domain.attendance_events import SessionCoded, SessionsReported
from domain.events import Corrected, Event
from domain.keeping import Rectification
from domain.reasons import Invalid, Reason
from domain.record import corrected
from workflows.correcting import ENVELOPE

SAID_BY_A_CODE = ("code", "activity")
"""What another coding of a session may say otherwise."""


def require_put_right(
    asked: Rectification, asked_at: datetime, events: Sequence[Event], correction: int | None
) -> None:
    """Raises Invalid where an event of the record did not change what was said to be wrong, or is not what counts of it now."""
    by_number = {event.originator_version: event for event in events}
    wrong, right = by_number[asked.version], by_number.get(correction or 0)
    if isinstance(right, Corrected) and right.corrects == asked.version:
        readings = _of_corrections(wrong, right, events, asked_at, asked.fields)
    else:
        readings = _of_a_register(wrong, right, events, asked.fields)
    if not readings:
        message = (
            "Give the number of a correction of the event that was said to be wrong; in a register, of what the session "
            "was coded or reported as afterwards. A code is put right by another code, and a report by another report."
        )
        raise _invalid("no_such_correction", message)
    otherwise = [(then, now) for before, then, now in readings if then != before]
    if not otherwise:
        message = (
            "It says the same as what was said to be wrong, so nothing was put right. Give the number of what changed it, "
            "or say why it stays as it is."
        )
        raise _invalid("not_put_right", message)
    if all(then != now for then, now in otherwise):
        message = (
            "It was changed again afterwards, so it is not what counts now. Give the number of what counts."
        )
        raise _invalid("not_what_counts", message)


Reading = tuple[Any, Any, Any]
"""What was said to be wrong, as it read when that was said, as it read afterwards, and as it reads now."""


def _of_corrections(
    wrong: Event, right: Corrected, events: Iterable[Event], asked_at: datetime, fields: Iterable[str]
) -> list[Reading]:
    made = [event for event in events if isinstance(event, Corrected) and event.corrects == right.corrects]

    def read(those: Iterable[Corrected]) -> Event:
        return corrected(wrong, [change for one in those for change in one.changes])

    before = read(one for one in made if one.recorded_at < asked_at)
    then, now = read(one for one in made if one.originator_version <= right.originator_version), read(made)
    own = [field for field in wrong.__struct_fields__ if field not in ENVELOPE]
    disputed = [field for field in own if field in fields] or own
    return [(getattr(before, field), getattr(then, field), getattr(now, field)) for field in disputed]


def _of_a_register(
    wrong: Event, right: Event | None, events: Iterable[Event], fields: Iterable[str]
) -> list[Reading]:
    """Nothing in a register is corrected: what is said of a session last is what counts, if the same party says it."""
    if type(right) is not type(wrong) or right.originator_version <= wrong.originator_version:
        return []
    before, then = _said(wrong, fields), _said(right, fields)
    now: dict[tuple[date, str], Any] = {}
    for event in events:
        if type(event) is type(wrong):
            now |= _said(event, fields)
    return [(before[session], then[session], now[session]) for session in before if session in then]


def _said(event: Event, fields: Iterable[str]) -> dict[tuple[date, str], Any]:
    """What an event of a register says of sessions, as far as that is said to be wrong; nothing for any other event."""
    if isinstance(event, SessionCoded):
        disputed = [field for field in SAID_BY_A_CODE if field in fields] or SAID_BY_A_CODE
        return {(event.day, event.half): [getattr(event, field) for field in disputed]}
    return {(one.day, one.half): one for one in event.sessions} if isinstance(event, SessionsReported) else {}


def _invalid(code: str, message: str) -> Invalid:
    return Invalid([Reason(code=code, message=message, field="correction")])

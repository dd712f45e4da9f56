"""Corrections that improve compliance: a duty was overdue or met late before them, and is not any more after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.child import Child
from domain.duties.all_duties import duties_of_child, duties_of_provider
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty, State
from domain.duties.provider_file import ProviderFile
from domain.organisation import Organisation
from domain.people import Scope
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record
from domain.school_days import london_day
from domain.time_rules import time_rule
from history.store import History
from projections.asking import Asking
from projections.late_recording.incidents import Incident
from projections.late_recording.report import Correction
from projections.late_recording.scope import Stream, streams_in

MISSED = (State.OVERDUE, State.DONE_LATE)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a duty stood."""

    state: State | None
    """None where there was no such duty any more."""
    due_on: date | None
    done_on: date | None


class Improvement(msgspec.Struct, frozen=True, kw_only=True):
    """A correction after which a duty looks better."""

    position: int
    record_id: UUID
    kind: str
    corrects: int
    """The version of the event that was corrected."""
    fields: tuple[str, ...]
    recorded_at: datetime
    person_id: str
    person: str
    rule: str
    obligation: str
    source: str
    before: Standing
    now: Standing
    after: Incident | None
    """The incident between the corrected event and its correction, where there was one."""


def improvements(
    history: History, asking: Asking, scope: Scope, corrections: Iterable[Correction]
) -> Iterator[Improvement]:
    """Each correction is weighed by the duties on its file just before it and just after it. Raises Unavailable."""
    streams = streams_in(asking, scope)
    for correction in corrections:
        day = london_day(correction.event.recorded_at)
        around = [one for one in streams if _on_the_file(one, correction.stream)]
        before = _duties(history, correction.stream, around, correction.position - 1)
        now = _duties(history, correction.stream, around, correction.position)
        for one in before:
            if one.state(day) in MISSED:
                same = _same(one, now)
                if same is None or same.state(day) not in MISSED:
                    yield _improvement(correction, one, same, day)


def _on_the_file(one: Stream, corrected: Stream) -> bool:
    if one.kind == "organisation":
        return True
    if corrected.child_id is not None:
        return one.child_id == corrected.child_id
    return (
        corrected.provider_id is not None
        and one.provider_id == corrected.provider_id
        and one.placement_id is None
    )


def _duties(history: History, corrected: Stream, around: Iterable[Stream], position: int) -> list[Duty]:
    kinds = {one.id: _KINDS[one.kind] for one in around}
    records = history.get_many(kinds, as_at=position)
    counting = Counting(_of(records, Organisation))
    if corrected.child_id is not None:
        placements, registers = _of(records, Placement).values(), _of(records, Attendance).values()
        children = _of(records, Child).values()
        return [
            duty
            for child in children
            for duty in duties_of_child(ChildFile(child, [*placements], [*registers], counting))
        ]
    agreements = _of(records, Agreement).values()
    providers = _of(records, Provider).values()
    return [duty for one in providers for duty in duties_of_provider(ProviderFile(one, agreements, counting))]


_KINDS: dict[str, type[Record]] = {
    "placement": Placement,
    "attendance": Attendance,
    "child": Child,
    "provider": Provider,
    "agreement": Agreement,
    "organisation": Organisation,
}


R = TypeVar("R", bound=Record)


def _of(records: dict[UUID, Record], kind: type[R]) -> dict[UUID, R]:
    return {id: record for id, record in records.items() if isinstance(record, kind)}


def _same(duty: Duty, others: Iterable[Duty]) -> Duty | None:
    """The same duty afterwards: its anchor may be what was corrected, and the event that made it known tells it then."""
    others = list(others)
    by_id = next((one for one in others if one.id == duty.id), None)
    return by_id or next(
        (
            one
            for one in others
            if (one.rule, one.known_by, one.about) == (duty.rule, duty.known_by, duty.about)
        ),
        None,
    )


def _improvement(correction: Correction, before: Duty, now: Duty | None, day: date) -> Improvement:
    event, rule = correction.event, time_rule(before.rule)
    return Improvement(
        position=correction.position,
        record_id=event.originator_id,
        kind=correction.stream.kind,
        corrects=event.corrects,
        fields=tuple(change.field for change in event.changes),
        recorded_at=event.recorded_at,
        person_id=event.decision.by.id,
        person=event.decision.by.name,
        rule=before.rule,
        obligation=rule.obligation,
        source=rule.source,
        before=_standing(before, day),
        now=_standing(now, day),
        after=correction.after,
    )


def _standing(duty: Duty | None, day: date) -> Standing:
    if duty is None:
        return Standing(state=None, due_on=None, done_on=None)
    return Standing(state=duty.state(day), due_on=duty.due_on, done_on=duty.done_on)

"""What became known only after a decision: facts that were true already, and corrections of what it could rest on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.events import Corrected, Event, stored_name
from domain.record import corrected
from domain.school_days import london_day
from history.reading import Reading
from projections.decisions.case_file import LATEST, CaseFile
from projections.decisions.finding import Found
from projections.decisions.mentions import also_written, mentions_of
from projections.decisions.shapes import KnownLater, Put
from projections.entries import Entry, entries_of
from projections.naming import names_in

LONDON = ZoneInfo("Europe/London")


def known_later(history: Reading, found: Found, file: CaseFile, provider_id: UUID | None) -> KnownLater:
    """Everything that the history has gained since. Raises Unavailable."""
    events = [one.event for one in file.happened if isinstance(one.event, Event)]
    entries = entries_of(file.happened, names_in(history, events, LATEST), provider_id)
    since = {entry.position: entry for entry in entries if entry.position > found.position}
    late = {
        one.position
        for one in file.happened
        if one.position > found.last
        and isinstance(one.event, Event)
        and not isinstance(one.event, Corrected)
        and was_true_already(one.event, found.event)
    }
    after_it = [one for one in found.together if one.position > found.position]
    return KnownLater(
        up_to=history.head(),
        same_decision=tuple(also_written(history, after_it, LATEST)),
        facts=tuple(mentions_of(file, [e for p, e in since.items() if p in late])),
        corrections=tuple(_corrections(found, file, since)),
    )


def was_true_already(fact: Event, decision: Event) -> bool:
    """Whether a fact that was written down after a decision can have been true when it was taken.

    Where only its day is known and it was written down on that day, the order of the history is the order in which things
    happened. Where it was written down later, it may have been true from the morning on.
    """
    if fact.occurred_at is None and _on_its_day(fact):
        return False
    return (fact.occurred_at or _begin_of(fact.occurred_on)) <= _taken_by(decision)


def _taken_by(decision: Event) -> datetime:
    """The last instant at which it can have been taken."""
    if decision.occurred_at is not None:
        return decision.occurred_at
    return decision.recorded_at if _on_its_day(decision) else _end_of(decision.occurred_on)


def _on_its_day(event: Event) -> bool:
    return london_day(event.recorded_at) == event.occurred_on


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, LONDON).astimezone(UTC)


def _corrections(found: Found, file: CaseFile, since: dict[int, Entry]) -> Iterator[Put]:
    """Corrections since then of events that were in the history when it was decided, field by field."""
    read: dict[tuple[UUID, int], Event] = {}
    for one in file.happened:
        event = one.event
        if not isinstance(event, Event):
            continue
        if not isinstance(event, Corrected):
            if one.position <= found.position:
                read[event.originator_id, event.originator_version] = event
            continue
        key = (event.originator_id, event.corrects)
        before = read.get(key)
        if before is None:
            continue
        read[key] = after = _put_right(before, event)
        if one.position in since and one.position > found.last:
            for change in event.changes:
                yield Put(
                    position=one.position,
                    kind=file.kind_of(event.originator_id),
                    record_id=event.originator_id,
                    corrects=event.corrects,
                    event=stored_name(type(before)),
                    field=change.field,
                    then=_plain(before, change.field),
                    now=_plain(after, change.field),
                    why=event.why,
                    sentence=since[one.position].sentence,
                    recorded_at=event.recorded_at,
                )


def _put_right(event: Event, correction: Corrected) -> Event:
    try:
        return corrected(event, correction.changes)
    except (msgspec.ValidationError, json.JSONDecodeError):
        return event


def _plain(event: Event, field: str) -> Any:
    return msgspec.to_builtins(getattr(event, field, None), str_keys=True)

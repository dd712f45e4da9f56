"""What changed in a record between two moments, on both axes of time, and which events changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from domain.events import Event
from domain.record import Record
from domain.two_times import told_of, true_by
from history.reading import STREAMS_AS_AT, Reading
from projections.building_the_past import Then
from projections.patch import Change, patch, touches
from projections.telling import Happened, Teller

Show = Callable[[Record], dict[str, Any]]
"""The facts of a record that are compared: what the asker may see of it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What lies between two moments of a record."""

    changes: tuple[Change, ...]
    events: tuple[int, ...]
    """The positions of the events that count at one of the moments and not at the other."""


def changes_between(
    history: Reading, kind: type[Record], id: UUID, first: Then, then: Then, show: Show
) -> Changed:
    """The steps from the facts at one moment to those at the other; a record that was not there has no facts. Raises Unavailable."""
    last = max(first.position, then.position)
    rows = history.rows(STREAMS_AS_AT, {"ids": [id], "as_at": last})
    stream = [one for one in Teller(history, [kind]).read_each(rows) if isinstance(one.event, Event)]
    before, after = _counting(stream, first), _counting(stream, then)
    differ = [one for one in stream if (one in before) != (one in after)]
    found = tuple(patch(_facts(kind, before, first, show), _facts(kind, after, then, show)))
    steps = list(_steps(kind, stream, before, differ, show))
    return Changed(
        tuple(msgspec.structs.replace(change, by=_by(change, steps)) for change in found),
        tuple(one.position for one in differ),
    )


def _counting(stream: Sequence[Happened], then: Then) -> list[Happened]:
    """The events that are known at a moment, and true on its day."""
    known = [one for one in stream if one.position <= then.position]
    if then.true_on is None:
        return known
    true = true_by([one.event for one in known if isinstance(one.event, Event)], then.true_on)
    versions = {event.originator_version for event in true}
    return [one for one in known if one.version in versions]


def _facts(kind: type[Record], events: Sequence[Happened], then: Then, show: Show) -> dict[str, Any]:
    record = _told(kind, events, then)
    return {} if record is None else show(record)


def _told(kind: type[Record], events: Sequence[Happened], then: Then) -> Record | None:
    told = [one.event for one in events if isinstance(one.event, Event)]
    return kind.replay(told) if then.true_on is None else told_of(kind, told)


def _steps(
    kind: type[Record],
    stream: Sequence[Happened],
    before: Sequence[Happened],
    differ: Sequence[Happened],
    show: Show,
) -> Iterator[tuple[int, list[str]]]:
    """What each event changes, if those that differ come in, or go, one after the other."""
    counted = {one.version for one in before}
    facts: dict[str, Any] | None = None
    for one in (None, *differ):
        if one is not None:
            counted ^= {one.version}
        some = [each.event for each in stream if each.version in counted]
        record = told_of(kind, [event for event in some if isinstance(event, Event)])
        new = {} if record is None else show(record)
        if one is not None and facts is not None:
            yield one.position, [f"{change.path}/" for change in patch(facts, new)]
        facts = new


def _by(change: Change, steps: Sequence[tuple[int, list[str]]]) -> tuple[int, ...]:
    """The positions of the events that changed this, a part of it, or what it is a part of."""
    at = f"{change.path}/"
    return tuple(position for position, paths in steps if any(touches(path, at) for path in paths))

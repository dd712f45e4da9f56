"""What changed in a record between two moments, on both axes of time, and which events changed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from domain.events import Event
from domain.record import Record
from domain.two_times import told_of, true_by
from history.reading import STREAMS_AS_AT, Reading
from projections.building_the_past import Then
from projections.patch import Change, patch
from projections.telling import Happened, Teller

ENCODE = msgspec.json.Encoder().encode
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
    by = Causes(_steps(kind, stream, before, differ, show))
    return Changed(
        tuple(msgspec.structs.replace(change, by=by.of(change)) for change in found),
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
    written: dict[str, bytes] = {}
    for one in (None, *differ):
        if one is not None:
            counted ^= {one.version}
        some = [each.event for each in stream if each.version in counted]
        record = told_of(kind, [event for event in some if isinstance(event, Event)])
        new = {} if record is None else show(record)
        # What is written in the same way is the same. An event changes few fields, and to go through all of them takes most of the time.
        now = {name: ENCODE(value) for name, value in new.items()}
        if one is not None and facts is not None:
            other = {name for name in {*written, *now} if written.get(name) != now.get(name)}
            yield one.position, [change.path for change in patch(_only(facts, other), _only(new, other))]
        facts, written = new, now


def _only(facts: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name in names}


class Causes:
    """Which events changed a place in the facts, a part of it, or what it is a part of."""

    def __init__(self, steps: Iterable[tuple[int, list[str]]]) -> None:
        self._at: defaultdict[str, set[int]] = defaultdict(set)
        self._within: defaultdict[str, set[int]] = defaultdict(set)
        self._order: dict[int, int] = {}
        for position, paths in steps:
            self._order[position] = len(self._order)
            for path in paths:
                self._at[path].add(position)
                for place in _way_to(path):
                    self._within[place].add(position)

    def of(self, change: Change) -> tuple[int, ...]:
        """Their positions, in the order of the steps."""
        above = (self._at[place] for place in _way_to(change.path) if place in self._at)
        found = self._within.get(change.path, set()).union(*above)
        return tuple(sorted(found, key=self._order.__getitem__))


def _way_to(path: str) -> Iterator[str]:
    """The path itself, and each place that it lies in."""
    while path:
        yield path
        path = path.rpartition("/")[0]
    yield path

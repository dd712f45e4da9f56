"""The events of a record as they should have read: corrections are taken in, so that a duty is counted from what is true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, overload

from domain.events import Corrected, Event
from domain.record import Record, corrected

E = TypeVar("E", bound=Event)
F = TypeVar("F", bound=Event)
G = TypeVar("G", bound=Event)
H = TypeVar("H", bound=Event)


class Story:
    """A record's events in order, found by their kind."""

    def __init__(self, record: Record | None) -> None:
        self.events: tuple[Event, ...] = _as_corrected(record.events) if record is not None else ()
        self._by_kind: dict[type[Event], list[Event]] = {}
        for event in self.events:
            self._by_kind.setdefault(type(event), []).append(event)

    @overload
    def of(self, kind: type[E], /) -> list[E]: ...
    @overload
    def of(self, kind: type[E], other: type[F], /) -> list[E | F]: ...
    @overload
    def of(self, kind: type[E], other: type[F], third: type[G], /) -> list[E | F | G]: ...
    @overload
    def of(
        self, kind: type[E], other: type[F], third: type[G], fourth: type[H], /
    ) -> list[E | F | G | H]: ...
    @overload
    def of(self, *kinds: type[Event]) -> list[Event]: ...
    def of(self, *kinds: type[Event]) -> Any:
        """Its events of these kinds, in order."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], [])
        found = [event for kind in kinds for event in self._by_kind.get(kind, ())]
        return sorted(found, key=lambda event: event.originator_version)

    def last(self, kind: type[E]) -> E | None:
        """The last one of a kind."""
        found = self.of(kind)
        return found[-1] if found else None


def _as_corrected(events: Iterable[Event]) -> tuple[Event, ...]:
    changes: dict[int, list[Any]] = {}
    told = []
    for event in events:
        if isinstance(event, Corrected):
            changes.setdefault(event.corrects, []).extend(event.changes)
        else:
            told.append(event)
    if not changes:
        return tuple(told)
    return tuple(corrected(event, changes.get(event.originator_version, ())) for event in told)

"""The history read from its beginning: at each event, every record as it was just before."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar, cast
from uuid import UUID

from domain.guidance import Guidance
from domain.record import Record
from history.reading import Stored
from workflows.published import Published

R = TypeVar("R", bound=Record)
KEPT = 20_000
"""Records held in memory. One that is not held is loaded as it was: slower, and the same."""


class Past(Protocol):
    """What is needed of the history."""

    def scan(self) -> Iterator[Stored]: ...
    def get_many(
        self, kinds: Mapping[UUID, type[Record]], *, as_at: int | None = None
    ) -> dict[UUID, Record]: ...
    def records_about(self, kind: type[Record], person: UUID, *, as_at: int | None = None) -> list[UUID]: ...


class Unfolding:
    """A shelf on which the records stand as they did before the event that is being looked at."""

    def __init__(self, history: Past, kept: int = KEPT) -> None:
        self._history, self._most = history, kept
        self._held: OrderedDict[UUID, Record | None] = OrderedDict()
        self.position = 0
        self.published = Published(self)

    def events(self) -> Iterator[Stored]:
        """Every event in order. It is taken in when the next one is asked for."""
        for stored in self._history.scan():
            self.position = stored.position - 1
            yield stored
            self._take_in(stored)

    def find(self, kind: type[R], id: UUID) -> R | None:
        """The record as it was then, or none."""
        return cast("R | None", self.get_many({id: kind}).get(id))

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]:
        """Several of them."""
        wanted = {id: kind for id, kind in kinds.items() if id not in self._held}
        if wanted:
            found = self._history.get_many(wanted, as_at=self.position)
            for id in wanted:
                self._held[id] = found.get(id)
        records = {id: self._held[id] for id in kinds}
        for id in kinds:
            self._held.move_to_end(id)
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return {id: record for id, record in records.items() if isinstance(record, kinds[id])}

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        """The records about a person, as far as they had begun."""
        return self._history.records_about(kind, person, as_at=self.position)

    def _take_in(self, stored: Stored) -> None:
        event, record = stored.event, self._held.get(stored.event.originator_id)
        if record is None:
            self._held.pop(event.originator_id, None)
        elif record.version == event.originator_version - 1:
            record.fold(event)
        else:
            self._held.pop(event.originator_id)
        if type(event) in Guidance.folds:
            self.published.forget()

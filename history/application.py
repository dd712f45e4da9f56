"""The event library's application, with a mapper, a recorder and an event store of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import EventStore, Notification, Recording, StoredEvent
from eventsourcing.utils import Environment

from history.appending import Append, KeyDestroyed
from history.connecting import HistoryFactory
from history.encoding import StructMapper
from history.keys import Keys
from history.master_keys import MasterKeys
from history.receipts import Receipt
from history.recorder import HistoryRecorder


class Events(EventStore[UUID]):
    """The library's event store, which looks up the keys of many events together."""

    mapper: StructMapper
    recorder: HistoryRecorder

    def put(self, domain_events: Sequence[Any], **kwargs: Any) -> list[Recording[UUID]]:
        """The library's way in. See `store`."""
        positions, stored = self.store(domain_events, **kwargs)
        return [
            Recording(
                event, Notification(s.originator_id, s.originator_version, s.topic, s.state, id=position)
            )
            for event, s, position in zip(domain_events, stored, positions, strict=True)
        ]

    def store(
        self,
        domain_events: Sequence[Any],
        reads: Mapping[UUID, int] | None = None,
        receipt: Receipt | None = None,
        tracking: None = None,
    ) -> tuple[range, list[StoredEvent]]:
        """Seal and store; again under a new key, when one was destroyed since this process last looked."""
        if tracking is not None:
            raise TypeError("the history keeps no tracking: a follower says what it did with a receipt")
        while True:
            used: set[int] = set()
            stored = self.mapper.seal_all(domain_events, used)
            try:
                return self.recorder.append(Append(stored, reads, receipt, sorted(used))), stored
            except KeyDestroyed:
                self.mapper.keys.let_go()

    def get(
        self,
        originator_id: UUID,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Iterator[Any]:
        """The events of one record. Raises Unreadable."""
        found = self.recorder.select_events(originator_id, gt=gt, lte=lte, desc=desc, limit=limit)
        return iter(self.mapper.read((stored.topic, stored.state) for stored in found))


class Records(Application[UUID]):
    """Loads and saves records."""

    events: Events
    mapper: StructMapper
    recorder: HistoryRecorder

    def __init__(self, settings: Mapping[str, str], masters: MasterKeys) -> None:
        self._masters = masters
        super().__init__(settings)

    def construct_env(self, name: str, env: Mapping[str, str] | None = None) -> Environment:
        """Our settings alone: a stray variable of the process must not change how the history is kept."""
        return Environment("", dict(env or {}))

    def construct_mapper(self) -> StructMapper:
        """A mapper that seals personal words."""
        return StructMapper(Keys(cast(HistoryFactory, self.factory).datastore, self._masters))

    def construct_event_store(self) -> Events:
        """An event store that reads and seals many events together."""
        return Events(mapper=self.mapper, recorder=self.recorder)

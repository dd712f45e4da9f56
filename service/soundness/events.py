"""Whether every stored event can be read, stands in its place, and is the next of its record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.events import Event
from domain.looks import LooksNoted
from domain.packed_ids import are_ids
from history.encoding import StructMapper, Unreadable
from history.ledger.stored import StoredEvent
from history.master_keys import WrongMasterKey
from history.sealing import key_ids
from service.soundness.fault import AT_MOST, Fault


class EventsRead:
    """Is shown every page of events, and remembers what was wrong and which keys they need."""

    def __init__(self, mapper: StructMapper) -> None:
        self.events = 0
        self.faults: list[Fault] = []
        self.keys: set[int] = set()
        self._mapper, self._position = mapper, 0
        self._versions: dict[UUID, int] = {}

    def __call__(self, page: Sequence[StoredEvent]) -> None:
        """Read the next page."""
        self.events += len(page)
        self.keys |= key_ids(event.state for event in page)
        try:
            found = self._mapper.read((event.topic, event.state) for event in page)
        except (Unreadable, WrongMasterKey):
            self._read_singly(page)
        else:
            for event, read in zip(page, found, strict=True):
                self._unpack(event, read)
        for event in page:
            if event.position != self._position + 1:
                self._wrong("position missing", f"between {self._position} and {event.position}")
            version = self._versions.get(event.record_id, 0) + 1
            if event.version != version:
                self._wrong(
                    "version missing",
                    f"position {event.position}: version {event.version} of record {event.record_id},"
                    f" where {version} comes next",
                )
            self._position, self._versions[event.record_id] = event.position, event.version

    def _read_singly(self, page: Sequence[StoredEvent]) -> None:
        for event in page:
            try:
                [read] = self._mapper.read([(event.topic, event.state)])
                self._unpack(event, read)
            except Unreadable as problem:
                self._wrong(
                    "unreadable", f"position {event.position}, stored as {problem.topic}: {problem.why}"
                )
            except WrongMasterKey:
                self._wrong(
                    "unreadable", f"position {event.position}, stored as {event.topic}: a key does not open"
                )

    def _unpack(self, event: StoredEvent, read: Event) -> None:
        pages = (look.page for look in read.looks if look.page) if isinstance(read, LooksNoted) else ()
        if not all(are_ids(ids) for page in pages for ids in (page.placements, page.records, page.children)):
            self._wrong(
                "unreadable", f"position {event.position}, stored as {event.topic}: packed ids are none"
            )

    def _wrong(self, what: str, where: str) -> None:
        if sum(fault.what == what for fault in self.faults) < AT_MOST:
            self.faults.append(Fault("events", what, where))

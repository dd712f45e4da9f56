"""A history in memory that is quick enough for thousands of events, with the contract that an out-tray relies on."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from domain.events import Event
from domain.reasons import ChangedMeanwhile
from domain.record import Record
from history.receipts import AlreadyDone, Receipt
from history.store import Saved

R = TypeVar("R", bound=Record)


class Memory:
    """Keeps events, and refuses what the real history refuses."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.streams: dict[UUID, list[Event]] = {}
        self.receipts: dict[str, Receipt] = {}

    def find(self, kind: type[R], id: UUID) -> R | None:
        """A record, or none."""
        stream = self.streams.get(id, [])
        return kind.replay(stream) if stream and type(stream[0]) in kind.folds else None

    def get_many(self, kinds: Mapping[UUID, type[Record]]) -> dict[UUID, Record]:
        """Those of the records that there are."""
        return {
            id: record
            for id, kind in sorted(kinds.items(), key=lambda item: item[0])
            if (record := self.find(kind, id))
        }

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        """Every record of a kind that is about a person."""
        return [
            id
            for id, stream in self.streams.items()
            if stream[0].about == person and type(stream[0]) in kind.folds
        ]

    def head(self) -> int:
        """How many events there are."""
        return len(self.events)

    def fingerprint(self, asked: bytes) -> bytes:
        """What a receipt keeps."""
        return sha256(asked).digest()

    def receipt(self, actor: str, key: str) -> Receipt | None:
        """A receipt, if it was stored."""
        return self.receipts.get(key)

    def save(
        self, *records: Record, read: Mapping[UUID, int] | None = None, receipt: Receipt | None = None
    ) -> Saved:
        """All of it or nothing."""
        if receipt is not None and receipt.key in self.receipts:
            raise AlreadyDone(self.receipts[receipt.key])
        new = [event for record in records for event in record.collect_events()]
        changed = {event.originator_id for event in new}
        versions = {id: len(self.streams.get(id, [])) for id in changed | set(read or {})}
        if any(versions[id] != version for id, version in (read or {}).items() if id not in changed):
            raise ChangedMeanwhile
        for event in new:
            versions[event.originator_id] += 1
            if event.originator_version != versions[event.originator_id]:
                raise ChangedMeanwhile
        for event in new:
            self.events.append(event)
            self.streams.setdefault(event.originator_id, []).append(event)
        if receipt is not None:
            self.receipts[receipt.key] = receipt
        return Saved(len(self.events), len(self.events))

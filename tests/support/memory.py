"""A history in a list, for tests of decisions: it keeps the contract of the real one, which has tests of its own."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from domain.events import Event
from domain.reasons import ChangedMeanwhile
from domain.record import Record
from history.receipts import AlreadyDone, KeyReused, Receipt
from history.store import Saved

R = TypeVar("R", bound=Record)


class InMemoryHistory:
    """Finds, saves and refuses as `history.store.History` does, without a database."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.receipts: dict[tuple[str, str], Receipt] = {}

    def stream(self, id: UUID) -> list[Event]:
        """The events of one record."""
        return [e for e in self.events if e.originator_id == id]

    def find(self, kind: type[R], id: UUID) -> R | None:
        found = self.stream(id)
        return kind.replay(found) if found and type(found[0]) in kind.folds else None

    def get_many(self, kinds: Mapping[UUID, type[Record]]) -> dict[UUID, Record]:
        return {id: record for id, kind in kinds.items() if (record := self.find(kind, id)) is not None}

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        first = [e for e in self.events if e.originator_version == 1 and type(e) in kind.folds]
        return [e.originator_id for e in first if e.about == person]

    def head(self) -> int:
        return len(self.events)

    def fingerprint(self, asked: bytes) -> bytes:
        return sha256(asked).digest()

    def receipt(self, actor: str, key: str) -> Receipt | None:
        return self.receipts.get((actor, key))

    def save(
        self, *records: Record, read: Mapping[UUID, int] | None = None, receipt: Receipt | None = None
    ) -> Saved:
        if receipt is not None and (known := self.receipt(receipt.actor, receipt.key)) is not None:
            same = (known.command, known.body_sha256) == (receipt.command, receipt.body_sha256)
            raise (AlreadyDone if same else KeyReused)(known)
        for id, version in (read or {}).items():
            if len(self.stream(id)) != version:
                raise ChangedMeanwhile(len(self.stream(id)))
        new = [record.collect_events() for record in records]
        for events in new:
            if events and len(self.stream(events[0].originator_id)) != events[0].originator_version - 1:
                raise ChangedMeanwhile(len(self.stream(events[0].originator_id)))
        first = len(self.events) + 1
        self.events += [event for events in new for event in events]
        if receipt is not None:
            self.receipts[receipt.actor, receipt.key] = receipt
        return Saved(len(self.events), first)

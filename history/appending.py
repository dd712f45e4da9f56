"""What one save asks for, all of it or nothing, and why it may be refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from eventsourcing.persistence import IntegrityError, StoredEvent
from psycopg.types.json import Jsonb

from history.receipts import Receipt

NO_RECEIPT = (None,) * 7


class ReadChanged(IntegrityError):
    """A record that the decision rests on was changed after it was read."""

    def __init__(self, record_id: UUID, version: int) -> None:
        self.record_id, self.version = record_id, version
        super().__init__(f"record {record_id} is at version {version} now")


class KeyDestroyed(IntegrityError):
    """A key was destroyed after words were sealed with it: seal them again, under a new one."""


@dataclass(frozen=True, slots=True)
class Append:
    """These events, if these records are still at these versions and these keys exist, with this receipt."""

    events: Sequence[StoredEvent]
    reads: Mapping[UUID, int] | None = None
    receipt: Receipt | None = None
    sealed_with: Sequence[int] = ()

    def places(self) -> tuple[list[Any], list[int]]:
        """Where the events belong: records and versions."""
        return [event.originator_id for event in self.events], [
            event.originator_version for event in self.events
        ]

    def parameters(self) -> tuple[Any, ...]:
        """As `history.append` takes them: plain arrays, much cheaper to send than an array of rows."""
        reads, receipt = self.reads, self.receipt
        return (
            *self.places(),
            [event.topic for event in self.events],
            [event.state for event in self.events],
            list(reads.keys()) if reads else None,
            list(reads.values()) if reads else None,
            list(self.sealed_with) or None,
            *(_columns(receipt) if receipt else NO_RECEIPT),
        )


def _columns(receipt: Receipt) -> tuple[Any, ...]:
    return (
        receipt.actor,
        receipt.key,
        receipt.command,
        receipt.body_sha256,
        receipt.record_id,
        receipt.record_version,
        Jsonb(receipt.answer),
    )

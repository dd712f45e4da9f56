"""What one save asks for, all of it or nothing, and why it may be refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.persistence import IntegrityError, StoredEvent

from history.arrays import Rows, bigint, bigints, bytea, jsonb, text, uuid, uuids
from history.receipts import Receipt


class ReadChanged(IntegrityError):
    """A record that the decision rests on was changed after it was read."""

    def __init__(self, record_id: UUID, version: int) -> None:
        self.record_id, self.version = record_id, version
        super().__init__(f"record {record_id} is at version {version} now")


class KeyDestroyed(IntegrityError):
    """A key was destroyed after words were sealed with it: seal them again, under a new one."""


class VersionTaken(IntegrityError):
    """Somebody else has written to one of the records."""


class Packed(NamedTuple):
    """All of an append as it is sent. The names are those by which `history.append` says what is in the way."""

    version: Rows
    read: Rows
    key: Rows
    receipt: Rows


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

    def packed(self) -> Packed:
        """As `history.append` takes it."""
        events, reads = self.events, self.reads or {}
        records, versions = self.places()
        return Packed(
            Rows(
                len(events),
                (
                    uuids(records),
                    bigints(versions),
                    b"".join([text(event.topic) for event in events]),
                    b"".join([bytea(event.state) for event in events]),
                ),
            ),
            Rows(len(reads), (uuids(reads.keys()), bigints(reads.values()))),
            Rows(len(self.sealed_with), (bigints(self.sealed_with),)),
            _packed_receipt(self.receipt),
        )


NO_RECEIPT = Rows(0, (b"",) * 7)


def _packed_receipt(receipt: Receipt | None) -> Rows:
    if receipt is None:
        return NO_RECEIPT
    columns = (
        text(receipt.actor),
        text(receipt.key),
        text(receipt.command),
        bytea(receipt.body_sha256),
        uuid(receipt.record_id),
        bigint(receipt.record_version),
        jsonb(receipt.answer),
    )
    return Rows(1, columns)
